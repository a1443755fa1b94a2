"""The page on writing a question, held against what is there."""

from __future__ import annotations

import re
from pathlib import Path

from queries.library import load_library
from queries.library.header import FIELDS
from queries.library.question import Severity
from queries.library.values import SCALARS

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")


def test_example_is_a_question(tmp_path: Path) -> None:
    [example] = re.findall(r"```cypher\n(.*?)```", PAGE, flags=re.DOTALL)
    (tmp_path / "example.cypher").write_text(example, encoding="utf-8")
    question = load_library(tmp_path)["reportedChildren"]
    assert [parameter.required for parameter in question.parameters] == [True, False, False]


def test_fields_in_their_order() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE) == list(FIELDS)


def test_types_and_severities() -> None:
    [types] = re.findall(r"A parameter is an (.*?), an enumeration", PAGE)
    assert re.findall(r"`(\w+)`", types) == list(SCALARS)
    [severities] = re.findall(r"^\| `severity` \| (.*?) \|", PAGE, flags=re.MULTILINE)
    assert re.findall(r"`(\w+)`", severities) == [severity.name for severity in Severity]
