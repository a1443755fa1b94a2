"""Downloads: a question's rows as a file, sent while they are read; what it is asked with comes in the body."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.authentication import Authenticator
from api.disconnect import CancelWhenGone, ClientGone
from api.errors import NothingHere, RequestRefused
from api.headers import GRAPHQL_RESPONSE, JSON, read_headers
from api.policy import ASK, Access
from api.requests import read_object
from api.responses import reply_to_error
from api.telemetry import CLIENT_GONE, observed
from graph.model import Model
from graph.store import Store
from queries.export.files import DEADLINE, file_of
from queries.export.writers import FileFormat
from queries.names import did_you_mean
from queries.question import Question

PARAMETERS, FIRST = "parameters", "first"
_LARGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Exports:
    """What is exported from: the questions by name, over a store and its model."""

    store: Store
    model: Model
    questions: Mapping[str, Question]
    deadline: float = DEADLINE

    def file(
        self, question: Question, format_: FileFormat, asked: Asked, access: Access, bookmarks: Sequence[str]
    ) -> AsyncGenerator[bytes]:
        """Return the pieces of a file; what may not be read is in no statement."""
        return file_of(
            self.store,
            question,
            asked.arguments,
            format_,
            first=asked.first,
            deadline=self.deadline,
            model=visible(self.model, access),
            bookmarks=bookmarks,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a body asks for: values by parameter, and the first rows only, or all."""

    arguments: Mapping[str, object]
    first: int | None = None


class ExportEndpoint:
    """An ASGI application for `/export/{question}.{format}`."""

    def __init__(self, exports: Exports, authenticator: Authenticator) -> None:
        self._exports = exports
        self._authenticator = authenticator

    def route(self) -> Route:
        """Return the route of the downloads."""
        return Route("/export/{file}", self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request by ASGI: an error in JSON with its status, or a file, cut off when it cannot be ended."""
        observation = observed(scope)
        sent = _Sending(send, scope["path_params"]["file"])
        try:
            pieces, format_ = await self._asked(scope, receive)
            with CancelWhenGone(receive):
                async with aclosing(pieces):
                    async for piece in pieces:
                        await sent.piece(piece, format_)
                await sent.end()
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

    async def _asked(self, scope: Scope, receive: Receive) -> tuple[AsyncGenerator[bytes], FileFormat]:
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
        return self._exports.file(question, format_, asked, actor.access, headers.bookmark_list()), format_

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
    """Sends a file; its head goes with the first piece, so that what fails before has a status of its own."""

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
        """Send that the file is whole."""
        await self._send({"type": "http.response.body", "body": b""})


def visible(model: Model, access: Access) -> Model:
    """Return the model with those properties alone that may be read."""
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
                prop
                for prop in relationship.properties
                if all(access.may_read(owner, prop) for owner in _owners(model, relationship.type))
            ),
        )
        for relationship in model.relationships
    )
    return Model(nodes, relationships, model.paths)


def _owners(model: Model, kind: str) -> list[str]:
    return [
        f"{label}.{name}"
        for label in model.labels
        for name, link in model.links(label).items()
        if link.one_hop and link.hops[0].type == kind
    ]


def _asked(body: Mapping[str, object]) -> Asked:
    arguments, first = body.get(PARAMETERS), body.get(FIRST)
    if not body.keys() <= {PARAMETERS, FIRST}:
        raise RequestRefused(f"The body may hold {PARAMETERS} and {FIRST}, and nothing else.")
    if arguments is not None and not isinstance(arguments, dict):
        raise RequestRefused(f"'{PARAMETERS}' must be an object of values by their names.")
    if first is not None and (not isinstance(first, int) or isinstance(first, bool) or first < 1):
        raise RequestRefused(f"'{FIRST}' must be a whole number of at least 1.")
    return Asked(arguments or {}, first)
