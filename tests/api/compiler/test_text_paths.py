"""Searches for parts of texts through an index, where every text is known to have its folded twin."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store
from graph.writing.derived_marks import mark_folded
from tests.api.compiler.asking import Asker
from tests.writers import writer as new_writer

NAMES = {"a": "López", "b": "Lopez-Mejía", "c": "De la Cruz", "d": "O'Brien", "e": "Ng"}


@pytest.fixture
async def ask(empty: Store) -> Asker:
    """Sponsors whose twins are marked as complete."""
    await mark_folded(empty)
    await new_writer(empty).nodes("Sponsor", [{"key": key, "lastName": name} for key, name in NAMES.items()])
    return Asker(empty)


async def found(ask: Asker, operator: str, part: str, *, total: bool = True) -> Any:
    fields = f"{'totalCount' if total else ''} nodes {{ key }}"
    text = f"query ($part: String!) {{ sponsors(filter: {{lastName: {{{operator}: $part}}}}) {{ {fields} }} }}"
    answer = await ask(text, part=part)
    keys = [node["key"] for node in answer["sponsors"]["nodes"]]
    assert not total or answer["sponsors"]["totalCount"] == len(keys)
    return keys


@pytest.mark.parametrize("total", [True, False])
async def test_parts_are_found_through_the_index_and_without_it(ask: Asker, empty: Store, total: bool) -> None:
    wanted = {"lop": ["a", "b"], "LÓPEZ m": ["b"], "brien": ["d"], "ng": ["e"], "o'b": ["d"], "xyz": [], "'": ["d"]}
    for part, keys in wanted.items():
        assert await found(ask, "contains", part, total=total) == keys, part
    assert await found(ask, "startsWith", "lope", total=total) == ["a", "b"]
    assert await found(ask, "startsWith", "obr", total=total) == ["d"]
    await empty.write("CREATE (:Sponsor {key: 'f', lastName: 'de Lopera'})")
    assert await found(ask, "contains", "lop", total=total) == ["a", "b", "f"], "one without a twin is found too"
    assert await found(ask, "startsWith", "lop", total=total) == ["a", "b"]


async def test_only_the_index_is_read_where_the_mark_holds(ask: Asker, empty: Store) -> None:
    """A twin that another program removes is not noticed, which shows which way was taken."""
    await empty.write("MATCH (s:Sponsor {key: 'a'}) REMOVE s.lastNameFolded")
    assert await found(ask, "contains", "lop") == ["b"]
    assert await found(ask, "contains", "lo") == ["a", "b"], "two letters are too few for the index"
    await new_writer(empty).nodes("Sponsor", [{"key": "g", "lastName": "Lopes"}])
    assert await found(ask, "contains", "lop") == ["b", "g"], "a writer of ours keeps the mark"
    await empty.write("CREATE (:Sponsor {key: 'h'})")
    assert await found(ask, "contains", "lop") == ["a", "b", "g"]


async def test_other_conditions_hold_too(ask: Asker, empty: Store) -> None:
    await new_writer(empty).nodes("Sponsor", [{"key": "g", "lastName": "Lopes", "firstName": "Ana"}])
    answer = await ask(
        '{ sponsors(filter: {lastName: {contains: "lop", ne: "López"}, firstName: {isNull: true}}) '
        "{ totalCount nodes { key } } }"
    )
    assert answer["sponsors"] == {"totalCount": 1, "nodes": [{"key": "b"}]}


async def test_pages_go_on_where_they_ended(ask: Asker) -> None:
    page = '{ sponsors(filter: {lastName: {contains: "lop"}}, orderBy: [{field: LAST_NAME}], first: 1%s) %s }'
    selected = "{ totalCount nodes { key } pageInfo { endCursor hasNextPage } }"
    first = (await ask(page % ("", selected)))["sponsors"]
    second = (await ask(page % (f', after: "{first["pageInfo"]["endCursor"]}"', selected)))["sponsors"]
    assert [one["nodes"][0]["key"] for one in (first, second)] == ["a", "b"]
    assert [one["totalCount"] for one in (first, second)] == [2, 2]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
