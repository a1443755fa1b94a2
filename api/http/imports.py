"""Uploads: a file is imported as the command line would import it, or what that would change is told."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.access.authentication import Authenticator
from api.access.policy import IMPORT, Actor
from api.errors import NothingHere, RequestRefused
from api.headers import GRAPHQL_RESPONSE, JSON, read_headers
from api.http.disconnect import CancelWhenGone, ClientGone
from api.http.responses import Reply, reply_to_error
from api.http.turns import Turns
from api.telemetry import CLIENT_GONE, observed
from graph.scratch import scratch_folder
from queries.library.names import did_you_mean

FILE, WRITE, MAPPING = "file", "write", "mapping"
_MULTIPART = "multipart/form-data"
_ANSWERS = {"true": True, "false": False}
_ARRIVES_WITHIN = 600.0
_LONGEST_NAME = 200
_CLOSING = 8
"""Bytes at the end of a form that hold its last two hyphens."""
_LONGEST_FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """What was uploaded: the file, what its columns mean if that was said, whether to write, and who imports."""

    importer: str
    file: Path
    mapping: str | None
    write: bool
    actor: str


@dataclass(frozen=True, slots=True)
class Imports:
    """What can be imported: the names of the importers, what imports an upload, and the folder for files."""

    names: Collection[str]
    run: Callable[[Upload], Awaitable[Mapping[str, Any]]]
    folder: Path


class ImportEndpoint:
    """An ASGI application for `POST /import/{importer}`; a file has at most `largest` bytes."""

    def __init__(self, imports: Imports, authenticator: Authenticator, *, largest: int) -> None:
        self._imports = imports
        self._authenticator = authenticator
        self._largest = largest
        self._turns = Turns(1, "imports")

    def route(self) -> Route:
        """Return the route of the uploads."""
        return Route("/import/{importer}", self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI request: with what happened to the file's rows, or with an error and its status."""
        observation = observed(scope)
        try:
            actor = self._allowed(scope)
            async with self._turns.of(actor.holder):
                with scratch_folder(self._imports.folder, "upload-") as folder:
                    upload = await self._received(scope, receive, folder, actor)
                    with CancelWhenGone(receive):
                        told = await self._imports.run(upload)
                        await Reply(200, orjson.dumps(told)).send(send)
                        return
            raise ClientGone
        except ClientGone:
            observation.code = CLIENT_GONE
        except Exception as error:
            reply = reply_to_error(error, media_type=GRAPHQL_RESPONSE, request_id=observation.request_id)
            observation.code = reply.code
            await replace(reply, media_type=JSON).send(send)

    def _allowed(self, scope: Scope) -> Actor:
        headers = read_headers(scope)
        actor = self._authenticator.sender(headers, method=scope["method"])
        actor.require(IMPORT)
        if scope["method"] != "POST":
            raise RequestRefused("Use POST.", status=405, headers=[(b"allow", b"POST")])
        name, names = scope["path_params"]["importer"], self._imports.names
        if name not in names:
            raise NothingHere(
                f"There is no such import{did_you_mean(name, names)}; use {', '.join(names)}.", status=404
            )
        if scope["query_string"]:
            raise RequestRefused(f"Give '{WRITE}' as a field of the form; addresses are kept in logs.")
        if headers.body_type()[0] != _MULTIPART:
            raise RequestRefused(f"Send the file as 'Content-Type: {_MULTIPART}', in the field '{FILE}'.", status=415)
        return actor

    async def _received(self, scope: Scope, receive: Receive, folder: Path, actor: Actor) -> Upload:
        """Return what was uploaded, with the file written to a folder."""
        try:
            async with asyncio.timeout(_ARRIVES_WITHIN):
                form = await self._form(scope, receive)
        except TimeoutError:
            raise RequestRefused(f"The file did not arrive within {_ARRIVES_WITHIN:.0f} seconds.", status=408) from None
        try:
            upload, write, mapping = form.get(FILE), form.get(WRITE, "false"), form.get(MAPPING)
            if not isinstance(upload, UploadFile) or not form.keys() <= {FILE, WRITE, MAPPING}:
                raise RequestRefused(
                    f"Send the file in the field '{FILE}', and no others but '{WRITE}' and '{MAPPING}'."
                )
            if write not in _ANSWERS:
                raise RequestRefused(f"'{WRITE}' must be true, or false to be told what would change.")
            if isinstance(mapping, UploadFile):
                raise RequestRefused(f"Send the text of the mapping in the field '{MAPPING}', and not a file.")
            path = folder / _name(upload.filename)
            await asyncio.to_thread(_copy, upload, path)
            return Upload(scope["path_params"]["importer"], path, mapping, _ANSWERS[write], actor.name)
        finally:
            await form.close()

    async def _form(self, scope: Scope, receive: Receive) -> FormData:
        async def chunks() -> AsyncGenerator[bytes]:
            size, more, end = 0, True, b""
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                chunk = message.get("body", b"")
                size += len(chunk)
                if size > self._largest:
                    raise RequestRefused(
                        f"The file is larger than {self._largest:,} bytes; import it with `sightline import`.",
                        status=413,
                    )
                more, end = message.get("more_body", False), (end + chunk)[-_CLOSING:]
                yield chunk
            if not end.rstrip().endswith(b"--"):
                raise RequestRefused("The form ends too early; send it again.")

        parser = MultiPartParser(
            Headers(scope=scope), chunks(), max_files=2, max_fields=2, max_part_size=_LONGEST_FIELD
        )
        try:
            return await parser.parse()
        except MultiPartException as error:
            raise RequestRefused(f"The form cannot be read: {error.message}") from None


def _copy(upload: UploadFile, path: Path) -> None:
    with path.open("xb") as file:
        shutil.copyfileobj(upload.file, file)


def _name(given: str | None) -> str:
    """Return the name of an uploaded file, which becomes that of its source."""
    name = "".join(letter for letter in (given or "").replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    if not name.strip(". ") or len(name.encode()) > _LONGEST_NAME:
        raise RequestRefused(f"Send the file with a name of at most {_LONGEST_NAME} bytes.")
    return name
