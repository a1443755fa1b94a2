"""The playground's addresses: the page and its files, signing in and out, and what is known of the questions."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.errors import NothingHere
from api.headers import read_headers
from api.playground.files import BuiltFile, built_files
from api.playground.greeting import POLICY as GREETING_POLICY
from api.playground.greeting import greeting_page
from api.playground.questions import describe_questions
from api.sessions import Sessions, from_same_origin
from api.sign_in import SignIns
from graph.errors import Forbidden, SightlineError, Unauthenticated
from queries.question import Question

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        # The editor and the graph position what they draw by style attributes and sheets made on the fly.
        "style-src 'self' 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_KEPT = "private, max-age=31536000, immutable"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Playground:
    """What the playground stands on; `page` is the largest number of rows that one answer may have."""

    sessions: Sessions
    sign_ins: SignIns
    questions: Sequence[Question]
    page: int

    def routes(self) -> list[BaseRoute]:
        """Return the routes; every one but signing in needs the session cookie."""
        pages = _Pages(self, built_files())
        return [
            Route("/", pages.index),
            Route("/sign-in", pages.sign_in),
            Route("/sign-out", pages.sign_out, methods=["POST"]),
            Route("/playground/questions.json", pages.questions),
            Route("/playground/{path:path}", pages.file),
        ]


class _Pages:
    def __init__(self, playground: Playground, files: Mapping[str, BuiltFile]) -> None:
        self._sessions = playground.sessions
        self._sign_ins = playground.sign_ins
        self._files = files
        self._questions = describe_questions(playground.questions, page=playground.page)

    async def index(self, request: Request) -> Response:
        """Show the page, or how to sign in."""
        try:
            self._sessions.visitor(read_headers(request.scope))
        except Unauthenticated as error:
            return _greet(str(error), status=401)
        return _send(request, self._files["index.html"], {"content-security-policy": POLICY})

    def sign_in(self, request: Request) -> Response:
        """Exchange the address's token for a cookie, and lead away from the address."""
        try:
            actor = self._sign_ins.redeem(request.query_params.get("token", ""))
        except SightlineError as error:
            return _greet(str(error), status=401 if isinstance(error, Unauthenticated) else 500)
        cookie = self._sessions.start(actor, secure=request.url.scheme == "https")
        return RedirectResponse("/", 303, {"set-cookie": cookie})

    async def sign_out(self, request: Request) -> Response:
        """End the browser's session; only for the page itself."""
        if not from_same_origin(read_headers(request.scope)):
            raise Forbidden("Only the playground itself can sign out.")
        return RedirectResponse("/", 303, {"set-cookie": self._sessions.end(secure=request.url.scheme == "https")})

    async def questions(self, request: Request) -> Response:
        """Tell what the library asks."""
        self._sessions.visitor(read_headers(request.scope))
        return JSONResponse(self._questions)

    async def file(self, request: Request) -> Response:
        """Send a file of the page; its name holds its digest, so it never changes."""
        self._sessions.visitor(read_headers(request.scope))
        file = self._files.get(request.path_params["path"])
        if file is None or file.path == "index.html":
            raise NothingHere("There is nothing at this address; the playground is at /.", status=404)
        # A worker's own policy is that of its file.
        return _send(request, file, {"cache-control": _KEPT, "content-security-policy": POLICY})


def _send(request: Request, file: BuiltFile, headers: Mapping[str, str]) -> Response:
    headers = {**headers, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.body, headers={**headers, "content-encoding": "gzip"}, media_type=file.media_type)
    return Response(gzip.decompress(file.body), headers=headers, media_type=file.media_type)


def _greet(sentence: str, *, status: int) -> Response:
    headers = {"content-security-policy": GREETING_POLICY}
    return Response(greeting_page(sentence), status, headers, media_type=_HTML)
