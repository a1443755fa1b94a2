from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import QueryFileError
from graph.store import Store
from queries.asking.run import count_left_out
from queries.library import load_library
from queries.library.question import Question, Rule
from tests.api.compiler.asking import Asker
from tests.queries.files import BODY, HEADER, PATH, checked, declared

RULES = """\
// rules:
//   ORR policy guide, 2.4.2 (from 2015-07-27, until 2024-06-30) (secondary) -- A study
//     comes first.
//   45 CFR 410.1204(b) (from 2024-07-01) -- The same.
//   8 USC 1232(c)(3)(B) -- A study for some.
// omits: Releases without
//   a day.
"""
RULED = HEADER.replace("// example:", f"{RULES}// example:")
GROWN_UP = HEADER.replace(
    "//   asOf:", "//   includeGrownUp: Boolean = false -- Whether those who have turned 18 count.\n//   asOf:"
)
CHILDREN = """\
MATCH (sponsor:Sponsor)<-[:WITH_SPONSOR]-(placement:Placement)<-[:HAS_PLACEMENT]-(child)
WHERE placement.releasedOn <= $asOf
  AND ($includeGrownUp OR NOT coalesce(child.dateOfBirth <= $asOf - duration({years: 18}), false))
WITH sponsor, count(DISTINCT child) AS childCount
WHERE childCount >= $minChildren
RETURN sponsor, childCount
"""
DOCUMENT = """query ($grownUp: Boolean, $asOf: Date) {
  busySponsors(minChildren: 1, includeGrownUp: $grownUp, asOf: $asOf) {
    grownUpLeftOut totalCount nodes { sponsor { key } } rules { citation } } }"""


def refused(rule: str) -> str:
    with pytest.raises(QueryFileError) as error:
        declared(HEADER.replace("// example:", f"// rules:\n//   {rule}\n// example:"))
    return str(error.value).removeprefix(f"{PATH}:")


def test_rules_have_days_and_say_how_sure_they_are() -> None:
    question = declared(RULED)
    assert question.rules == (
        Rule("ORR policy guide, 2.4.2", "A study comes first.", date(2015, 7, 27), date(2024, 6, 30), secondary=True),
        Rule("45 CFR 410.1204(b)", "The same.", date(2024, 7, 1)),
        Rule("8 USC 1232(c)(3)(B)", "A study for some."),
    )
    assert question.omits == "Releases without a day."


@pytest.mark.parametrize(
    ("day", "citations"),
    [
        (date(2015, 7, 26), []),
        (date(2015, 7, 27), ["ORR policy guide, 2.4.2"]),
        (date(2024, 6, 30), ["ORR policy guide, 2.4.2"]),
        (date(2024, 7, 1), ["45 CFR 410.1204(b)"]),
    ],
)
def test_the_rules_of_a_day(day: date, citations: list[str]) -> None:
    question = declared(RULED)
    assert [rule.citation for rule in question.rules_on(day)] == [*citations, "8 USC 1232(c)(3)(B)"]
    assert question.source_on(day).endswith(f"In force on {day}: {'; '.join([*citations, '8 USC 1232(c)(3)(B)'])}.")


def test_in_words() -> None:
    assert [rule.in_force for rule in declared(RULED).rules] == [
        "from 2015-07-27 until 2024-06-30",
        "from 2024-07-01",
        "not known since when",
    ]
    assert declared().source_on(date(2024, 5, 31)) == "default"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("45 CFR 410.1204(b)", "17: this is no rule; write `//   45 CFR 410.1204(b) (from 2024-07-01) -- What it"),
        ("A rule (from 2024-02-30) -- X.", "17: 2024-02-30 is no day; write it as 2024-07-01"),
        ("A rule (from 2024-07-01, until 2024-06-30) -- X.", "17: the rule ends before it begins; turn its days round"),
    ],
)
def test_faults(rule: str, said: str) -> None:
    assert refused(rule).startswith(said)


def test_what_was_not_read_says_who_reports_it() -> None:
    rules = [rule for question in load_library() for rule in question.rules if rule.secondary]
    assert [rule.citation for rule in rules if "report" not in rule.doc.lower()] == []


@pytest.fixture
def question() -> Question:
    return checked(RULED.replace(HEADER.split("// example:")[0], GROWN_UP.split("// example:")[0]), CHILDREN)


async def test_who_is_left_out_is_counted(empty: Store, question: Question) -> None:
    await empty.write(
        "UNWIND [['young', date('2010-01-01')], ['grown', date('2006-05-31')], ['unknown', null]] AS one "
        "CREATE (:Child {key: one[0], dateOfBirth: one[1]})-[:HAS_PLACEMENT]->"
        "(:Placement {key: one[0], releasedOn: date('2024-01-01')})-[:WITH_SPONSOR]->(:Sponsor {key: one[0]})"
    )
    ask = Asker(empty, [question])

    async def asked(**given: object) -> tuple[Any, ...]:
        found = (await ask(DOCUMENT, **given))["busySponsors"]
        return found["grownUpLeftOut"], found["totalCount"], [row["sponsor"]["key"] for row in found["nodes"]]

    assert await asked(grownUp=False, asOf="2024-05-31") == (1, 2, ["unknown", "young"])
    assert await asked(grownUp=False, asOf="2024-05-30") == (0, 3, ["grown", "unknown", "young"])
    assert await asked(grownUp=True, asOf="2024-05-31") == (0, 3, ["grown", "unknown", "young"])
    given: dict[str, object] = {"minChildren": 1, "asOf": "2024-05-31"}
    assert await count_left_out(empty, question, given) == 1
    assert await count_left_out(empty, question, {**given, "includeGrownUp": True}) == 0
    assert await count_left_out(empty, checked(HEADER, BODY), given) == 0


async def test_the_rules_of_the_day_asked_about_are_told(empty: Store, question: Question) -> None:
    ask = Asker(empty, [question])
    document = """query ($asOf: Date) { busySponsors(asOf: $asOf) { rules {
        citation text inForceFrom inForceUntil secondary __typename } } }"""
    told = (await ask(document, asOf="2024-05-31"))["busySponsors"]["rules"]
    assert told[0] == {
        "citation": "ORR policy guide, 2.4.2",
        "text": "A study comes first.",
        "inForceFrom": "2015-07-27",
        "inForceUntil": "2024-06-30",
        "secondary": True,
        "__typename": "Rule",
    }
    later = (await ask(document, asOf="2024-07-01"))["busySponsors"]["rules"]
    assert [rule["citation"] for rule in later] == ["45 CFR 410.1204(b)", "8 USC 1232(c)(3)(B)"]
