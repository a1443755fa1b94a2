"""Writes small Outlook messages and other compound files."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extract_msg import OleWriter

Streams = dict[str, Any]
"""Streams and storages by name: bytes, or more of the same."""


def compound(path: Path, streams: Mapping[str, Any]) -> Path:
    """Write a compound file, as old Office programs do."""
    writer = OleWriter()
    _add(writer, [], streams)
    writer.write(str(path))
    return path


def _add(writer: OleWriter, at: list[str], streams: Mapping[str, Any]) -> None:
    for name, content in streams.items():
        if isinstance(content, bytes):
            writer.addEntry([*at, name], content)
        else:
            writer.addEntry([*at, name], storage=True)
            _add(writer, [*at, name], content)


def message(
    *,
    text: str = "",
    html: str = "",
    sender: str = "clerk@court.example",
    message_id: str = "<7@court.example>",
    attachments: Sequence[tuple[str, bytes | Streams]] = (),
    inner: bool = False,
) -> Streams:
    """Return the streams of a message; an attachment is bytes, or the streams of another message."""
    strings = {
        0x001A: "IPM.Note",
        0x0C1A: "Court Clerk",
        0x0C1F: sender,
        0x1035: message_id,
        0x1000: text,
        0x0037: "A list",
    }
    streams: Streams = {} if inner else {"__nameid_version1.0": dict.fromkeys(_NAMES, b"")}
    entries = b""
    for id_, value in strings.items():
        data = value.encode("utf-16-le")
        streams[f"__substg1.0_{id_:04X}001F"] = data
        entries += struct.pack("<HHIII", 0x1F, id_, 6, len(data) + 2, 0)
    if html:
        streams["__substg1.0_10130102"] = html.encode()
        entries += struct.pack("<HHIII", 0x102, 0x1013, 6, len(html.encode()), 0)
    sent = int((datetime(2024, 3, 8, 22, 12, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10**7)
    entries += struct.pack("<HHIQ", 0x40, 0x0039, 6, sent)
    for number, (name, content) in enumerate(attachments):
        streams[f"__attach_version1.0_#{number:08X}"] = _attachment(name, content)
    counts = struct.pack("<IIII", 0, len(attachments), 0, len(attachments))
    header = bytes(8) + counts + (b"" if inner else bytes(8))
    return {"__properties_version1.0": header + entries, **streams}


_NAMES = ("__substg1.0_00020102", "__substg1.0_00030102", "__substg1.0_00040102")


def _attachment(name: str, content: bytes | Streams) -> Streams:
    data = name.encode("utf-16-le")
    method = 1 if isinstance(content, bytes) else 5
    entries = struct.pack("<HHIII", 0x1F, 0x3707, 6, len(data) + 2, 0) + struct.pack("<HHIII", 3, 0x3705, 6, method, 0)
    kept = "__substg1.0_37010102" if method == 1 else "__substg1.0_3701000D"
    return {"__properties_version1.0": bytes(8) + entries, "__substg1.0_3707001F": data, kept: content}
