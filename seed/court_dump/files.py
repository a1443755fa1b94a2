"""Finds the dump's files in a folder or a zip archive, and feeds each to a reader as clean UTF-8.

The files are text in Windows-1252 with NUL bytes. They are converted on the way through a named pipe, so that nothing
is unpacked to the disk.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

from graph.errors import BadInput
from seed.court_dump.tables import Table
from seed.files.archives import check_member
from seed.files.lines import unreadable

_CHUNK = 4 * 1024**2
_LONGEST_HEADER = 65_536
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = {".csv": "\t", ".txt": "|"}


@dataclass(slots=True)
class Fed:
    """What was seen on the way: bytes read, NUL bytes left out, and chunks that were not ASCII."""

    size: int = 0
    nul: int = 0
    converted: int = 0
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the dump: where it is, its size, what separates its columns, and the columns of its header."""

    name: str
    path: Path
    inner: str | None
    size: int
    delimiter: str
    header: tuple[str, ...] = ()

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file; raises `BadInput` when it cannot be read."""
        try:
            if self.inner is None:
                with self.path.open("rb") as stream:
                    yield stream
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.inner) as member:
                    yield member
        except zipfile.BadZipFile:
            raise BadInput(f"{self.path.name} is damaged at {self.name}; fetch the dump again") from None
        except OSError as error:
            raise unreadable(self.name, error) from None


def find(path: Path, tables: Iterable[Table], lookups: Iterable[Table] = ()) -> dict[Table, Member]:
    """Return the file of each table in a folder or zip archive, at any depth and in any case of letters.

    Raises `BadInput`, which names what is missing, when a table or one of its needed columns is not there. Of
    `lookups`, those are returned that are there with their columns.
    """
    known = {PurePosixPath(member.name).stem.casefold(): member for member in _members(path)}
    tables = tuple(tables)
    if missing := [table.name for table in tables if table.name.casefold() not in known]:
        raise BadInput(
            f"{path.name} lacks {', '.join(missing)}; give the folder or the zip archive of the courts' whole dump"
        )
    found = {table: _with_header(known[table.name.casefold()], table) for table in tables}
    for table in lookups:
        with suppress(BadInput):
            if table.name.casefold() in known:
                found[table] = _with_header(known[table.name.casefold()], table)
    return found


def _members(path: Path) -> Iterator[Member]:
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.suffix.lower() in _DELIMITERS and file.is_file():
                    inside = file.relative_to(path).as_posix()
                    yield Member(inside, file, None, file.stat().st_size, _DELIMITERS[file.suffix.lower()])
            return
        with zipfile.ZipFile(path) as archive:
            for one in archive.infolist():
                ending = PurePosixPath(one.filename).suffix.lower()
                if ending in _DELIMITERS and not one.is_dir():
                    check_member(path.name, one)
                    yield Member(one.filename, path, one.filename, one.file_size, _DELIMITERS[ending])
    except zipfile.BadZipFile:
        raise BadInput(f"{path.name} is no folder and no zip archive; give the courts' dump as either") from None
    except OSError as error:
        raise unreadable(path.name, error) from None


def _with_header(member: Member, table: Table) -> Member:
    with member.open() as stream:
        line = stream.readline(_LONGEST_HEADER).removeprefix(_BOM).replace(b"\0", b"").decode("cp1252", "replace")
    header = tuple(name.strip().strip('"') for name in line.rstrip("\r\n").split(member.delimiter))
    names = {name.casefold() for name in header}
    if missing := [name for name in table.needed if name.casefold() not in names]:
        raise BadInput(f"{member.name} has no column {', '.join(missing)}; it is not the courts' {table.name}")
    return replace(member, header=header)


@contextmanager
def feeding(member: Member) -> Iterator[tuple[Path, Fed]]:
    """Yield a pipe from which the file is read as UTF-8 without NUL bytes, and what was seen on the way.

    An error in reading the file is raised when the block ends.
    """
    with TemporaryDirectory(prefix="sightline-") as folder:
        pipe = Path(folder) / "feed"
        os.mkfifo(pipe)
        fed = Fed()
        feeder = Thread(target=_feed, args=(member, pipe, fed), daemon=True)
        feeder.start()
        try:
            yield pipe, fed
        finally:
            while feeder.is_alive():  # It may wait for a reader that never came, or only begin to wait.
                _release(pipe)
                feeder.join(0.05)
        if fed.error is not None:
            raise fed.error


def _release(pipe: Path) -> None:
    """Let a feeder that still waits for a reader go on."""
    with suppress(OSError):
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))


def _feed(member: Member, pipe: Path, fed: Fed) -> None:
    try:
        with member.open() as source, suppress(BrokenPipeError):  # Whoever reads need not read to the end.
            _pump(source, pipe, fed)
    except BaseException as error:
        fed.error = error


def _pump(source: IO[bytes], pipe: Path, fed: Fed) -> None:
    with pipe.open("wb", buffering=0) as target:
        while chunk := source.read(_CHUNK):
            if not fed.size:
                chunk = chunk.removeprefix(_BOM)
            fed.size += len(chunk)
            _write_all(target, _clean(chunk, fed))


def _clean(chunk: bytes, fed: Fed) -> bytes:
    if not chunk.isascii():
        fed.converted += 1
        chunk = chunk.decode("cp1252", "replace").encode()
    if b"\0" in chunk:
        fed.nul += chunk.count(b"\0")
        chunk = chunk.replace(b"\0", b"")
    return chunk


def _write_all(target: IO[bytes], chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[target.write(rest) :]
