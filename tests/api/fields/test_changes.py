"""The change log over GraphQL: every entry once and in order, and what a reader that comes too late is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from api.compiler.ids import global_id
from graph.errors import BadInput, Forbidden
from graph.store import Store
from graph.writing.change_log import EVERYTHING, Touched, append_alone, start_anew
from graph.writing.facts import Links, Nodes
from graph.writing.origin import Extract, Origin
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text
from tests.clerk import CLERK
from tests.writers import writer

CHANGES = """
query ($after: Int, $first: Int) {
  changes(after: $after, first: $first) {
    upto missed entries { sequence at actor kind sourceId ids labels }
  }
}
"""


async def page(ask: Asker, after: int = 0, first: int = 25) -> Any:
    """Return a page of the log."""
    return (await ask.ask(CHANGES, {"after": after, "first": first}))["changes"]


async def test_a_log_without_entries_is_an_empty_page(empty: Store, ask: Asker) -> None:
    assert await page(ask) == {"upto": 0, "missed": False, "entries": []}


async def test_an_entry_names_who_wrote_what(empty: Store, ask: Asker) -> None:
    began = datetime.now(UTC)
    source = Extract("shelter-1", "HHS ORR")
    facts = (
        Nodes("Child", [{"key": "c"}]),
        Nodes("Placement", [{"key": "p"}]),
        Links("HAS_PLACEMENT", "Child", "Placement", [{"start": "c", "end": "p"}]),
    )
    await writer(empty, source=source, actor="Ana").write(facts)
    (entry,) = (await page(ask))["entries"]
    assert (entry["sequence"], entry["actor"], entry["kind"], entry["labels"]) == (1, "Ana", "test", [])
    assert entry["sourceId"] == global_id("Source", "shelter-1")
    assert {global_id("Child", "c"), global_id("Placement", "p")} <= set(entry["ids"])
    assert began <= datetime.fromisoformat(entry["at"]) <= datetime.now(UTC)


async def test_every_entry_is_read_once_in_pages(empty: Store, ask: Asker) -> None:
    for number in range(7):
        await writer(empty).nodes("Child", [{"key": f"c{number}"}])
    found, after = [], 0
    while entries := (answer := await page(ask, after, first=3))["entries"]:
        found += [entry["ids"] for entry in entries]
        after = answer["upto"]
    assert found == [[global_id("Child", f"c{number}")] for number in range(7)]
    assert await page(ask, after) == {"upto": 7, "missed": False, "entries": []}


async def test_who_comes_too_late_is_told(empty: Store, ask: Asker) -> None:
    for _ in range(3):
        await append_alone(empty, Origin("seed", "seed"), Touched(whole={"Child"}))
    await start_anew(empty, Origin("seed", "seed"))
    assert await page(ask, 1) == {"upto": 4, "missed": True, "entries": []}
    assert [entry["labels"] for entry in (await page(ask, 3))["entries"]] == [[EVERYTHING]]
    assert (await page(ask, 99))["missed"]


def test_who_may_not_see_all_records_may_not_read_it() -> None:
    with pytest.raises(Forbidden, match="may not read the change log"):
        compile_text("{ changes { upto } }", access=CLERK.access)


@pytest.mark.parametrize("arguments", [{"after": -1}, {"first": 0}, {"first": 101}])
async def test_numbers_out_of_range_are_refused(ask: Asker, arguments: dict[str, int]) -> None:
    with pytest.raises(BadInput, match=f"{next(iter(arguments))} is -?[0-9]+; give"):
        await page(ask, **arguments)
