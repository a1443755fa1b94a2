"""Names in filters, searches and orders on the real database: one name is one, however it is stored and asked for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store import Store
from graph.text import clean, fold, twin
from tests.api.compiler.asking import Asker
from tests.names import FORMS, INVISIBLE, Form, names, typed
from tests.writers import writer as new_writer

EXAMPLES = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
FILTERED = "query ($filter: ChildFilter) { children(filter: $filter, first: 100) { nodes { key } } }"
PAGES = """
query ($first: Int, $last: Int, $after: String, $before: String, $direction: OrderDirection!, $filter: ChildFilter) {
  children(first: $first, last: $last, after: $after, before: $before, filter: $filter,
           orderBy: {field: LAST_NAME, direction: $direction}) {
    nodes { key } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
  }
}
"""
NAMES = {
    "obrien": "O\u2019Brien",
    "dangelo": "D'Angelo",
    "stjohn": "St.John",
    "cruz": "de la Cruz-Peña",
    "aguilar": "A\u0301guilar",
    "other": "Quispe",
}


async def put(store: Store, found: dict[str, str | None]) -> None:
    """Write children of these family names by key, and no others."""
    await store.write("MATCH (c:Child) DETACH DELETE c")
    await new_writer(store).nodes("Child", [{"key": key, "lastName": name} for key, name in found.items()])


async def filtered(ask: Asker, **operands: object) -> list[str]:
    answer = await ask(FILTERED, filter={"lastName": operands})
    return [node["key"] for node in answer["children"]["nodes"]]


async def walked(
    ask: Asker, *, direction: str = "ASC", size: int = 3, backward: bool = False, **given: Any
) -> list[str]:
    """Return all keys in the order of the names, page by page."""
    keys: list[str] = []
    cursor = None
    while True:
        page = {"last": size, "before": cursor} if backward else {"first": size, "after": cursor}
        found = (await ask(PAGES, direction=direction, **page, **given))["children"]
        nodes = [node["key"] for node in found["nodes"]]
        keys = [*nodes, *keys] if backward else [*keys, *nodes]
        info = found["pageInfo"]
        if not info["hasPreviousPage" if backward else "hasNextPage"]:
            return keys
        cursor = info["startCursor" if backward else "endCursor"]


@given(st.lists(names(), min_size=1, max_size=12), st.sampled_from(FORMS), st.sampled_from(INVISIBLE), st.randoms())
@EXAMPLES
async def test_any_name_is_found_and_in_its_place_in_every_form(
    empty: Store, ask: Asker, found: list[str], form: Form, invisible: str, random: Any
) -> None:
    stored = {f"c{i:02}": typed(name, form, [invisible], random) for i, name in enumerate(found)}
    await put(empty, {**stored, "unknown": None})
    asked = typed(found[0], random.choice(FORMS), [random.choice(INVISIBLE)], random)
    part = fold(found[0])
    assert await filtered(ask, eq=asked) == [k for k, name in stored.items() if clean(name) == clean(asked)]
    assert await filtered(ask, contains=asked) == [k for k, name in stored.items() if part in fold(name)]
    assert await filtered(ask, startsWith=asked) == [k for k, name in stored.items() if fold(name).startswith(part)]
    ordered = sorted(stored, key=lambda key: (twin(stored[key]), key))
    falling = sorted(sorted(stored), key=lambda key: twin(stored[key]), reverse=True)
    assert await walked(ask) == [*ordered, "unknown"]
    assert await walked(ask, backward=True) == [*ordered, "unknown"]
    assert await walked(ask, direction="DESC", backward=True) == [*falling, "unknown"]
    later = [key for key in ordered if twin(stored[key]) >= twin(asked)]
    assert await walked(ask, filter={"lastName": {"gte": asked}}) == later
    earlier = [key for key in ordered if twin(stored[key]) < twin(asked)]
    assert await walked(ask, filter={"lastName": {"lt": asked}}) == earlier


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("obrien", ["O'Brien", "O\u2019Brien", "OBrien", "o brien", "O\u02bcBrien", "O' Brien", "O-Brien"]),
        ("dangelo", ["D'Angelo", "D\u2019Angelo", "dangelo", "D Angelo", "D'\u00c1ngelo"]),
        ("stjohn", ["St.John", "St. John", "St John", "StJohn", "st-john"]),
        (
            "cruz",
            [
                *("de la Cruz-Pen\u0303a", "de la Cruz Peña", "De La Cruz Pena", "delacruz pena", "delaCruz-Peña"),
                *("de\u00a0la\u00a0Cruz\u2011Peña", "DE LA CRUZ\u2013PEÑA", "delacruzpena"),
            ],
        ),
        ("aguilar", ["Águilar", "aguilar", "A\u0301guilar", "\uff21guilar"]),
    ],
)
async def test_names_are_found_as_people_type_them(empty: Store, ask: Asker, key: str, forms: list[str]) -> None:
    await put(empty, dict(NAMES))
    await empty.read("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    for form in forms:
        assert await filtered(ask, contains=form) == [key], form
        assert await filtered(ask, startsWith=form) == [key], form
        rows = await ask("query ($text: String!) { search(text: $text) { node { ... on Child { key } } } }", text=form)
        assert [row["node"]["key"] for row in rows["search"]][:1] == [key], form


@pytest.mark.parametrize("part", ["cruzpena", "cruz-peña", "Cruz Peña", "peña", "Brien", "angelo"])
async def test_a_part_of_a_name_is_found(empty: Store, ask: Asker, part: str) -> None:
    await put(empty, dict(NAMES))
    wanted = [key for key, name in NAMES.items() if fold(part) in fold(name)]
    assert len(wanted) == 1
    assert await filtered(ask, contains=part) == wanted
    rows = await ask("query ($text: String!) { search(text: $text) { node { ... on Child { key } } } }", text=part)
    assert [row["node"]["key"] for row in rows["search"]] == wanted


async def test_signs_are_looked_for_in_the_text_itself(empty: Store, ask: Asker) -> None:
    await put(empty, {"hyphen": "Cruz-Peña", "none": "Cruz", "sign": "(unknown)"})
    assert await filtered(ask, contains="-") == ["hyphen"]
    assert await filtered(ask, startsWith="(") == ["sign"]
    assert await filtered(ask, startsWith="-") == []


async def test_what_others_wrote_without_twins_is_found_and_in_the_order_of_its_texts(empty: Store, ask: Asker) -> None:
    await empty.write(
        "UNWIND [['a', 'Vega'], ['b', 'Le\u00f3n-Paz'], ['c', null], ['d', 'Zapata']] AS row "
        "CREATE (c:Child {key: row[0], lastName: row[1]})"
    )
    assert await filtered(ask, contains="leon paz") == ["b"]
    assert await filtered(ask, startsWith="LEÓNPAZ") == ["b"]
    assert await filtered(ask, gte="M") == ["a", "d"]
    await new_writer(empty).nodes("Child", [{"key": "e", "lastName": "Ñuflo"}])
    assert await walked(ask) == ["e", "b", "a", "d", "c"]
    assert await walked(ask, backward=True, size=2) == ["e", "b", "a", "d", "c"]
    assert await walked(ask, direction="DESC", size=2) == ["e", "d", "a", "b", "c"]
