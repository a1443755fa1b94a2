"""The GraphQL endpoint: every stage of a request except the answer itself."""

from __future__ import annotations

from graphql import GraphQLSchema, OperationDefinitionNode, OperationType
from starlette.types import Receive, Scope, Send

from api.access.authentication import Authenticator
from api.access.policy import ASK
from api.documents import Document, Documents
from api.documents.limits import Limits
from api.errors import RequestRefused
from api.execution import Answer, Answerer, GraphQLRequest
from api.headers import JSON, Headers, read_headers
from api.http.disconnect import CancelWhenGone, ClientGone
from api.http.requests import read_request
from api.http.responses import reply_to, reply_to_error
from api.http.turns import Turns
from api.telemetry import CLIENT_GONE, Observation, observed
from graph.errors import BadInput


class GraphQLEndpoint:
    """An ASGI application for one path; when all checks have passed, `answerer` answers."""

    def __init__(
        self,
        *,
        schema: GraphQLSchema,
        answerer: Answerer,
        authenticator: Authenticator,
        limits: Limits,
    ) -> None:
        self._documents = Documents(schema, limits=limits)
        self._answerer = answerer
        self._authenticator = authenticator
        self._limits = limits
        self._turns = Turns(limits.operations, "operations")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request."""
        observation = observed(scope)
        request_id = observation.request_id
        headers = read_headers(scope)
        media_type = JSON
        try:
            media_type = headers.response_type()
            answer = await self._answer(scope, headers, receive, observation)
            reply = reply_to(answer, media_type=media_type, request_id=request_id)
        except ClientGone:
            observation.code = CLIENT_GONE
            return
        except Exception as error:
            reply = reply_to_error(error, media_type=media_type, request_id=request_id)
        observation.code = reply.code
        await reply.send(send)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive, observation: Observation) -> Answer:
        actor = self._authenticator.sender(headers, method=scope["method"])
        actor.require(ASK)
        if scope["method"] not in ("GET", "POST"):
            raise RequestRefused("Use GET or POST.", status=405, headers=[(b"allow", b"GET, POST")])
        bookmarks = headers.bookmark_list()
        request = await read_request(scope, headers, receive, limit=self._limits.body)
        document, operation = self._choose(request, may_write=scope["method"] == "POST")
        observation.operation = operation.operation.value
        with CancelWhenGone(receive):
            async with self._turns.of(actor.holder):
                return await self._answerer(
                    document, operation, request.variables, actor, bookmarks, request.most_seconds
                )
        raise ClientGone

    def _choose(self, request: GraphQLRequest, *, may_write: bool) -> tuple[Document, OperationDefinitionNode]:
        document = self._documents.parse(request.query)
        if not may_write and document.would_run(request.operation_name) is OperationType.MUTATION:
            raise RequestRefused("Send mutations by POST.", status=405, headers=[(b"allow", b"POST")])
        operation = self._documents.validate(document, request.operation_name).operation(request.operation_name)
        if operation.operation is OperationType.SUBSCRIPTION:
            raise BadInput("Subscriptions are not answered here; send a query.")
        load = self._documents.uses(document, operation).check(request.variables)
        if not may_write and load.personal:
            raise RequestRefused(
                f"Send this by POST: {load.personal} is personal data, and addresses are kept in logs.",
                status=405,
                headers=[(b"allow", b"POST")],
            )
        return document, operation
