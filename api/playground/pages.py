"""The playground's addresses: the page and its files, signing in and out, and the description of the questions."""

from __future__ import annotations

import gzip
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from api.access.sessions import Sessions, from_same_origin
from api.access.sign_in import SignIns
from api.errors import NothingHere
from api.headers import read_headers
from api.http.requests import read_form
from api.playground.files import BuiltFile, built_files
from api.playground.greeting import BUTTON_POLICY, button_page, greeting_page
from api.playground.greeting import POLICY as GREETING_POLICY
from api.playground.questions import describe_questions
from graph.errors import BadInput, Forbidden, SightlineError, Unauthenticated
from queries.library.question import Question

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        # The editor and the graph position what they draw with style attributes and style sheets made at run time.
        "style-src 'self' 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_KEPT = "private, max-age=31536000, immutable"
_LARGEST_FORM = 4_000
_TELLING_ORIGIN = {"referrer-policy": "same-origin"}
"""For pages with a form: without this header, the browser does not say where the form was sent from."""
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Playground:
    """What the playground needs; `page` is the largest number of rows that one answer may have."""

    sessions: Sessions
    sign_ins: SignIns
    questions: Sequence[Question]
    page: int

    def routes(self) -> list[BaseRoute]:
        """Return the routes; all of them except signing in need the session cookie."""
        pages = _Pages(self, built_files())
        return [
            Route("/", pages.page("index.html")),
            Route("/imports", pages.page("imports.html")),
            Route("/sign-in", pages.ask_to_sign_in),
            Route("/sign-in", pages.sign_in, methods=["POST"]),
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

    def page(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what shows a page, or how to sign in."""
        file = self._files[name]

        async def page(request: Request) -> Response:
            try:
                self._sessions.visitor(read_headers(request.scope))
            except Unauthenticated as error:
                return _greet(str(error), status=401)
            return _send(request, file, {"content-security-policy": POLICY, **_TELLING_ORIGIN})

        return page

    def ask_to_sign_in(self, request: Request) -> Response:
        """Show the button that signs in; the address stays valid until it is pressed."""
        token = request.query_params.get("token", "")
        try:
            actor = self._sign_ins.look(token)
        except SightlineError as error:
            return _greet(str(error), status=401 if isinstance(error, Unauthenticated) else 500)
        headers = {"content-security-policy": BUTTON_POLICY, **_TELLING_ORIGIN}
        return Response(button_page(actor.name, token), 200, headers, media_type=_HTML)

    async def sign_in(self, request: Request) -> Response:
        """Exchange an address's token for a cookie, if the request comes from the page with the button."""
        headers = read_headers(request.scope)
        if not from_same_origin(headers):
            raise Forbidden("Only the page of the sign-in address can sign in; open the address in a browser.")
        try:
            token = (await read_form(headers, request.receive, limit=_LARGEST_FORM)).get("token", "")
            actor = await to_thread(self._sign_ins.redeem, token)
        except (Unauthenticated, BadInput) as error:
            return _greet(str(error), status=401 if isinstance(error, Unauthenticated) else 500)
        response = RedirectResponse("/", 303)
        self._sessions.start(response, actor, secure=headers.secure)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the browser's session, wherever its cookie may be, if the request comes from the page itself."""
        headers = read_headers(request.scope)
        if not from_same_origin(headers):
            raise Forbidden("Only the playground itself can sign out.")
        response = RedirectResponse("/", 303)
        await to_thread(self._sessions.end, response, headers)
        return response

    async def questions(self, request: Request) -> Response:
        """Return the description of the library's questions, and who is signed in."""
        actor = self._sessions.visitor(read_headers(request.scope))
        return JSONResponse({**self._questions, "reviewer": actor.name})

    async def file(self, request: Request) -> Response:
        """Send a file of the page; its name contains its digest, so it never changes."""
        self._sessions.visitor(read_headers(request.scope))
        file = self._files.get(request.path_params["path"])
        if file is None or file.path.endswith(".html"):
            raise NothingHere("There is nothing at this address; the playground is at /.", status=404)
        # A worker has the policy that its file was sent with.
        return _send(request, file, {"cache-control": _KEPT, "content-security-policy": POLICY})


def _send(request: Request, file: BuiltFile, headers: Mapping[str, str]) -> Response:
    headers = {**headers, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.body, headers={**headers, "content-encoding": "gzip"}, media_type=file.media_type)
    return Response(gzip.decompress(file.body), headers=headers, media_type=file.media_type)


def _greet(sentence: str, *, status: int) -> Response:
    headers = {"content-security-policy": GREETING_POLICY}
    return Response(greeting_page(sentence), status, headers, media_type=_HTML)
