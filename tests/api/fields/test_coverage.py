"""What came from a source, over GraphQL: how much of each type, how fresh, and what dropped."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import Forbidden
from graph.store import Store
from graph.writing.imports import note_counts, read_sources
from graph.writing.missing import mark_missing
from graph.writing.origin import Extract, Origin
from graph.writing.writer import Writer
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text
from tests.clerk import CLERK

ASKED = "{ sources { nodes { key importedAt coverage { type records missing given givenBefore dropped } } } }"


async def test_a_source_tells_what_came_from_it(empty: Store, ask: Asker) -> None:
    new = Writer(empty, Origin("importer", "import", Extract("orr", "HHS ORR", "march.csv")))
    await new.nodes("Child", [{"key": f"c{place}"} for place in range(10)])
    await new.nodes("Phone", [{"key": "p"}])
    await new.transact(lambda work: note_counts(work, "orr", {"Child": 10, "Phone": 1}))
    await new.transact(lambda work: note_counts(work, "orr", {"Child": 7, "Phone": 1}))
    await new.transact(lambda work: note_counts(work, "orr", {"Child": 7, "Phone": 1}))
    await new.transact(lambda work: mark_missing(work, "orr", "Child", ["c1", "c2", "c3"], date(2024, 5, 1)))
    (found,) = (await ask(ASKED))["sources"]["nodes"]
    assert found.pop("importedAt").endswith("Z")
    child = {"type": "Child", "records": 10, "missing": 3, "given": 7, "givenBefore": 10, "dropped": True}
    phone = {"type": "Phone", "records": 1, "missing": 0, "given": 1, "givenBefore": 1, "dropped": False}
    assert found == {"key": "orr", "coverage": [child, phone]}
    (listed,) = await read_sources(empty)
    assert [tuple(one) for one in listed.covered] == [tuple(child.values())[:5], tuple(phone.values())[:5]]
    assert (listed.system, listed.file, listed.imported_at is None) == ("HHS ORR", "march.csv", False)


@pytest.mark.parametrize(("now", "dropped"), [(80, False), (79, True), (100, False), (0, True)])
async def test_more_than_a_fifth_less_is_a_drop(empty: Store, now: int, dropped: bool) -> None:
    new = Writer(empty, Origin("importer", "import", Extract("orr", "HHS ORR")))
    for count in (100, now):
        await new.transact(lambda work, count=count: note_counts(work, "orr", {"Child": count}))  # type: ignore[misc]
    await new.nodes("Child", [{"key": "c"}])
    (found,) = await read_sources(empty)
    assert [one.dropped for one in found.covered] == [dropped]


async def test_a_source_of_which_no_import_is_known_says_so(empty: Store, ask: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'c'})-[:FROM_SOURCE {key: 'f'}]->(:Source {key: 's'})")
    (found,) = (await ask(ASKED))["sources"]["nodes"]
    assert found["importedAt"] is None
    assert found["coverage"] == [
        {"type": "Child", "records": 1, "missing": 0, "given": None, "givenBefore": None, "dropped": False}
    ]


@pytest.mark.parametrize("field", ["importedAt", "coverage { records }"])
def test_who_may_not_see_all_records_may_not_count_them(field: str) -> None:
    with pytest.raises(Forbidden, match="may not read what came from a source"):
        compile_text(f"{{ sources {{ nodes {{ {field} }} }} }}", access=CLERK.access)
