"""Downloads: a question's rows as a file, sent while they are read; the parameters come in the body."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.access.authentication import Authenticator
from api.access.policy import ASK, Access, Actor
from api.access.questions import may_read, refused_columns
from api.compiler.row_rules import Permissions, permissions_of
from api.compiler.ruled_questions import permitted, ruled_statement
from api.errors import NothingHere, RequestRefused
from api.headers import GRAPHQL_RESPONSE, JSON, read_headers
from api.http.disconnect import CancelWhenGone, ClientGone
from api.http.requests import read_object
from api.http.responses import reply_to_error
from api.http.turns import Turns
from api.telemetry import CLIENT_GONE, observed
from graph.errors import StoreTimeout
from graph.model import Model
from graph.store import GRACE, Store
from queries.export.files import DEADLINE, file_of
from queries.export.writers import FileFormat
from queries.findings.standing import standing_of
from queries.findings.thresholds import Indicator
from queries.library.names import did_you_mean
from queries.library.question import Question
from queries.library.values import LARGEST_INT

PARAMETERS, FIRST = "parameters", "first"
_LARGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Exports:
    """What can be exported: the questions by name, over a store and its model; sweeps ask the `indicators`."""

    store: Store
    model: Model
    questions: Mapping[str, Question]
    deadline: float = DEADLINE
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    _permissions: Callable[[Access], Permissions] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_permissions", permissions_of(self.model, self.questions))

    def file(
        self, question: Question, format_: FileFormat, asked: Asked, access: Access, bookmarks: Sequence[str]
    ) -> AsyncGenerator[bytes]:
        """Return the pieces of a file; its statements contain nothing that may not be read.

        Columns that may not be read are left out, like properties. Raises `Forbidden` when the question may not be
        asked.
        """
        permissions = self._permissions(access)
        scope = permissions.scope(self.model)
        refused = refused_columns(self.model, access, question)
        indicator = None if access.rows else self.indicators.get(question.name)
        shown = tuple(column for column in question.columns if column.name not in refused)
        return file_of(
            self.store,
            replace(permitted(scope, question), columns=shown),
            asked.arguments,
            format_,
            first=asked.first,
            deadline=self.deadline,
            model=visible(self.model, permissions.access),
            bookmarks=bookmarks,
            ruled=partial(ruled_statement, scope) if permissions.rules else None,
            kept=standing_of(indicator) if indicator else None,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a body asks for: values by parameter, and the first rows or all."""

    arguments: Mapping[str, object]
    first: int | None = None


class ExportEndpoint:
    """An ASGI application for `/export/{question}.{format}`."""

    def __init__(self, exports: Exports, authenticator: Authenticator, *, at_once: int) -> None:
        self._exports = exports
        self._authenticator = authenticator
        self._turns = Turns(at_once, "downloads")

    def route(self) -> Route:
        """Return the route of the downloads."""
        return Route("/export/{file}", self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request: with an error in JSON and its status, or a file, cut off if it cannot be ended."""
        observation = observed(scope)
        sent = _Sending(send, scope["path_params"]["file"])
        try:
            actor, pieces, format_ = await self._asked(scope, receive)
            with CancelWhenGone(receive):
                async with self._turns.of(actor.holder):
                    await self._send(sent, pieces, format_)
                return
            raise ClientGone
        except ClientGone:
            observation.code = CLIENT_GONE
        except Exception as error:
            reply = reply_to_error(error, media_type=GRAPHQL_RESPONSE, request_id=observation.request_id)
            observation.code = reply.code
            if sent.started:
                raise
            await replace(reply, media_type=JSON).send(send)

    async def _send(self, sent: _Sending, pieces: AsyncGenerator[bytes], format_: FileFormat) -> None:
        """Send a file within its deadline, which covers both asking and sending."""
        try:
            async with asyncio.timeout(self._exports.deadline + GRACE), aclosing(pieces):
                async for piece in pieces:
                    await sent.piece(piece, format_)
                await sent.end()
        except TimeoutError:
            raise StoreTimeout("the file was not read in time; ask for less, or read faster") from None

    async def _asked(self, scope: Scope, receive: Receive) -> tuple[Actor, AsyncGenerator[bytes], FileFormat]:
        headers = read_headers(scope)
        actor = self._authenticator.sender(headers, method=scope["method"])
        actor.require(ASK)
        if scope["method"] not in ("GET", "POST"):
            raise RequestRefused("Use GET or POST.", status=405, headers=[(b"allow", b"GET, POST")])
        question, format_ = self._named(scope["path_params"]["file"])
        if scope["query_string"]:
            raise RequestRefused("Give parameters in the body of a POST, as JSON; addresses are kept in logs.")
        asked = Asked({})
        if scope["method"] == "POST":
            asked = _asked(await read_object(headers, receive, limit=_LARGEST_BODY))
        question.values(asked.arguments)
        return actor, self._exports.file(question, format_, asked, actor.access, headers.bookmark_list()), format_

    def _named(self, file: str) -> tuple[Question, FileFormat]:
        name, _, ending = file.rpartition(".")
        questions = self._exports.questions
        if name not in questions:
            hint = did_you_mean(name, questions)
            raise NothingHere(f"There is no question of that name{hint}; the schema lists them.", status=404)
        if ending not in list(FileFormat):
            raise NothingHere(f"There is no such format; use {', '.join(FileFormat)}.", status=404)
        return questions[name], FileFormat(ending)


class _Sending:
    """Sends a file; its headers go with the first piece, so that an earlier failure can have its own status."""

    def __init__(self, send: Send, name: str) -> None:
        self._send = send
        self._name = name
        self.started = False

    async def piece(self, piece: bytes, format_: FileFormat) -> None:
        """Send a piece."""
        if not self.started:
            self.started = True
            headers = [
                (b"content-type", format_.media_type.encode()),
                (b"content-disposition", f'attachment; filename="{self._name}"'.encode()),
            ]
            await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        if piece:
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})

    async def end(self) -> None:
        """Say that the file is complete."""
        await self._send({"type": "http.response.body", "body": b""})


def visible(model: Model, access: Access) -> Model:
    """Return the model with only the properties that may be read."""
    nodes = tuple(
        replace(node, properties=tuple(prop for prop in node.properties if access.may_read(node.label, prop)))
        for node in model.nodes
    )
    if nodes == model.nodes:
        return model
    relationships = tuple(
        replace(
            relationship,
            properties=tuple(
                prop for prop in relationship.properties if may_read(model, access, relationship.type, prop)
            ),
        )
        for relationship in model.relationships
    )
    return Model(nodes, relationships, model.paths)


def _asked(body: Mapping[str, object]) -> Asked:
    arguments, first = body.get(PARAMETERS), body.get(FIRST)
    if not body.keys() <= {PARAMETERS, FIRST}:
        raise RequestRefused(f"The body may hold {PARAMETERS} and {FIRST}, and nothing else.")
    if arguments is not None and not isinstance(arguments, dict):
        raise RequestRefused(f"'{PARAMETERS}' must be an object of values by their names.")
    if first is not None and (not isinstance(first, int) or isinstance(first, bool) or not 1 <= first <= LARGEST_INT):
        raise RequestRefused(f"'{FIRST}' must be a whole number from 1 to {LARGEST_INT}.")
    return Asked(arguments or {}, first)
