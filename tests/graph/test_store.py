import pytest

from graph.errors import StatementRefused
from graph.plan import Position
from graph.store import Store


async def test_reads_what_was_written(empty: Store) -> None:
    await empty.write("CREATE (:Child {key: $key})", {"key": "c1"})
    assert await empty.read("MATCH (c:Child) RETURN c.key") == [["c1"]]
    assert await empty.read_value("MATCH (c:Child) RETURN count(c)") == 1


async def test_empty_wipes(empty: Store) -> None:
    assert await empty.read_value("MATCH (n) RETURN count(n)") == 0


async def test_explain_names_operators_and_unknown_labels(store: Store) -> None:
    plan = await store.explain("CYPHER 25 MATCH (c:Chil) RETURN c.key")
    assert plan.operators == ("ProduceResults", "Projection", "NodeByLabelScan")
    assert [(notice.code, notice.position) for notice in plan.notifications] == [("01N50", Position(1, 20))]
    assert not plan.writes


async def test_explain_says_where_a_statement_is_wrong(store: Store) -> None:
    with pytest.raises(StatementRefused, match="Variable `x` not defined") as refused:
        await store.explain("CYPHER 25 RETURN x")
    assert (refused.value.line, refused.value.column) == (1, 18)
