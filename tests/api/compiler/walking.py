"""Reading a connection page by page, each page held against the reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLSchema

from tests.api.compiler.asking import Asker
from tests.reference import SmallGraph, Walk, difference, reference_answer


async def read_pages(ask: Asker, reference: GraphQLSchema, graph: SmallGraph, walk: Walk) -> None:
    """Check that every page of a walk is the reference's, and that the pages give each row once."""
    wanted_page: Mapping[str, Any] | None = dict(walk.variables)
    page: Mapping[str, Any] | None = dict(walk.variables)
    cursors: list[str] = []
    total = 0
    while wanted_page is not None and page is not None:
        wanted = reference_answer(graph, reference, walk.text, wanted_page)
        got = {"data": await ask.ask(walk.text, page)}
        assert difference(got["data"], wanted["data"]) is None
        wanted_page, page = walk.next(wanted), walk.next(got)
        connection = walk.connection(got)
        if connection is not None:
            cursors += [edge["cursor"] for edge in connection["edges"]]
            total = connection["totalCount"]
    assert wanted_page == page is None
    assert len(cursors) == len(set(cursors)) == total
