"""Questions answered from the findings of the last sweep: with the same rows, and only as long as these stand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from api.access.policy import EVERYTHING, INVESTIGATOR, Actor, RowRule
from graph.store import Store
from graph.writing.touched import STANDING, note_numbers, numbers_hold
from queries.asking.run import count_rows, run_question
from queries.export.files import file_of
from queries.export.writers import FileFormat
from queries.findings.standing import standing_of
from queries.findings.thresholds import Thresholds
from tests.api.compiler.asking import Asker
from tests.queries.findings.conftest import DAY, MANY, MISSED, NOTICE, SHARED, Swept
from tests.queries.findings.random_graph import RandomGraph
from tests.writers import writer as new_writer

ROWS = {
    NOTICE: "child { key } noticeState daysSinceRelease",
    MANY: "sponsor { key } childCount unrelatedCount",
    MISSED: "child { key } hearing { key } daysSinceHearing",
    SHARED: "address { key } sponsorCount childCount",
}
TAMPERED = 77


async def walk(ask: Asker, name: str, arguments: str = "", *, size: int = 2, backward: bool = False) -> list[Any]:
    """Return a question's total and rows, read page by page."""
    rows: list[Any] = []
    many, by, cursor, further = (
        ("last", "before", "startCursor", "hasPreviousPage")
        if backward
        else ("first", "after", "endCursor", "hasNextPage")
    )
    bound = ""
    while True:
        page = f'{many}: {size}, asOf: "{DAY}"{arguments}{bound}'
        answer = await ask(
            f"{{ {name}({page}) {{ totalCount nodes {{ {ROWS[name]} }} pageInfo {{ {cursor} {further} }} }} }}"
        )
        found = answer[name]
        rows += found["nodes"][:: -1 if backward else 1]
        if not found["pageInfo"][further]:
            return [found["totalCount"], rows[:: -1 if backward else 1]]
        bound = f', {by}: "{found["pageInfo"][cursor]}"'


async def test_standing_findings_give_the_question_s_own_rows(empty: Store) -> None:
    swept = Swept(empty, *ROWS)
    live, kept = Asker(empty), Asker(empty, swept=swept.indicators)
    graph = RandomGraph(empty, 3)
    await graph.fill()
    for turn in range(5):
        await swept.sweep()
        assert await empty.read(f"MATCH (s:{STANDING}) RETURN count(s)") == [[len(ROWS)]]
        for backward in (False, True):
            for name in ROWS:
                assert await walk(kept, name, backward=backward) == await walk(live, name), (turn, name)
        noted = await numbers_hold(empty)
        for _ in range(3):
            await graph.touch()
        if noted:
            await note_numbers(empty)
        for name in ROWS:
            assert await walk(kept, name) == await walk(live, name), (turn, name)


@pytest.fixture
async def tampered(empty: Store) -> tuple[Swept, Asker]:
    """Findings whose numbers are wrong, so that an answer shows whether it comes from them."""
    swept = Swept(empty, MANY)
    new = new_writer(empty)
    sponsors = {"s": "abc", "t": "de"}
    await new.nodes("Sponsor", [{"key": key} for key in sponsors])
    for sponsor, children in sponsors.items():
        await new.nodes("Child", [{"key": key} for key in children])
        await new.nodes("Placement", [{"key": f"p{key}", "releasedOn": date(2024, 1, 1)} for key in children])
        await new.relationships("HAS_PLACEMENT", "Child", "Placement", [{"start": k, "end": f"p{k}"} for k in children])
        await new.relationships(
            "WITH_SPONSOR", "Placement", "Sponsor", [{"start": f"p{k}", "end": sponsor} for k in children]
        )
    await swept.sweep()
    await empty.write("MATCH (f:Finding) SET f.row_unrelatedCount = $n", {"n": TAMPERED})
    return swept, Asker(empty, swept=swept.indicators)


async def numbers(ask: Asker, arguments: str = f'asOf: "{DAY}"') -> dict[str, int]:
    answer = await ask(f"{{ {MANY}({arguments}) {{ nodes {{ sponsor {{ key }} unrelatedCount }} }} }}")
    return {row["sponsor"]["key"]: row["unrelatedCount"] for row in answer[MANY]["nodes"]}


KEPT = {"s": TAMPERED, "t": TAMPERED}
LIVE = {"s": 0, "t": 0}


async def test_what_was_swept_or_less_is_answered_from_findings(tampered: tuple[Swept, Asker]) -> None:
    _, ask = tampered
    assert await numbers(ask) == KEPT
    assert await numbers(ask, f'asOf: "{DAY}", minChildren: 3') == {"s": TAMPERED}
    assert await numbers(ask, f'asOf: "{DAY}", minUnrelated: {TAMPERED + 1}') == {}
    assert await numbers(ask, f'asOf: "{DAY}", minChildren: 1') == LIVE
    assert await numbers(ask, f'asOf: "{DAY + timedelta(days=1)}"') == LIVE
    answer = await ask(f'{{ {MANY}(asOf: "{DAY}", minChildren: 3) {{ totalCount }} }}')
    assert answer[MANY]["totalCount"] == 1


async def test_files_and_counts_come_from_findings_too(tampered: tuple[Swept, Asker]) -> None:
    swept, _ = tampered
    [indicator] = swept.indicators
    question, kept = indicator.question, standing_of(indicator)
    for least, wanted in ((2, {"s": TAMPERED, "t": TAMPERED}), (3, {"s": TAMPERED}), (1, LIVE)):
        given = {"asOf": DAY, "minChildren": least}
        rows = (await run_question(swept.store, question, given, kept=kept)).rows
        assert {row["sponsor"]["key"]: row["unrelatedCount"] for row in rows} == wanted
        assert [row["childCount"] for row in rows] == [3, 2][: len(rows)]
        assert await count_rows(swept.store, question, given, kept=kept) == len(wanted)
        pieces = [piece async for piece in file_of(swept.store, question, given, FileFormat.JSON, kept=kept)]
        assert {row["sponsor"]["key"]: row["unrelatedCount"] for row in json.loads(b"".join(pieces))} == wanted
        assert len((await run_question(swept.store, question, given, first=1, kept=kept)).rows) == 1


async def test_a_record_that_the_question_reads_ends_it_until_the_next_sweep(tampered: tuple[Swept, Asker]) -> None:
    swept, ask = tampered
    new = new_writer(swept.store)
    await new.nodes("Phone", [{"key": "p"}])
    assert await numbers(ask) == KEPT, "the question reads no telephone"
    await new.nodes("Child", [{"key": "a", "sex": "FEMALE"}])
    assert await numbers(ask) == LIVE
    await note_numbers(swept.store)
    await swept.sweep()
    assert await numbers(ask) == KEPT, "the same values were found again, and so are not written again"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Child {key: 'z'})",
        "MATCH (c:Child {key: 'a'})-[r:HAS_PLACEMENT]->() DELETE r",
        "MATCH (s:Sponsor {key: 't'}), (p:Placement {key: 'pa'}) CREATE (p)-[:WITH_SPONSOR]->(s)",
    ],
)
async def test_what_another_program_adds_or_deletes_ends_it(tampered: tuple[Swept, Asker], statement: str) -> None:
    swept, ask = tampered
    await swept.store.write(statement)
    assert TAMPERED not in (await numbers(ask)).values()


async def test_findings_of_other_thresholds_are_not_used(tampered: tuple[Swept, Asker]) -> None:
    swept, _ = tampered
    stricter = Swept(swept.store, MANY, thresholds=Thresholds({MANY: {"minChildren": 3}}))
    ask = Asker(swept.store, swept=stricter.indicators)
    assert await numbers(ask) == LIVE
    await stricter.sweep()
    assert await numbers(ask) == LIVE, "two children are fewer than what was swept"
    assert await numbers(ask, f'asOf: "{DAY}", minChildren: 3') == {"s": TAMPERED}


async def test_a_finding_that_is_resolved_is_no_row(tampered: tuple[Swept, Asker]) -> None:
    swept, ask = tampered
    await new_writer(swept.store).nodes("Placement", [{"key": "pd", "releasedOn": date(2030, 1, 1)}])
    await swept.sweep()
    assert set(await numbers(ask)) == {"s"}
    assert await swept.store.read("MATCH (f:Finding) WHERE f.position IS NULL RETURN f.status") == [["RESOLVED"]]


async def test_a_sweep_that_breaks_off_leaves_nothing_standing_that_it_began_to_write(
    tampered: tuple[Swept, Asker], monkeypatch: pytest.MonkeyPatch
) -> None:
    swept, ask = tampered

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("queries.findings.sweep.asked_statement", broken)
    with pytest.raises(RuntimeError):
        await swept.sweep(full=True)
    assert await numbers(ask) == LIVE


async def test_who_may_not_see_all_is_answered_live(tampered: tuple[Swept, Asker]) -> None:
    """Findings are the same for all, and their rows may be about what somebody may not see."""
    swept, _ = tampered
    ruled = replace(INVESTIGATOR, access=replace(EVERYTHING, rows=frozenset({RowRule("Phone", {"key": {"eq": "p"}})})))
    ask = Asker(swept.store, actor=Actor("tester", ruled), swept=swept.indicators)
    assert await numbers(ask) == LIVE
