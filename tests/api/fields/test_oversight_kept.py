"""The oversight summary from what is kept of children's days: the same figures as from the records, on every day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from api.access.policy import EVERYTHING, INVESTIGATOR, Actor, RowRule
from graph.model import MODEL
from graph.model.report_days import ALWAYS, NEVER, ReportDay, day_number
from graph.store import Store
from graph.writing.derived import keep_derived, refresh_all
from graph.writing.derived_marks import MARK, mark_folded, read_held
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text
from tests.graph.writing.deriving import RandomWrites
from tests.hostile import DAY, hostile, write_graph

FIGURES = "value transferred missedHearing notIssued notServed notFiled notReached badAddresses"
SUMMARY = f"""query ($asOf: Date, $by: StatisticsDimension!, $years: [Int!]) {{
  oversightSummary(asOf: $asOf, by: $by, fiscalYears: $years) {{ rows {{ {FIGURES} }} total {{ {FIGURES} }} }} }}"""
DIMENSIONS = ("FISCAL_YEAR", "MONTH", "COUNTRY", "COURT", "STATE")
ASKED = (*(DAY + timedelta(days=days) for days in (-701, -90, -30, -4, -1, 0, 1, 39, 500)), date(2024, 2, 29))
TAMPERED = 7


async def tables(ask: Asker) -> list[Any]:
    """Return the summary for many days, by several dimensions, of all fiscal years and of one."""
    found = [await ask(SUMMARY, asOf=str(day), by=by) for day in ASKED for by in DIMENSIONS]
    return [*found, *[await ask(SUMMARY, asOf=str(day), by="FISCAL_YEAR", years=[2024]) for day in ASKED]]


async def keep(store: Store) -> None:
    await refresh_all(store)
    await mark_folded(store)


async def forget(store: Store) -> None:
    await store.write(f"MATCH (mark:{MARK}) DELETE mark")


async def tamper(store: Store) -> None:
    """Keep wrong numbers of bad addresses, so that an answer tells where it comes from."""
    await store.write(
        f"MATCH (c:Child) SET c.reportDays = c.reportDays[0..{ReportDay.BAD_ADDRESSES.value}] + [{TAMPERED}]"
    )


async def bad(ask: Asker) -> int:
    answer = await ask('{ oversightSummary(asOf: "2024-05-31") { total { badAddresses } } }')
    found: int = answer["oversightSummary"]["total"]["badAddresses"]
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_kept_days_give_the_same_figures_on_every_day(empty: Store, ask: Asker, seed: int) -> None:
    await write_graph(empty, hostile(seed))
    live = await tables(ask)
    await keep(empty)
    assert await tables(ask) == live
    writes = RandomWrites(empty, MODEL, Random(seed))
    for _ in range(2):
        held = await read_held(empty.write)
        await keep_derived(empty.write, await writes.some(12), held)
        kept = await tables(ask)
        await forget(empty)
        assert await tables(ask) == kept
        await keep(empty)


async def test_it_reads_what_is_kept_only_where_that_holds(empty: Store, ask: Asker) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c'})-[:HAS_PLACEMENT]->(:Placement {key: 'p'})"
        "-[:RELEASED_TO]->(:Address {key: 'a', deliverability: 'BLANK'})"
    )
    await keep(empty)
    await tamper(empty)
    assert await bad(ask) == TAMPERED
    await empty.write("CREATE (:Child {key: 'd'})")
    assert await bad(ask) == 1
    await keep(empty)
    await tamper(empty)
    assert await bad(ask) == 2 * TAMPERED
    await empty.write("MATCH (d:Child {key: 'd'}) CREATE (d)-[:HAS_NOTICE]->(:NoticeToAppear {key: 'n'})")
    assert await bad(ask) == 1


async def test_an_actor_who_sees_only_some_rows_is_answered_from_these(empty: Store) -> None:
    await empty.write("UNWIND ['c', 'd'] AS key CREATE (:Child {key: key})")
    await keep(empty)
    await tamper(empty)
    ruled = replace(INVESTIGATOR, access=replace(EVERYTHING, rows=frozenset({RowRule("Child", {"key": {"eq": "c"}})})))
    assert await bad(Asker(empty, actor=Actor("tester", ruled))) == 0


async def test_the_days_are_the_first_ones(empty: Store) -> None:
    await empty.write(
        "CREATE (c:Child {key: 'c', enteredOn: date('2024-01-02')}), (:Child {key: 'd'}) "
        "CREATE (c)-[:RESPONDENT_IN]->(:CourtCase {key: 'k'})"
        "-[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: date('2024-03-04')}) "
        "CREATE (c)-[:HAS_NOTICE]->(:NoticeToAppear {key: 'n', servedOn: date('1969-12-31')}) "
        "CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: 'p', releasedOn: date('2024-02-03')}), "
        "(c)-[:HAS_PLACEMENT]->(:Placement {key: 'q'}) "
        "WITH c UNWIND [['2024-02-03', 'REACHED'], ['2024-02-05', 'REFUSED'], ['2024-02-06', 'REACHED']] AS attempt "
        "CREATE (c)-[:HAS_CONTACT]->(:ContactAttempt {key: attempt[0], attemptedOn: date(attempt[0]), "
        "outcome: attempt[1]})"
    )
    await keep(empty)
    arrived, missed, last, sought, spoken = (
        day_number(date(2024, *day)) for day in ((1, 2), (3, 4), (2, 3), (2, 5), (2, 6))
    )
    assert await empty.read("MATCH (c:Child) RETURN c.key, c.reportDays ORDER BY c.key") == [
        ["c", [arrived, 202401, missed, NEVER, -1, NEVER, ALWAYS, last, sought, spoken, 0]],
        ["d", [ALWAYS, 0, NEVER, NEVER, NEVER, NEVER, NEVER, ALWAYS, NEVER, NEVER, 0]],
    ]


async def test_by_fiscal_year_no_node_is_read(empty: Store) -> None:
    """The figures of children who were not released both before and after the day come from the index alone."""
    await write_graph(empty, hostile(1))
    await keep(empty)
    program, coerced = compile_text(f'{{ oversightSummary(asOf: "2024-05-31") {{ rows {{ {FIGURES} }} }} }}')
    kept, _ = re.findall(r"RETURN COLLECT \{\n(.*?)\n {6}\} AS rows", program.statement, re.DOTALL)
    plan = await empty.explain(f"CYPHER 25 {kept}", {"p": program.bind(coerced).parameters})
    [scan] = [one for one in plan.root.walk() if "Scan" in one.name]
    assert scan.name == "NodeIndexScan"
    assert "cache[child0.reportDays]" in scan.details
