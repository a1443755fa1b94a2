"""Mappings that name what the model does not have."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import BadInput
from seed.spreadsheets.mapping import read_mapping
from seed.spreadsheets.plan import Plan
from seed.spreadsheets.planning import plan_of

GOOD = """system: HHS ORR
records:
  hearing: {label: Hearing, match: [child, scheduledOn]}
  child: {label: Child, match: aNumber, key: Child ID}
  case: {label: CourtCase, match: child}
columns:
  A#: child.aNumber
  Court date: hearing.scheduledOn
  Result: {to: hearing.outcome, codes: {FTA: MISSED}}
values:
  hearing.kind: MASTER
links:
  - child RESPONDENT_IN case
  - case HAS_HEARING hearing
"""


def plan(text: str) -> Plan:
    return plan_of(read_mapping(text, "M.yaml"), "M.yaml", date(2024, 5, 31))


def test_records_come_after_those_that_they_are_recognised_with() -> None:
    found = plan(GOOD)
    assert [record.name for record in found.records] == ["child", "hearing", "case"]
    assert found.first == "hearing"
    assert found.records[1].paths == {"child": ("Child", "-[:RESPONDENT_IN]->(:CourtCase)-[:HAS_HEARING]->")}
    assert found.needed == ("A#", "Court date", "Result", "Child ID")
    assert found.values == {"hearing": {"kind": "MASTER"}}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "label: Hearing",
            "label: Hearings",
            "records > hearing: there is no label 'Hearings' (did you mean Hearing?)",
        ),
        ("label: Hearing", "label: Finding", "there is no label 'Finding'"),
        ("label: Hearing", "label: Source", "there is no label 'Source'"),
        ("child.aNumber", "child.aNumbr", "Child has no property 'aNumbr' (did you mean aNumber?)"),
        (
            "child.aNumber",
            "chid.aNumber",
            "'chid.aNumber' names no record or link of this mapping (did you mean child?)",
        ),
        ("child.aNumber", "child", "Child has no property ''; write it as child.property"),
        (
            "FTA: MISSED",
            "FTA: MISED",
            "columns > Result > codes > FTA: outcome has no value 'MISED' (did you mean MISSED?)",
        ),
        ("FTA: MISSED", "FTA: true", "outcome has no value 'True'"),
        ("to: hearing.outcome", "to: hearing.scheduledOn", "scheduledOn takes no codes"),
        ("kind: MASTER", "kind: MASTERS", "kind has no value 'MASTERS' (did you mean MASTER?)"),
        ("HAS_HEARING", "HAS_HEARINGS", "there is no link 'HAS_HEARINGS' (did you mean HAS_HEARING?)"),
        ("case HAS_HEARING hearing", "hearing HAS_HEARING case", "turn it around: case HAS_HEARING hearing"),
        ("case HAS_HEARING hearing", "case HAS_HEARING", "must be a record, a type and a record"),
        ("case HAS_HEARING hearing", "cas HAS_HEARING hearing", "a record 'cas' that is not among the records"),
        ("  - case HAS_HEARING hearing\n", "", "records > hearing > match: no link leads from child to hearing"),
        ("match: [child, scheduledOn]", "match: [child, scheduled]", "neither a property of Hearing nor a record"),
        ("match: child}", "match: hearing}", "records > hearing > match"),
        ("key: Child ID", "key: A#", "a key must not be made from aNumber, because keys appear in logs"),
        ("system: HHS ORR", "system: HHS ORR\ndates: day", "dates: 'day' is no order of dates (did you mean day-first"),
        ("system: HHS ORR", "system: NAME OF THE SYSTEM", "system: say whose records these are"),
        ("child:", "Child:", "the record 'Child' needs a name that begins with a small letter"),
        ("- case HAS", "- child: case HAS", "links > child: give the link another name"),
    ],
)
def test_what_the_model_does_not_have_is_told_with_the_nearest_name(old: str, new: str, said: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if new == "match: hearing}":
        text = text.replace("[child, scheduledOn]", "[case, scheduledOn]")
        said = "wait for each other"
    with pytest.raises(BadInput) as error:
        plan(text)
    assert said in str(error.value)


def test_a_first_record_must_be_recognised_again() -> None:
    text = GOOD.replace("match: [child, scheduledOn]", "key: []")
    with pytest.raises(BadInput, match="records > hearing: say with key or match how it is recognised again"):
        plan(text)
