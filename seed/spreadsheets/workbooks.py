"""Opens what an office sends: workbooks, text files and e-mails, told apart by their content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import olefile
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from graph.errors import BadInput
from seed.spreadsheets.cells import Cell
from seed.spreadsheets.packed import Looked, check_sizes, look_through_excel, look_through_open_document
from seed.spreadsheets.tables import Table, TableRow, grid_tables, unmerged
from seed.spreadsheets.text_tables import html_tables
from seed.spreadsheets.texts import read_text_table

LARGEST_FILE = 256 * 1024**2
"""The largest file that is read, in bytes; a workbook is read as a whole."""

_PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style")
"""Beginnings of web pages, which many systems give the name of a workbook."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"%PDF": "is a PDF; ask for the spreadsheet that it was made from",
    b"\x1f\x8b": "is compressed with gzip; unpack it and import what is in it",
    b"7z\xbc\xaf": "is a 7z archive; unpack it and import what is in it",
    b"Rar!": "is a RAR archive; unpack it and import what is in it",
    b"{\\rtf": "is a text document; ask for the spreadsheet",
    b"\x89PNG": "is a picture; ask for the spreadsheet",
    b"\xff\xd8\xff": "is a picture; ask for the spreadsheet",
    b"<?xml": "is an XML document; open it in Excel and save it as XLSX",
}
PROTECTED = "is protected by a password; save it without one"
_DAMAGED = "is damaged, or no workbook that can be read here; open it and save it as XLSX or CSV"


def read_bytes(file: Path) -> bytes:
    """Return a file's content; raises `BadInput` when it cannot be read or is too large."""
    try:
        if file.is_dir():
            raise BadInput(
                f"{file.name or file} is a folder; give a spreadsheet or an e-mail (`sightline import eoir` reads the "
                "folder of the courts' dump)"
            )
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise BadInput(f"{file.name} is larger than {LARGEST_FILE // 1024**2} MB; split it, or save it as CSV")
        return file.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{file.name} does not exist; give the path of a spreadsheet or an e-mail") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its path is damaged"
        raise BadInput(f"{file.name} cannot be read: {reason}") from None


def read_tables(name: str, data: bytes) -> list[Table]:
    """Return the tables of a workbook or a text file; raises `BadInput` when it is neither, or cannot be read."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, sentence in _OTHERS.items():
        if start.startswith(signature.lower()):
            raise BadInput(f"{name} {sentence}")
    if start.startswith(_PAGES):
        return _page(name, data)
    if data.startswith(ZIP):
        return _packed(name, data)
    if data.startswith(OLE):
        return _compound(name, data)
    return [read_text_table(name, data)]


def _page(name: str, data: bytes) -> list[Table]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if not (grids := html_tables(text)):
        raise BadInput(f"{name} is a web page without a table; ask for the spreadsheet")
    return grid_tables(grids)


def _packed(name: str, data: bytes) -> list[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(one.startswith(("word/", "ppt/")) for one in names):
                raise BadInput(f"{name} is a text document or slides; ask for the spreadsheet")
            if "xl/workbook.bin" in names:
                raise BadInput(f"{name} is a binary workbook (XLSB); open it in Excel and save it as XLSX")
            if not names & {"xl/workbook.xml", "content.xml"}:
                raise BadInput(
                    f"{name} is a zip archive and no workbook; unpack it and import what is in it (`sightline import "
                    "whd` and `sightline import eoir` read archives as they are published)"
                )
            check_sizes(name, archive)
            looked = Looked()
            if "xl/workbook.xml" in names:
                looked = look_through_excel(name, archive)
            else:
                look_through_open_document(name, archive)
    except BadInput:
        raise
    except Exception:  # Whatever a damaged archive makes its readers raise.
        raise BadInput(f"{name} {_DAMAGED}") from None
    return _workbook(name, data, looked)


def _compound(name: str, data: bytes) -> list[Table]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            streams = {entry[0].casefold() for entry in compound.listdir()}
    except Exception:  # Whatever a damaged file makes its reader raise.
        raise BadInput(f"{name} {_DAMAGED}") from None
    if "encryptedpackage" in streams:
        raise BadInput(f"{name} {PROTECTED}")
    if not streams & {"workbook", "book"}:
        raise BadInput(f"{name} is no spreadsheet; ask for the spreadsheet")
    return _workbook(name, data, Looked())


def _workbook(name: str, data: bytes, looked: Looked) -> list[Table]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _table(book, sheet, looked) for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise BadInput(f"{name} {PROTECTED}") from None
    except (CalamineError, OSError, ValueError) as error:
        wrong = PROTECTED if "assword" in str(error) else _DAMAGED
        raise BadInput(f"{name} {wrong}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # What the library raises for some damaged files.
            raise
        raise BadInput(f"{name} {_DAMAGED}") from None


def _table(book: CalamineWorkbook, sheet: SheetMetadata, looked: Looked) -> Table:
    read = book.get_sheet_by_name(sheet.name)
    rows: list[list[Cell]] = read.to_python(skip_empty_area=False)
    ranges = read.merged_cell_ranges or []
    last = max((bottom for (_, _), (bottom, _) in ranges), default=0)
    rows.extend([] for _ in range(len(rows), min(last + 1, len(rows) + 1_000)))
    merged = unmerged(rows, ranges)
    return Table(
        sheet.name,
        [TableRow(number, cells) for number, cells in enumerate(rows, 1)],
        hidden=sheet.visible is not SheetVisibleEnum.Visible,
        since_1904=looked.since_1904,
        faults=looked.faults.get(sheet.name, {}),
        merged=merged,
    )
