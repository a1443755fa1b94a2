"""Mappings that are written wrongly, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.spreadsheets.mapping import LARGEST, load_mapping, read_mapping

GOOD = """system: HHS ORR
records:
  child: {label: Child, match: aNumber}
columns:
  A#: child.aNumber
  1: {to: child.sex, codes: {1: FEMALE, 2: MALE, 3: null}}
links: []
"""


def test_short_forms_and_numbers_are_understood() -> None:
    mapping = read_mapping(GOOD, "M.yaml")
    assert mapping.columns["A#"].to == ["child.aNumber"]
    assert mapping.columns["1"].codes == {"1": "FEMALE", "2": "MALE", "3": None}
    assert mapping.records["child"].match == ["aNumber"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "M.yaml is no mapping; it must have system, records and columns"),
        ("a: [", "M.yaml, line 1 is not valid YAML"),
        (f"{GOOD}system: x\n", 'M.yaml, line 8 is not valid YAML: found duplicate key "system"'),
        ("system: &x HHS\nrecords: *x\n", "uses an alias (*)"),
        (GOOD.replace("records:", "record:"), "a mapping has no 'record' (did you mean records?)"),
        (GOOD.replace("match:", "mach:"), "records > child has no 'mach' (did you mean match?)"),
        (GOOD.replace("codes:", "code:"), "columns > 1 has no 'code' (did you mean codes?)"),
        (GOOD.replace("system: HHS ORR\n", ""), "system is missing"),
        (GOOD.replace("links: []", "header: first"), "header must be a whole number"),
        (GOOD.replace("links: []", "header: 0"), "header must be at least 1"),
        (GOOD.replace("to: child.sex, ", ""), "columns > 1 > to is missing"),
    ],
)
def test_a_mapping_of_another_shape_is_told(text: str, said: str) -> None:
    with pytest.raises(BadInput) as error:
        read_mapping(text, "M.yaml")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    path = tmp_path / "M.yaml"
    with pytest.raises(BadInput, match=r"M\.yaml does not exist; .*--suggest"):
        load_mapping(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not text in UTF-8"):
        load_mapping(path)
    path.write_text("#" * (LARGEST + 1))
    with pytest.raises(BadInput, match="too large for a mapping"):
        load_mapping(path)
    path.write_text(GOOD, "utf-8-sig")
    assert load_mapping(path).system == "HHS ORR"
