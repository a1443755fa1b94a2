"""Thresholds: one file, and one clear sentence for what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from queries.findings.thresholds import Thresholds, indicators, load_thresholds, node_keys
from queries.library.question import Severity
from tests.api.compiler.compiling import library

LIBRARY = list(library())
MANY = "sponsorsWithMultipleChildren"


def load(folder: Path, text: str) -> Thresholds:
    path = folder / "thresholds.toml"
    path.write_text(text)
    return load_thresholds(path, LIBRARY)


def test_without_a_file_questions_are_asked_with_their_defaults() -> None:
    found = {one.name: one for one in indicators(LIBRARY, load_thresholds(None, LIBRARY))}

    assert set(found) == {question.name for question in LIBRARY if node_keys(question)}
    assert found[MANY].thresholds == {"minChildren": 2, "minUnrelated": 0}
    assert found[MANY].thresholds_text == '{"minChildren":2,"minUnrelated":0}'
    assert (found[MANY].weight, found[MANY].weights) == (3, (3, 9))


def test_a_file_sets_parameters_and_weights(tmp_path: Path) -> None:
    thresholds = load(tmp_path, f"[weights]\nHIGH = 20\n[{MANY}]\nminChildren = 4\n")

    found = {one.name: one for one in indicators(LIBRARY, thresholds)}
    assert (found[MANY].thresholds, found[MANY].weights) == ({"minChildren": 4, "minUnrelated": 0}, (3, 20))
    assert thresholds.weights[Severity.LOW] == 1
    default = next(one for one in indicators(LIBRARY, Thresholds()) if one.name == MANY)
    assert found[MANY].digest != default.digest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[sponsorsWithMultipleChild]", f"there is no indicator sponsorsWithMultipleChild (did you mean {MANY}?)"),
        (
            f"[{MANY}]\nminChild = 3",
            f"{MANY} has no parameter minChild (did you mean minChildren?); it takes",
        ),
        (f"[{MANY}]\nminChildren = 0", f"{MANY}.minChildren must be a whole number from 1 to 2147483647"),
        (f"[{MANY}]\nminChildren = '3'", f"{MANY}.minChildren must be a whole number from 1 to 2147483647"),
        (f"[{MANY}]\nasOf = 2024-05-31", f"{MANY}.asOf is the day of the sweep; give it to the sweep instead"),
        (f"{MANY} = 3", f"{MANY} must be a table: write [{MANY}] above its values"),
        ("[weights]\nHIGH = 0", "weights.HIGH must be a whole number from 1 to 1000000"),
        ("[weights]\nhigh = 1", "weights has no severity high; it takes HIGH, MEDIUM, LOW"),
        ("[", "it is not TOML: "),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        load(tmp_path, text)

    assert str(caught.value).startswith(f"the thresholds in {tmp_path / 'thresholds.toml'} cannot be used: {reason}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load_thresholds(tmp_path / "none.toml", LIBRARY)
