from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError

from tests.reference.paging import Row, page, part

VALUES = {"a": 1, "b": None, "c": 2, "d": 1, "e": None}


def rows(*, descending: bool = False) -> list[Row]:
    return [Row(key, key, (part(value, descending=descending), key)) for key, value in VALUES.items()]


def ask(found: list[Row] | None = None, **arguments: Any) -> dict[str, Any]:
    found = rows() if found is None else found
    return page(found, arguments, lambda: found)


def test_unknown_comes_last_in_both_directions() -> None:
    assert ask()["nodes"] == ["a", "d", "c", "b", "e"]
    assert ask(rows(descending=True))["nodes"] == ["c", "a", "d", "b", "e"]


def test_whole_page() -> None:
    got = ask()
    assert got["totalCount"] == 5
    assert got["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": got["edges"][0]["cursor"],
        "endCursor": got["edges"][-1]["cursor"],
    }


def test_forward() -> None:
    one = ask(first=2)
    assert (one["nodes"], one["pageInfo"]["hasNextPage"], one["pageInfo"]["hasPreviousPage"]) == (
        ["a", "d"],
        True,
        False,
    )
    two = ask(first=2, after=one["pageInfo"]["endCursor"])
    assert (two["nodes"], two["pageInfo"]["hasNextPage"], two["pageInfo"]["hasPreviousPage"]) == (
        ["c", "b"],
        True,
        True,
    )
    three = ask(first=2, after=two["pageInfo"]["endCursor"])
    assert (three["nodes"], three["pageInfo"]["hasNextPage"]) == (["e"], False)
    assert ask(first=1, after=three["pageInfo"]["endCursor"])["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": True,
        "startCursor": None,
        "endCursor": None,
    }


def test_backward() -> None:
    one = ask(last=2)
    assert (one["nodes"], one["pageInfo"]["hasNextPage"], one["pageInfo"]["hasPreviousPage"]) == (
        ["b", "e"],
        False,
        True,
    )
    two = ask(last=3, before=one["pageInfo"]["startCursor"])
    assert (two["nodes"], two["pageInfo"]["hasNextPage"], two["pageInfo"]["hasPreviousPage"]) == (
        ["a", "d", "c"],
        True,
        False,
    )


def test_between_two_cursors() -> None:
    cursors = {edge["node"]: edge["cursor"] for edge in ask()["edges"]}
    got = ask(first=1, after=cursors["a"], before=cursors["b"])
    assert (got["nodes"], got["pageInfo"]["hasNextPage"]) == (["d"], True)
    got = ask(first=2, after=cursors["a"], before=cursors["b"])
    assert (got["nodes"], got["pageInfo"]["hasNextPage"], got["totalCount"]) == (["d", "c"], False, 5)


def test_cursor_of_a_row_that_is_elsewhere() -> None:
    everything = rows()
    cursor = next(row.cursor for row in everything if row.node == "d")
    some = [row for row in everything if row.node in ("a", "c")]
    assert page(some, {"after": cursor}, lambda: everything)["nodes"] == ["c"]


@pytest.mark.parametrize(
    "arguments",
    [{"first": 1, "last": 1}, {"first": 0}, {"first": -1}, {"last": 101}, {"after": "x"}, {"before": "ref.eA=="}],
)
def test_arguments_that_cannot_be_used(arguments: dict[str, Any]) -> None:
    with pytest.raises(GraphQLError) as error:
        ask(**arguments)
    assert error.value.extensions == {"code": "BAD_USER_INPUT"}


def test_null_arguments_are_as_if_absent() -> None:
    assert ask(first=None, last=2, after=None, before=None)["nodes"] == ["b", "e"]


def test_default_size() -> None:
    many = [Row(n, str(n), (n,)) for n in range(30)]
    assert len(ask(many)["nodes"]) == 25
    assert len(ask(many, first=100)["nodes"]) == 30
