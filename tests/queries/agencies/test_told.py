"""Of a missed hearing an agency was told in time, late or not at all: exactly one of these, whatever the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from graph.store import Store
from graph.writing.rows import Position
from tests.hostile import DAY, OFFICES, Graph, Linked, hostile, write_graph
from tests.queries.scenarios import ask
from tests.seeds import run_seed

AGENCIES = ("ORR", "OPLA", "ERO", "ICE")
DAYS = 3


@pytest.mark.parametrize("number", [9, 10, 13, run_seed()])
async def test_each_pair_is_in_one_of_three(empty: Store, number: int) -> None:
    graph = hostile(number)
    await write_graph(empty, without_positions(graph))
    late: set[tuple[str, str]] = set()
    untold: set[tuple[str, str]] = set()
    in_time: set[tuple[str, str]] = set()
    for hearing, held in missed(graph).items():
        for agency in AGENCIES:
            pair = (hearing, f"Agency-{agency}")
            day = min(learned(graph, hearing, agency), default=None)
            if day is not None:
                (late if (day - held).days > DAYS else in_time).add(pair)
            elif (DAY - held).days > DAYS:
                untold.add(pair)
    given = {"agencies": list(AGENCIES), "asOf": DAY.isoformat()}
    assert {row[:2] for row in await ask(empty, "missedHearingsNotTold", minDays=DAYS, **given)} == untold
    assert {row[:2] for row in await ask(empty, "missedHearingsToldLate", maxDays=DAYS, **given)} == late
    assert (late and untold and in_time) or number not in (9, 10, 13)


def without_positions(graph: Graph) -> Graph:
    """Return the graph without positions, which tell nobody of a hearing."""
    named = {
        label: [{name: value for name, value in row.items() if not isinstance(value, Position)} for row in rows]
        for label, rows in graph.nodes.items()
    }
    return replace(graph, nodes=named)


def links(graph: Graph, kind: str) -> Iterator[Linked]:
    return (one for one in graph.links if one.relationship.type == kind)


def missed(graph: Graph) -> dict[str, date]:
    """Return the days of the hearings that were missed by the day."""
    alone = {one.end for one in links(graph, "HAD_OUTCOME") if one.values.get("outcome") == "MISSED"}
    rows = [row for row in graph.nodes["Hearing"] if row.get("outcome") == "MISSED" or row["key"] in alone]
    return {row["key"]: row["scheduledOn"] for row in rows if row.get("scheduledOn", date.max) <= DAY}


def learned(graph: Graph, hearing: str, agency: str) -> Iterator[date]:
    """Give the days on which an agency, or an office of it at any level, learned of a missed hearing."""
    for one in links(graph, "RECORDED"):
        day = one.values.get("recordedOn", date.max)
        if one.end == hearing and one.values.get("outcome") == "MISSED" and day <= DAY and within(one.start, agency):
            yield day
    about = {one.start for one in links(graph, "ABOUT") if one.end == hearing}
    sent = {row["key"]: row for row in graph.nodes["Notification"] if row["key"] in about and "sentAt" in row}
    for one in links(graph, "SENT_TO"):
        message = sent.get(one.start, {})
        tells = message.get("event") == "MISSED_HEARING" and message.get("status") != "FAILED"
        if tells and message["sentAt"].date() <= DAY and within(one.end, agency):
            yield message["sentAt"].date()


def within(key: str, agency: str) -> bool:
    code = key.removeprefix("Agency-")
    return code == agency or (bool(OFFICES.get(code)) and within(f"Agency-{OFFICES[code]}", agency))
