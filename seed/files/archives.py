"""Opens a file for an importer: the CSV itself, or the one in a zip archive, within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from graph.errors import BadInput
from seed.files.lines import LineReader, open_lines, unreadable

LARGEST, MOST_MEMBERS, MOST_TIMES = 32 * 1024**3, 1_000, 200
"""What is read from an archive: bytes in a file, files, and how many times larger a file may be than it is packed.

Text of these layouts packs to between a tenth and a fortieth.
"""
SMALL = 10 * 1024**2
"""A file up to this size is read however well it packs."""
_TEXTS = (".csv", ".txt", ".tsv")
_ZIP = b"PK\x03\x04"


@contextmanager
def open_text(file: Path) -> Iterator[LineReader]:
    """Open a text file, or the only text file of a zip archive, for one pass.

    Raises `BadInput` for what cannot be read, is protected by a password, or is larger than the limits.
    """
    if not _is_zip(file):
        with open_lines(file) as lines:
            yield lines
        return
    try:
        with file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            member = _member(file.name, archive)
            with archive.open(member) as text:
                yield LineReader(text, f"{file.name}: {member.filename}", file=stream, size=member.file_size)
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise BadInput(f"{file.name} is damaged, or no zip archive that can be read here; unpack it first") from None
    except OSError as error:
        raise unreadable(file.name, error) from None


def _is_zip(file: Path) -> bool:
    try:
        stream: BinaryIO
        with file.open("rb") as stream:
            return stream.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _member(name: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if len(members) > MOST_MEMBERS:
        raise BadInput(f"{name} holds {len(members):,} files; an archive of at most {MOST_MEMBERS:,} is read")
    if any(one.filename == "[Content_Types].xml" for one in members):
        raise BadInput(f"{name} is an Excel workbook; save the sheet as CSV and import that")
    texts = [one for one in members if one.filename.lower().endswith(_TEXTS)]
    if len(texts) != 1:
        raise BadInput(f"{name} holds {len(texts) or 'no'} CSV files; give an archive with one, or the file itself")
    check_member(name, texts[0])
    return texts[0]


def check_member(name: str, member: zipfile.ZipInfo) -> None:
    """Raise `BadInput` for a file of an archive that is protected, or larger than the limits."""
    if member.flag_bits & 1:
        raise BadInput(f"{name} is protected by a password; unpack it first")
    bomb = member.file_size > SMALL and member.file_size > MOST_TIMES * max(1, member.compress_size)
    if bomb or member.file_size > LARGEST:
        raise BadInput(
            f"{name} would unpack to {member.file_size:,} bytes from {member.compress_size:,}, more than is read here; "
            "unpack it yourself if you trust it"
        )
