"""What rows become, without a graph that knows any of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from seed.files.records import Record
from seed.spreadsheets.importing import make_ready, open_bytes, reading_of
from seed.spreadsheets.mapping import read_mapping
from tests.seed.spreadsheets.conftest import TODAY
from tests.seed.spreadsheets.lists import CALLS

HEARINGS = """system: DOJ EOIR
records:
  hearing: {label: Hearing, match: [case, scheduledOn]}
  case: {label: CourtCase, match: child}
  child: {label: Child}
columns: {A#: child.aNumber, Court date: hearing.scheduledOn, Result: hearing.outcome}
links: [child RESPONDENT_IN case, case HAS_HEARING hearing]
"""
MESSAGE = (
    "From clerk@court.example Fri Mar  8 22:12:00 2024\nFrom: clerk@court.example\nMessage-ID: <{day}@court.example>\n"
    "Date: Fri, {day} Mar 2024 12:00:00 +0000\n\nA#\tCourt date\tResult\nA900000011\t03/05/2024\t{result}\n\n"
)


def records(name: str, text: str, mapping: str) -> list[Record]:
    ready = make_ready(open_bytes(name, text.encode()), read_mapping(mapping, "M.yaml"), "M.yaml", today=TODAY)
    return [one for one in reading_of(ready, lambda statement, parameters: []) if isinstance(one, Record)]


def test_what_rows_say_of_a_record_is_put_together() -> None:
    mapping = CALLS.replace("  Result:", "  Name: child.firstName\n  Result:")
    text = "A#,Day,Name,Result\nA900000011,13/02/2024,,Reached\nA900000011,14/02/2024,Ana,Reached\n"
    found = records("calls.csv", text, mapping)
    children = [node for one in found for node in one.nodes if node.label == "Child"]
    assert [node.properties for node in children] == [{"aNumber": "900000011", "firstName": "Ana"}] * 2
    assert len({node.key for node in children}) == 1
    assert [one.nodes[0].properties["attemptedOn"] for one in found] == [date(2024, 2, 13), date(2024, 2, 14)]


def test_keys_are_the_same_for_the_same_file_and_hold_nothing_personal() -> None:
    text = "A#,Day,Result\nA900000011,13/02/2024,Reached\n"
    first, again = (records("calls.csv", text, CALLS), records("copy.csv", text, CALLS))
    keys = [[node.key for node in one[0].nodes] for one in (first, again)]
    assert keys[0] == keys[1]
    assert not [key for key in keys[0] if "900000011" in key]


def test_an_earlier_message_does_not_say_what_a_later_one_says_anew() -> None:
    text = MESSAGE.format(day="08", result="Missed") + MESSAGE.format(day="01", result="Scheduled")
    found = records("all.mbox", text, HEARINGS)
    hearings = [(one.source.key if one.source else "", node) for one in found for node in one.nodes[:1]]
    assert [node.properties for _, node in hearings] == [
        {},
        {"scheduledOn": date(2024, 3, 5), "outcome": "MISSED"},
    ]
    assert len({source for source, _ in hearings}) == 2
    assert len({node.key for _, node in hearings}) == 1


def test_a_link_to_itself_is_left_out() -> None:
    mapping = """system: HHS ORR
records:
  child: {label: Child}
  sibling: {label: Child}
columns: {A#: child.aNumber, Sibling: sibling.aNumber}
links: [child SIBLING_OF sibling]
"""
    text = "A#,Sibling\nA900000011,A900000011\nA900000011,A900000012\n"
    found = records("list.csv", text, mapping)
    assert [len(one.links) for one in found] == [0, 1]
    assert len({node.key for one in found for node in one.nodes}) == 2


def test_the_first_node_is_what_the_row_is_about(tmp_path: Path) -> None:
    [one] = records("calls.csv", "A#,Day,Result\nA900000011,13/02/2024,Reached\n", CALLS)
    assert [node.label for node in one.nodes] == ["ContactAttempt", "Child"]
    assert one.where == "A2"
