"""Looks through a packed workbook before it is read: its size, its farthest cell, and cells without a value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from graph.errors import BadInput
from seed.files.archives import MOST_MEMBERS, check_member
from seed.spreadsheets.tables import column_number

LARGEST_UNPACKED = 1024**3
"""Bytes of all files in a workbook together."""
MOST_CELLS = 20_000_000
"""Cells of a sheet from A1 to its farthest one; each takes memory, also an empty one."""

_WITHOUT_VALUE = "is a formula without a value; open the file, save it, and try again"
_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 22
_FARTHEST = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*[^/>])>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>|<(?:\w+:)?v/>)?",
    re.DOTALL,
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>', re.DOTALL
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:table-cell\b([^>]*?)(/?)>")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')


@dataclass(slots=True)
class Looked:
    """What was seen: cells without a value by sheet, row and column from 0, and whether days count from 1904."""

    faults: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    since_1904: bool = False


def check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    """Raise `BadInput` for an archive that is protected, damaged, or unpacks to more than is read."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise BadInput(f"{name} holds {len(members):,} files; a workbook of at most {MOST_MEMBERS:,} is read")
    for member in members:
        check_member(name, member)
    if (total := sum(member.file_size for member in members)) > LARGEST_UNPACKED:
        raise BadInput(f"{name} would unpack to {total:,} bytes, more than is read here; split it into smaller files")
    if archive.testzip() is not None:
        raise zipfile.BadZipFile


def look_through_excel(name: str, archive: zipfile.ZipFile) -> Looked:
    """Look through an Excel workbook; raises `BadInput` when a cell lies too far away."""
    looked = Looked(since_1904=_counts_from_1904(archive))
    for sheet, member in _sheets(archive):
        faults: dict[tuple[int, int], str] = {}
        row = column = 0
        for text in _pieces(archive, member):
            found = _FARTHEST.findall(text)
            row = max(row, max((int(number) for _, number in found), default=0))
            wide = {letters for letters, _ in found if letters}
            column = max(column, max((column_number(one.decode()) + 1 for one in wide), default=0))
            if b"<f" in text or b":f>" in text:
                faults |= dict.fromkeys(_bare(text), _WITHOUT_VALUE)
            if b't="e"' in text:
                faults |= {at: f"is an error of a formula ({error})" for at, error in _errors(text)}
        if row * column > MOST_CELLS:
            raise BadInput(
                f"{name}: the sheet {sheet} reaches to row {row:,} and column {column:,}, more than is read here; "
                "delete the empty rows and columns, or save the sheet as CSV"
            )
        looked.faults[sheet] = faults
    return looked


def look_through_open_document(name: str, archive: zipfile.ZipFile) -> None:
    """Look through an OpenDocument workbook; raises `BadInput` when it is protected, or repeats cells too often."""
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise BadInput(f"{name} is protected by a password; save it without one")
    cells = 0
    for row in _ODS_ROW.finditer(archive.read("content.xml")):
        width = filled = 0
        for cell in _ODS_CELL.finditer(row[2]):
            times = int(found[1]) if (found := _COLUMNS_REPEATED.search(cell[1])) else 1
            width += times
            filled = width if b"value" in cell[1] or not cell[2] else filled
        cells += filled * (int(found[1]) if (found := _ROWS_REPEATED.search(row[1])) else 1)
        if cells > MOST_CELLS:
            raise BadInput(f"{name} has more than {MOST_CELLS:,} cells, more than is read here; save the sheet as CSV")


def _counts_from_1904(archive: zipfile.ZipFile) -> bool:
    return bool(re.search(rb'date1904="(?:1|true)"', archive.read("xl/workbook.xml")))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the sheets' names and members."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    present = set(archive.namelist())
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        relation = next((value for name, value in element.items() if name.endswith("}id")), None)
        target = targets.get(relation) if element.tag.endswith("}sheet") else None
        if target:
            member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if member in present:
                yield element.get("name", ""), member


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Yield the member in pieces, each of which ends between two cells."""
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            end = max(text.rfind(b"<c "), text.rfind(b"<x:c "), 0)
            yield text[:end]
            rest = text[end:]
            if len(rest) > _LONGEST_CELL:
                yield rest
                rest = b""
    yield rest


def _at(attributes: bytes) -> tuple[int, int] | None:
    place = _PLACE.search(attributes)
    return (int(place[2]) - 1, column_number(place[1].decode())) if place else None


def _bare(text: bytes) -> Iterator[tuple[int, int]]:
    for cell in _CELL.finditer(text):
        if not (cell[2] or b"").strip() and (at := _at(cell[1])) and b't="str"' not in cell[1]:
            yield at


def _errors(text: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in _ERROR.finditer(text):
        if at := _at(cell[1]):
            yield at, cell[2].decode("ascii", "replace")
