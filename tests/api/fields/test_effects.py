"""Effects and prefetches that are declared here: what runs programs knows none of them by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from api.compiler.awaited import Prefetch, Services, Surroundings
from api.compiler.context import CompileLimits, Context
from api.compiler.operation import Selection
from api.compiler.parameters import Request
from api.compiler.projection import Projection
from api.compiler.row_rules import permissions_of
from api.documents import Documents
from api.documents.limits import Limits
from api.execution import Answer
from api.execution.executor import Executor
from api.fields import Fields, declare
from api.fields.effects import Outcome, affected, mutation
from api.fields.field import Capability, Field
from api.schema import core_schema
from api.schema.registry import Argument
from api.telemetry import Telemetry
from graph.cypher import Parameter
from graph.errors import BadInput
from graph.model import MODEL
from graph.store import Store
from queries.findings.review import NOT_FOUND, Complaint
from tests.api.compiler.asking import ACTOR
from tests.api.compiler.compiling import CURSORS


async def release(given: Mapping[str, object], surroundings: Surroundings) -> Outcome:
    """Release a child, whose key is given, to a sponsor of the same key, where there is one."""
    key = str(given["key"])
    found = await surroundings.store.write(
        "MATCH (c:Child {key: $key}), (s:Sponsor {key: $key}) "
        "CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: $key, program: $actor})-[:WITH_SPONSOR]->(s) RETURN true",
        {"key": key, "actor": surroundings.actor.name},
    )
    if not found:
        return Outcome({"child": key}, (Complaint(NOT_FOUND, "there is no such sponsor", ("input", "key")),))
    return Outcome({"child": key, "sponsor": key})


RELEASE = mutation(
    "releaseChild",
    "Release a child.",
    (Argument("key", "String!", "The child's key."),),
    (affected("child", "Child", "The child."), affected("sponsor", "Sponsor", "The sponsor; null without one.")),
    release,
)


@dataclass(frozen=True, slots=True, eq=False)
class Days(Prefetch):
    """The days that the service of them knows."""

    async def find(self, request: Request, surroundings: Surroundings) -> object:
        return surroundings.services.of(Calendar).days


@dataclass(frozen=True, slots=True)
class Calendar:
    days: list[str]


def days(ctx: Context, selection: Selection) -> Projection:
    return Projection(Parameter(ctx.prefetch(Days())))


ADDED = Capability(
    types=RELEASE.types,
    mutations=(RELEASE.field,),
    queries=(Field("days", "[String!]!", "Days that are known.", days),),
)


class Asker:
    def __init__(self, store: Store) -> None:
        fields = Fields(MODEL, (*declare(MODEL, ()).capabilities, ADDED))
        schema = core_schema(fields.schema())
        self._documents = Documents(schema, limits=Limits())
        self._answerer = Executor(
            schema=schema,
            model=MODEL,
            fields=fields.table,
            store=store,
            services=Services(Calendar(["2024-05-31", "2024-06-01"])),
            cursors=CURSORS,
            bounds=CompileLimits(),
            telemetry=Telemetry(),
            permissions=permissions_of(MODEL, {}),
        )

    async def __call__(self, text: str, variables: Mapping[str, object] | None = None) -> Answer:
        document = self._documents.validate(self._documents.parse(text))
        return await self._answerer(document, document.operation(None), variables or {}, ACTOR)


@pytest.fixture(scope="module")
def asker(store: Store) -> Asker:
    return Asker(store)


async def test_a_payload_shows_any_entity_after_the_effect(empty: Store, asker: Asker) -> None:
    await empty.write("CREATE (:Child {key: 'a'}), (:Sponsor {key: 'a', lastName: 'Reyes'}), (:Child {key: 'b'})")
    answer = await asker(
        """mutation ($other: String!) {
          one: releaseChild(input: {key: "a"}) {
            __typename child { placements { nodes { program sponsor { lastName } } } } sponsor { key } errors { code }
          }
          two: releaseChild(input: {key: $other}) {
            child { key placements { totalCount } } sponsor { key } errors { code path }
          }
        }""",
        {"other": "b"},
    )
    assert answer.data == {
        "one": {
            "__typename": "ReleaseChildPayload",
            "child": {"placements": {"nodes": [{"program": "tester", "sponsor": {"lastName": "Reyes"}}]}},
            "sponsor": {"key": "a"},
            "errors": [],
        },
        "two": {
            "child": {"key": "b", "placements": {"totalCount": 0}},
            "sponsor": None,
            "errors": [{"code": "NOT_FOUND", "path": ["input", "key"]}],
        },
    }
    assert answer.extensions["bookmarks"] == sorted(empty.last_bookmarks())


async def test_nothing_is_written_when_a_later_payload_cannot_be_read(empty: Store, asker: Asker) -> None:
    await empty.write("UNWIND ['a', 'b'] AS key CREATE (:Child {key: key}), (:Sponsor {key: key})")
    text = """mutation ($first: Int) {
      one: releaseChild(input: {key: "a"}) { child { key } }
      two: releaseChild(input: {key: "b"}) { child { placements(first: $first) { nodes { key } } } }
    }"""
    with pytest.raises(BadInput, match="first is 0"):
        await asker(text, {"first": 0})
    assert await empty.read_value("MATCH (p:Placement) RETURN count(p)") == 0
    answer = await asker(text, {"first": 1})
    assert (answer.data or {})["two"] == {"child": {"placements": {"nodes": [{"key": "b"}]}}}


async def test_a_prefetch_is_found_before_the_statement(empty: Store, asker: Asker) -> None:
    answer = await asker("{ days children { totalCount } again: days }")
    known = ["2024-05-31", "2024-06-01"]
    assert list((answer.data or {}).items()) == [("days", known), ("children", {"totalCount": 0}), ("again", known)]
