"""Who is who: children and sponsors of lists, and those of the graph."""

from __future__ import annotations

import unicodedata
from datetime import date

from graph.store import Store
from tests.seed.spreadsheets.conftest import WriteBook, everything, load, rejects
from tests.seed.spreadsheets.lists import LEO, RELEASES, rows

NUMBERS = "MATCH (c:Child) RETURN c.key, c.aNumber, c.firstName ORDER BY c.key"


async def test_a_child_that_another_system_has_is_joined_by_its_a_number(empty: Store, book: WriteBook) -> None:
    await empty.write(
        "CREATE (:Child {key: 'x-1', aNumber: '900000011', firstName: 'ANA MARIA', lastName: 'Ramos'})"
        "-[:HAS_PLACEMENT]->(:Placement {key: 'x-2', releasedOn: date('2024-01-12')})"
    )
    await load(empty, book(List=rows({}, {"Child ID": "", "Released": date(2024, 2, 1)})), RELEASES)
    assert await empty.read("MATCH (c:Child) RETURN c.key, COUNT { (c)-[:HAS_PLACEMENT]->() }") == [["x-1", 2]]
    before = await everything(empty)
    await load(empty, book(List=rows({}, {"Child ID": "", "Released": date(2024, 2, 1)})), RELEASES)
    assert await everything(empty) == before


async def test_one_a_number_for_two_children_is_told_and_never_merged(empty: Store, book: WriteBook) -> None:
    await empty.write("CREATE (:Child {key: 'x-1', aNumber: '900000020', firstName: 'Irma', lastName: 'Castro'})")
    other = {"First": "Leo", "DOB": date(2012, 2, 3)}
    file = book(
        List=rows(
            {},
            {**other, "Child ID": 12},
            {**other, "Child ID": ""},
            {**other, "Child ID": "", "A#": "A900000020"},
            {**other, "Child ID": 13, "A#": "A900000020"},
        )
    )
    done = await load(empty, file, RELEASES)
    assert (done.imported, done.rejected) == (3, 2)
    assert await empty.read(NUMBERS) == [
        ["hhs-orr-child-11", "900000011", "Ana"],
        ["hhs-orr-child-12", "900000011", "Leo"],
        ["hhs-orr-child-13", "900000020", "Leo"],
        ["x-1", "900000020", "Irma"],
    ]
    assert [(row, reason) for row, _, _, reason in rejects(file)] == [
        ("3", "gives the A-number of the child of List!A2 to another child; they were kept apart"),
        (
            "4",
            "gives its child the same aNumber as that of List!A2, whose name or birth date differs; see which is "
            "right: the row was not imported",
        ),
        (
            "5",
            "gives its child the same aNumber as one of the graph, whose name or birth date differs; see which is "
            "right: the row was not imported",
        ),
        ("6", "gives the A-number of a child of the graph to another child; they were kept apart"),
    ]


async def test_two_children_of_the_graph_with_the_number_are_not_guessed_between(empty: Store, book: WriteBook) -> None:
    await empty.write("UNWIND ['x-1', 'x-2'] AS key CREATE (:Child {key: key, aNumber: '900000011'})")
    file = book(List=rows({"Child ID": ""}))
    assert (await load(empty, file, RELEASES)).rejected == 1
    assert rejects(file)[0][3] == "fits 2 records of the graph as its child: the row was not imported"


async def test_a_sponsor_who_is_also_a_child_is_told(empty: Store, book: WriteBook) -> None:
    await empty.write(
        "CREATE (:Child {key: 'x-1', firstName: 'Rosa', firstNameFolded: 'rosa\\tRosa', lastName: 'Díaz', "
        "lastNameFolded: 'diaz\\tDíaz', dateOfBirth: date('1985-03-02')})"
    )
    grown = {"Child ID": 12, "A#": "A900000012", "Sponsor": "Ramos, Ana", "Sponsor DOB": date(2010, 5, 17)}
    file = book(List=rows({}, grown))
    done = await load(empty, file, RELEASES)
    assert (done.imported, done.difference.counts["created"]["Sponsor"]) == (2, 2)
    told = {reason for _, _, _, reason in rejects(file)}
    both = "both were kept as they are, see whether they are one person"
    assert f"the sponsor has the name and birth date of the child of the graph; {both}" in told
    assert f"the sponsor has the name and birth date of the child of List!A2; {both}" in told


async def test_a_sponsor_is_one_by_name_and_birth_date_however_accents_are_stored(
    empty: Store, book: WriteBook
) -> None:
    decomposed = unicodedata.normalize("NFD", "DÍAZ, ROSA")
    unknown = {"Child ID": 13, "A#": "A900000013", "Sponsor DOB": ""}
    await load(empty, book(List=rows({}, {**LEO, "Sponsor": decomposed}, unknown)), RELEASES)
    assert await empty.read(
        "MATCH (s:Sponsor) RETURN s.lastName, COUNT { (s)<-[:WITH_SPONSOR]-() } AS n ORDER BY n"
    ) == [
        ["Díaz", 1],
        ["Díaz", 2],
    ], "without a birth date, a sponsor belongs to its own release"
