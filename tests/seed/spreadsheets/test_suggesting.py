"""First mappings for files that nobody has described."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.spreadsheets.importing import make_ready, open_bytes, open_file
from seed.spreadsheets.mapping import UNNAMED, load_mapping, read_mapping
from seed.spreadsheets.suggesting import Suggestion, suggest
from tests.seed.spreadsheets.conftest import TODAY, WriteBook
from tests.seed.spreadsheets.test_examples import EXAMPLES, PAIRS


def suggestion(data: str) -> Suggestion:
    return suggest(open_bytes("list.csv", data.encode()), today=TODAY)


def targets(found: Suggestion) -> dict[str, str]:
    return {column.name: column.target for column in found.columns}


@pytest.mark.parametrize("name", [name for name, _ in PAIRS])
def test_the_suggestion_for_an_example_can_be_used_and_agrees_with_its_mapping(name: str) -> None:
    opened = open_file(EXAMPLES / name)
    found = suggest(opened, today=TODAY)
    named = found.text.replace(f"system: {UNNAMED}", "system: HHS ORR")
    make_ready(opened, read_mapping(named, "M.yaml"), "M.yaml", today=TODAY)
    written = load_mapping(EXAMPLES / f"{Path(name).stem}.yaml")
    for column, meant in read_mapping(named, "M.yaml").columns.items():
        if written.columns[column].to[0].split(".")[0] in written.records:
            assert meant.to == written.columns[column].to
    assert read_mapping(named, "M.yaml").dates == written.dates


def test_a_suggestion_must_be_told_whose_records_these_are() -> None:
    opened = open_file(EXAMPLES / "calls.csv")
    with pytest.raises(BadInput, match="system: say whose records these are"):
        make_ready(opened, read_mapping(suggest(opened, today=TODAY).text, "M.yaml"), "M.yaml")


def test_values_tell_what_a_name_does_not() -> None:
    found = suggestion(
        "Identifier,Contact,Where,Remarks,Hearing Dt\n"
        "A900000011,713-555-0142,77002,none so far,13/02/2024\nA900000012,713-555-0143,77003,late,14/02/2024\n"
    )
    assert targets(found) == {
        "Identifier": "child.aNumber",
        "Contact": "phone.number",
        "Where": "address.postalCode",
        "Remarks": "",
        "Hearing Dt": "hearing.scheduledOn",
    }
    sure = {column.name: column.sure for column in found.columns}
    assert sure["Identifier"] == pytest.approx(0.75)
    assert sure["Hearing Dt"] > 0.8
    assert "dates: day-first" in found.text
    assert "# Remarks: nothing that is known here" in found.text
    assert next(iter(found.lines())) == "Identifier: child.aNumber (75% sure: by its values)"


def test_a_name_whose_values_do_not_fit_is_not_believed() -> None:
    assert targets(suggestion("A#,DOB\nA900000011,see file\nA900000012,ask\n"))["DOB"] == ""


def test_words_that_nobody_knows_are_left_to_a_person() -> None:
    found = suggestion(
        "A#,Call Date,Call Result\nA900000011,02/13/2024,LVM\nA900000012,02/13/2024,Reached\nA900000013,02/14/2024,Zz\n"
    )
    [result] = [column for column in found.columns if column.name == "Call Result"]
    assert result.codes == {"LVM": "NO_ANSWER", "Zz": None}
    assert "Zz: null  # say what it means; null is unknown" in found.text


def test_a_file_without_a_child_is_told() -> None:
    assert (
        "# No column has an A-number or the office's own number of a child"
        in suggestion("City,Zip\nHouston,77002\n").text
    )


def test_the_header_may_stand_below_a_title_and_names_may_need_quotes(book: WriteBook) -> None:
    file = book(List=[["Report", "", ""], [], ["A#: no", "No", "DOB"], ["A900000011", "x", date(2010, 5, 17)]])
    found = suggest(open_file(file), today=TODAY)
    assert (found.table, found.header) == ("List", 3)
    assert found.rows == [["A900000011", "x", "2010-05-17"]]
    assert list(read_mapping(found.text, "M.yaml").columns) == ["A#: no", "DOB"]


def test_a_file_without_a_table_is_told() -> None:
    with pytest.raises(BadInput, match=r"list\.csv has no table with a header"):
        suggestion("1,2\n3,4\n")
