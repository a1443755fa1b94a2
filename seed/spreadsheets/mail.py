"""Reads e-mails: their attachments, attached messages, and the tables in their text."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, NamedTuple

import extract_msg
import olefile

from graph.errors import BadInput
from seed.spreadsheets.tables import Document, Mail, Table, grid_tables
from seed.spreadsheets.text_tables import Grid, html_tables, text_tables
from seed.spreadsheets.workbooks import OLE, ZIP, read_tables

DEEPEST, MOST_PARTS = 10, 1_000
"""How deep messages within messages are read, and how many parts of a file in all."""
_TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html")
_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|From|To|Date|Subject|DKIM-Signature|X-[\w-]+): ",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rb"(?:\A|(?<=\n))From \S[^\n]*\n(?=[\w-]+:)")
_SENDERS_ADDRESS = "__substg1.0_0C1F"
_UNSHOWN = re.compile(r"[^\x20-\x7e]")


class _Part(NamedTuple):
    """An attachment or a text of a message: its name, its type, and its content."""

    name: str
    kind: str
    content: bytes | str | _Message


class _Message(NamedTuple):
    mail: Mail
    parts: Sequence[_Part]


def is_mail(name: str, data: bytes) -> bool:
    """Tell whether a file holds e-mails, by its content, or by its name where it holds text."""
    if data.startswith(OLE):
        return _is_outlook(data)
    if data.startswith(ZIP):
        return False
    return name.casefold().endswith((".eml", ".mbox")) or bool(_HEADER.match(data) or _BETWEEN.match(data))


def read_mail(name: str, data: bytes) -> list[Document]:
    """Return a document for each message, also for those within messages.

    Raises `BadInput` when there are neither attachments nor tables that can be read.
    """
    budget = [MOST_PARTS]
    if data.startswith(OLE):
        documents = list(_documents(name, _outlook(name, data, 0, budget)))
    else:
        texts = [one for one in _BETWEEN.split(data) if one.strip()] if _BETWEEN.match(data) else [data]
        several = len(texts) > 1
        documents = []
        for number, text in enumerate(texts, 1):
            title = f"{name}, message {number}" if several else name
            documents += _documents(title, _internet(message_from_bytes(text, policy=policy.default), 0, budget))
    titles = Counter(document.name for document in documents)
    for place, document in enumerate(documents):
        if titles[document.name] > 1:
            documents[place] = document._replace(name=f"{document.name} ({place + 1})")
    if not any(document.tables for document in documents):
        told = [one for document in documents for one in document.told]
        also = f" ({'; '.join(told[:3])})" if told else ""
        raise BadInput(f"{name} has no attached spreadsheet and no table in its text{also}; attach or paste the table")
    return documents


def _documents(title: str, message: _Message) -> Iterator[Document]:
    tables: list[Table] = []
    told: list[str] = []
    inner: list[Document] = []
    for part in message.parts:
        if isinstance(part.content, _Message):
            inner += _documents(f"{title}, attached message {part.name}".strip(), part.content)
        elif isinstance(part.content, bytes):
            try:
                tables += _attached(part.name, part.content)
            except BadInput as error:
                told.append(f"The attachment {error}")
    tables += _written(message.parts)
    yield Document(title, tables, message.mail, told)
    yield from inner


def _attached(name: str, data: bytes) -> list[Table]:
    if not name.casefold().endswith(_TABLES) and not data.startswith((ZIP, OLE)):
        raise BadInput(f"{name or 'without a name'} is no spreadsheet and was not read")
    tables = read_tables(name, data)
    return [replace(table, name=f"{name}: {table.name}" if table.name else name) for table in tables]


def _written(parts: Sequence[_Part]) -> list[Table]:
    """Return the tables of the text; where it is both HTML and plain, those of the HTML if there are any."""
    grids: list[Grid] = []
    for kind, read in (("text/html", html_tables), ("text/plain", text_tables)):
        for part in parts:
            if part.kind == kind and isinstance(part.content, str):
                grids += read(part.content)
        if grids:
            break
    return grid_tables(grids)


def _mail(sender: str, sent: datetime | None, id_: str) -> Mail:
    address = _UNSHOWN.sub("", parseaddr(sender)[1] if "@" in sender else sender)[:200]
    when = sent.replace(tzinfo=sent.tzinfo or UTC).astimezone(UTC) if sent else None
    return Mail(address, when, _UNSHOWN.sub("", id_).strip(" <>")[:200])


def _spend(budget: list[int], depth: int) -> None:
    budget[0] -= 1
    if budget[0] < 0 or depth > DEEPEST:
        raise BadInput("The e-mail has too many parts within parts to be read; save the attachment and import that")


def _internet(message: EmailMessage, depth: int, budget: list[int]) -> _Message:
    try:
        sent = message["date"].datetime if message["date"] else None
    except (AttributeError, TypeError, ValueError, IndexError):
        sent = None
    mail = _mail(str(message["from"] or ""), sent, str(message["message-id"] or ""))
    return _Message(mail, list(_parts(message, depth, budget)))


def _parts(message: EmailMessage, depth: int, budget: list[int]) -> Iterator[_Part]:
    _spend(budget, depth)
    kind = message.get_content_type()
    name = (message.get_filename() or "").replace("\\", "/").rsplit("/", 1)[-1]
    if kind == "message/rfc822":
        inner = message.get_payload()
        for one in inner if isinstance(inner, list) else []:
            yield _Part(name, kind, _internet(one, depth + 1, budget))  # type: ignore[arg-type]
    elif message.is_multipart():
        for part in message.iter_parts():
            yield from _parts(part, depth, budget)  # type: ignore[arg-type]
    elif kind in ("text/plain", "text/html") and not name and not message.is_attachment():
        yield _Part("", kind, _decoded(message))
    else:
        data = message.get_payload(decode=True)
        yield _file(name, data if isinstance(data, bytes) else b"", depth, budget)


def _file(name: str, data: bytes, depth: int, budget: list[int]) -> _Part:
    if data.startswith(OLE) and _is_outlook(data):
        return _Part(name, "", _outlook(name, data, depth + 1, budget))
    if name.casefold().endswith(".eml"):
        return _Part(name, "", _internet(message_from_bytes(data, policy=policy.default), depth + 1, budget))
    return _Part(name, "", data)


def _decoded(message: EmailMessage) -> str:
    data = message.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    for encoding in ("utf-8", message.get_content_charset() or "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _is_outlook(data: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return bool(compound.exists("__properties_version1.0"))
    except Exception:  # Whatever a damaged file makes its reader raise.
        return False


def _outlook(name: str, data: bytes, depth: int, budget: list[int]) -> _Message:
    try:
        with extract_msg.openMsg(data) as message:
            return _outlook_message(message, depth, budget)
    except BadInput:
        raise
    except Exception:  # Whatever a damaged message makes its reader raise.
        raise BadInput(f"{name} is damaged, or no Outlook message that can be read here; save it as .eml") from None


def _outlook_message(message: Any, depth: int, budget: list[int]) -> _Message:
    _spend(budget, depth)
    html, text = message.htmlBody, message.body
    parts = [_Part("", "text/html", html.decode("utf-8", "replace"))] if isinstance(html, bytes) else []
    parts += [_Part("", "text/plain", text)] if isinstance(text, str) else []
    for one in message.attachments:
        _spend(budget, depth)
        content = one.data
        name = str(getattr(one, "longFilename", None) or getattr(one, "shortFilename", None) or one.name or "")
        if isinstance(content, bytes):
            parts.append(_file(name, content, depth, budget))
        elif hasattr(content, "attachments"):
            parts.append(_Part(name, "", _outlook_message(content, depth + 1, budget)))
    sent = message.date if isinstance(message.date, datetime) else None
    sender = str(message.sender or "")
    if "@" not in sender:
        sender = message.getStringStream(_SENDERS_ADDRESS) or sender
    return _Message(_mail(sender, sent, str(message.messageId or "")), parts)
