"""Idempotency keys: the same content again gives the first result, another is refused, also at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from graph.errors import BadInput
from graph.store import Store
from graph.writing.change_log import changes
from graph.writing.facts import Links, Nodes, Written
from graph.writing.idempotency import Once, claim_alone, settle_alone
from graph.writing.origin import Extract
from tests.writers import writer

FACTS = (
    Nodes("Child", [{"key": "c", "firstName": "Ana"}]),
    Nodes("Address", [{"key": "a"}, {"key": "b"}], [{"row": 1}, {"row": 2}]),
    Links("RESIDES_AT", "Child", "Address", [{"key": "r", "start": "c", "end": "a"}]),
)
SOURCE = Extract("s", "System", "file.csv")
REFUSED = "this idempotency key was used before for other content; repeat that content, or take another key"


async def test_facts_are_written_in_one_transaction(empty: Store) -> None:
    written = await writer(empty, source=SOURCE).write(FACTS)
    assert written == Written({"Child": 1, "Address": 2, "RESIDES_AT": 1}, 1)
    ((entry,), _, _) = await changes(empty, after=0)
    assert entry.source == "s"
    assert entry.records == {"Source": {"s"}, "Child": {"c"}, "Address": {"a", "b"}}
    rows = "MATCH (n)-[f:FROM_SOURCE]->(s) RETURN n.key, f.row, s.file ORDER BY n.key"
    assert await empty.read(rows) == [["a", 1, "file.csv"], ["b", 2, "file.csv"], ["c", None, "file.csv"]]


async def test_one_wrong_row_undoes_all(empty: Store) -> None:
    wrong = Links("RESIDES_AT", "Child", "Address", [{"key": "r", "start": "c", "end": "z"}])
    with pytest.raises(BadInput, match="name a node that is not in the graph"):
        await writer(empty).write([FACTS[0], wrong], key="k")
    assert await empty.read("MATCH (n:Child|Change|IdempotencyKey) RETURN count(n)") == [[0]]


async def test_the_same_again_gives_the_first_result(empty: Store) -> None:
    first = await writer(empty, source=SOURCE).write(FACTS, key="k")
    await empty.write("MATCH (c:Child) SET c.firstName = 'Berta'")
    assert await writer(empty, source=SOURCE).write(FACTS, key="k") == first
    assert await empty.read("MATCH (c:Child) RETURN c.firstName") == [["Berta"]]
    assert len((await changes(empty, after=0)).entries) == 1


@pytest.mark.parametrize(
    "facts", [FACTS[:1], (Nodes("Child", [{"key": "c", "firstName": "Eva"}]), *FACTS[1:]), (*FACTS[1:], FACTS[0])]
)
async def test_another_content_is_refused(empty: Store, facts: tuple[Nodes | Links, ...]) -> None:
    await writer(empty, source=SOURCE).write(FACTS, key="k")
    with pytest.raises(BadInput, match=f"^{REFUSED}$"):
        await writer(empty, source=SOURCE).write(facts, key="k")
    assert await writer(empty, source=SOURCE, actor="somebody else").write(facts, key="other") is not None
    with pytest.raises(BadInput, match=REFUSED):
        await writer(empty, source=SOURCE, actor="somebody else").write(FACTS, key="k")


async def test_two_at_the_same_moment(empty: Store) -> None:
    same = await asyncio.gather(*(writer(empty, source=SOURCE).write(FACTS, key="k") for _ in range(8)))
    assert len(set(map(str, same))) == 1
    assert len((await changes(empty, after=0)).entries) == 1

    facts = [[Nodes("Phone", [{"key": str(number)}])] for number in range(8)]
    results = await asyncio.gather(*(writer(empty).write(one, key="l") for one in facts), return_exceptions=True)
    assert sum(isinstance(one, Written) for one in results) == 1
    assert {str(one) for one in results if not isinstance(one, Written)} == {REFUSED}
    assert await empty.read("MATCH (p:Phone) RETURN count(p)") == [[1]]


async def test_work_of_many_transactions_goes_on_until_it_is_settled(empty: Store) -> None:
    once = Once.of("k", {"file": "digest"})
    assert [await claim_alone(empty, once) for _ in range(2)] == [None, None]
    with pytest.raises(BadInput, match=REFUSED):
        await claim_alone(empty, Once.of("k", {"file": "other"}))
    await settle_alone(empty, once, {"rows": 7})
    assert await claim_alone(empty, once) == {"rows": 7}


async def test_old_keys_are_forgotten(empty: Store) -> None:
    await writer(empty, source=SOURCE).write(FACTS, key="k")
    await empty.write("MATCH (k:IdempotencyKey) SET k.at = datetime('2020-01-01T00:00:00Z')")
    await writer(empty, source=SOURCE).write(FACTS, key="l")
    assert await empty.read("MATCH (k:IdempotencyKey) RETURN k.key") == [["l"]]


def test_a_key_has_a_length() -> None:
    for key in ("", "k" * 201):
        with pytest.raises(BadInput, match="from 1 to 200 characters"):
            Once.of(key, None)
