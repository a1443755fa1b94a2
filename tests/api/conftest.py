from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, build_schema, execute_sync
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette

from api.access.policy import INVESTIGATOR, Actor
from api.access.tokens import issue_token
from api.documents import Document
from api.documents.limits import Limits
from api.execution import Answer, Answerer
from api.fields import build_schema as schema_over
from api.http.app import create_app
from api.http.protocol import BoundedProtocol
from api.playground.pages import Playground
from api.schema import core_schema
from api.telemetry import Telemetry
from api.telemetry.tracing import Tracing
from graph.model import MODEL
from queries.library.question import TODAY, Column, Ordering, Parameter, Question, Severity

KEY = b"k" * 32
SCHEMA = build_schema(
    """
    "What can be asked."
    type Query { greeting: String! child(id: ID!): Child children(filter: Filter, first: Int): [Child!]! node(id: ID!): Node fails: Int }
    type Mutation { write: Int }
    type Subscription { written: Int }
    interface Node { id: ID! }
    input Filter { name: String and: [Filter!] not: Filter }
    type Child implements Node { id: ID! firstName: String siblings: [Child!]! }
    """  # noqa: E501
)

MakeApp = Callable[..., Starlette]


async def execute(
    document: Document,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
    actor: Actor,
    bookmarks: Sequence[str] = (),
    most_seconds: float | None = None,
) -> Answer:
    """Answer by graphql-core's own execution over one fixed child."""
    child: dict[str, Any] = {"__typename": "Child", "id": "1", "firstName": "Ana"}
    child["siblings"] = [child]
    root = {"greeting": "hello", "child": child, "children": [child], "node": child}
    node = DocumentNode(definitions=(operation, *document.fragments.values()))
    result = execute_sync(SCHEMA, node, root, variable_values=dict(variables))
    errors = [{**error.formatted, "extensions": {"code": "INTERNAL_SERVER_ERROR"}} for error in result.errors or ()]
    return Answer(result.data, errors)


async def always() -> bool:
    return True


@pytest.fixture
def small_schema() -> GraphQLSchema:
    return SCHEMA


@pytest.fixture
def executing() -> Answerer:
    return execute


@pytest.fixture
def token_key() -> bytes:
    return KEY


@pytest.fixture
def token() -> str:
    return issue_token(KEY, Actor("a test", INVESTIGATOR), timedelta(hours=1))


@pytest.fixture
def make_app() -> MakeApp:
    def make(
        answerer: Answerer = execute,
        *,
        readiness: Callable[[], Awaitable[bool]] = always,
        limits: Limits | None = None,
        telemetry: Telemetry | None = None,
        playground: Playground | None = None,
    ) -> Starlette:
        return create_app(
            schema=SCHEMA,
            schema_text=lambda: "type Query",
            answerer=answerer,
            readiness=readiness,
            token_key=KEY,
            limits=limits,
            telemetry=telemetry,
            playground=playground,
        )

    return make


@pytest.fixture
def connect(make_app: MakeApp, token: str) -> Callable[..., httpx.AsyncClient]:
    """Return a client with a token, in this process, of an application made with the given arguments."""

    def connect(answerer: Answerer = execute, **options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(make_app(answerer, **options)),
            base_url="http://sightline",
            headers={"authorization": f"Bearer {token}"},
        )

    return connect


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traced(spans: InMemorySpanExporter) -> Telemetry:
    return Telemetry(Tracing(SimpleSpanProcessor(spans)))


class _QuietServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@pytest.fixture
def served() -> Callable[[Starlette], AbstractAsyncContextManager[int]]:
    """Serve an application on a real socket; yields the port."""

    @asynccontextmanager
    async def serve(app: Starlette) -> AsyncIterator[int]:
        listener = socket.create_server(("127.0.0.1", 0))
        server = _QuietServer(
            uvicorn.Config(
                app,
                http=BoundedProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                timeout_graceful_shutdown=1,
            )
        )
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await running
            listener.close()

    return serve


@pytest.fixture(scope="session")
def question() -> Question:
    return Question(
        name="busySponsors",
        title="Busy sponsors",
        text="Which sponsors took in many children?",
        parameters=(
            Parameter("minChildren", "Int", 2, "Least number of children."),
            Parameter("asOf", "Date", TODAY, "Only facts up to this day."),
            Parameter("category", "SponsorCategory", None, "Category of the sponsor."),
        ),
        columns=(
            Column("sponsor", "Sponsor", "The sponsor."),
            Column("childCount", "Int", "Number of children."),
            Column("child", "Child", "One of them."),
        ),
        key=("sponsor",),
        order=(Ordering("childCount", descending=True),),
        severity=Severity.HIGH,
        source="default",
        example="{ busySponsors { totalCount } }",
        body="RETURN 1",
        path=Path("busy.cypher"),
        line=1,
    )


@pytest.fixture(scope="session")
def core(question: Question) -> GraphQLSchema:
    return core_schema(schema_over(MODEL, [question]))
