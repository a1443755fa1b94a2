from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.errors import BadInput
from graph.model import MODEL
from graph.writing.rows import Position, RowCheck

CHILD = RowCheck("Child", MODEL.node("Child").all_properties)
ADDRESS = RowCheck("Address", MODEL.node("Address").all_properties)


def test_a_node_row_gets_its_twins() -> None:
    got = CHILD.node({"key": "c1", "firstName": "José", "dateOfBirth": date(2010, 2, 3), "sex": "MALE"})
    assert got == [
        "c1",
        {"firstName": "José", "firstNameFolded": "jose\tJosé", "dateOfBirth": date(2010, 2, 3), "sex": "MALE"},
        [],
    ]


def test_text_is_cleaned_and_a_key_left_alone() -> None:
    got = ADDRESS.node({"key": "a\u200b1", "city": "San\u00a0Jose\u0301", "unit": "4\u00adB"})
    assert got[:2] == ["a\u200b1", {"city": "San José", "cityFolded": "sanjose\tSan José", "unit": "4B"}]


def test_none_removes_the_value_and_its_twin() -> None:
    assert CHILD.node({"key": "c1", "lastName": None})[1] == {"lastName": None, "lastNameFolded": None}


def test_a_point_travels_apart() -> None:
    assert ADDRESS.node({"key": "a1", "location": Position(29.5, -95.25)}) == ["a1", {}, [[[-95.25, 29.5]]]]
    assert ADDRESS.node({"key": "a1", "location": None}) == ["a1", {"location": None}, [[]]]


def test_a_whole_number_serves_as_a_number() -> None:
    check = RowCheck("LaborViolation", MODEL.node("LaborViolation").all_properties)
    assert check.node({"key": "v", "penalty": 5})[1] == {"penalty": 5.0}


@pytest.mark.parametrize(
    ("label", "row", "message"),
    [
        ("Child", {"firstName": "x"}, "A row of Child has no key; give it as text"),
        ("Child", {"key": 7}, "A row of Child has no key; give it as text"),
        ("Child", {"key": ""}, "A row of Child has no key; give it as text"),
        ("Child", {"key": "c", "shoeSize": 3}, "Child has no property shoeSize"),
        ("Child", {"key": "c", "firstName": 3}, "Child.firstName must be text"),
        ("Child", {"key": "c", "sex": "OTHER"}, "Child.sex must be one of FEMALE, MALE"),
        ("Child", {"key": "c", "sex": ["MALE"]}, "Child.sex must be one of FEMALE, MALE"),
        ("Child", {"key": "c", "dateOfBirth": "2010-01-01"}, "Child.dateOfBirth must be a date"),
        ("Child", {"key": "c", "dateOfBirth": datetime(2010, 1, 1, tzinfo=UTC)}, "Child.dateOfBirth must be a date"),
        ("Sponsor", {"key": "s", "identityVerified": 1}, "Sponsor.identityVerified must be true or false"),
        ("Sponsor", {"key": "s", "childCount": True}, "Sponsor.childCount must be a whole number of at most 64 bits"),
        ("Sponsor", {"key": "s", "childCount": 2**63}, "Sponsor.childCount must be a whole number of at most 64 bits"),
        ("LaborViolation", {"key": "v", "penalty": float("nan")}, "LaborViolation.penalty must be a finite number"),
        (
            "Notification",
            {"key": "n", "sentAt": datetime(2024, 1, 1)},
            "Notification.sentAt must be a date and time with its offset from UTC",
        ),
        ("Address", {"key": "a", "location": (1.0, 2.0)}, "Address.location must be a position"),
        (
            "Address",
            {"key": "a", "location": Position(-95.0, 29.0)},
            "Address.location must be a position of at most 90 degrees latitude and 180 longitude",
        ),
    ],
)
def test_a_wrong_row_is_named_without_its_value(label: str, row: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as raised:
        RowCheck(label, MODEL.node(label).all_properties).node(row)
    assert str(raised.value) == message


def test_relationship_rows() -> None:
    plain = RowCheck("HAS_PHONE", {})
    assert plain.relationship({"start": "c", "end": "p"}) == ["c", "p"]
    with pytest.raises(BadInput, match="HAS_PHONE has no property since"):
        plain.relationship({"start": "c", "end": "p", "since": date(2024, 1, 1)})
    with pytest.raises(BadInput, match="A row of HAS_PHONE has no end; give it as text"):
        plain.relationship({"start": "c"})
    residence = next(r for r in MODEL.relationships if r.type == "RESIDES_AT")
    keyed = RowCheck("RESIDES_AT", {p.name: p for p in residence.properties})
    row = {"start": "c", "end": "a", "key": "r", "reportedBy": "ORR"}
    assert keyed.relationship(row) == ["c", "a", "r", {"reportedBy": "ORR"}]
    with pytest.raises(BadInput, match="A row of RESIDES_AT has no key; give it as text"):
        keyed.relationship({"start": "c", "end": "a"})


def test_columns_are_checked_as_rows_are() -> None:
    assert CHILD.column("firstName", ["Jose\u0301", None]) == ["José", None]
    assert CHILD.column("dateOfBirth", [date(2010, 2, 3), None]) == [date(2010, 2, 3), None]
    assert ADDRESS.column("location", [Position(29.5, -95.25), None]) == [[-95.25, 29.5], None]
    assert CHILD.column("key", ["a"]) == ["a"]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("sex", ["MALE", "OTHER"], "Child.sex must be one of "),
        ("sex", [["MALE"]], "Child.sex must be one of "),
        ("dateOfBirth", [datetime(2010, 2, 3, tzinfo=UTC)], "Child.dateOfBirth must be a date"),
        ("firstName", ["Ana", 7], "Child.firstName must be text"),
        ("key", ["a", ""], "A row of Child has no key"),
        ("key", ["a", None], "A row of Child has no key"),
    ],
)
def test_columns_that_the_model_does_not_allow_are_refused(name: str, values: list[Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        CHILD.column(name, values)
