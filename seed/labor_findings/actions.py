"""Compliance actions: rows of the file converted to employers, their addresses, and violations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from graph.text import fold
from seed.files.addresses import ReadAddress, read_address
from seed.files.dates import read_date
from seed.files.records import Importer, LinkFact, NodeFact, Outcome, PassedOver, Record, postal_area
from seed.files.rejects import Note
from seed.files.rows import Layout, Row
from seed.files.values import is_blank, narrow, read_count, read_money, read_name

COLUMNS = (
    "case_id",
    "trade_nm",
    "legal_name",
    "street_addr_1_txt",
    "cty_nm",
    "st_cd",
    "zip_cd",
    "naic_cd",
    "findings_start_date",
    "findings_end_date",
    "flsa_cl_violtn_cnt",
    "flsa_cl_minor_cnt",
    "flsa_cl_cmp_assd_amt",
    "flsa_repeat_violator",
)
LAYOUT = Layout(
    "Labor Department's compliance actions",
    COLUMNS,
    optional=frozenset({"legal_name", "naic_cd", "flsa_cl_cmp_assd_amt", "flsa_repeat_violator"}),
    others=True,
)
NOT_CHILD_LABOR = "no child labor was found"
_CASE = re.compile(r"(\d{1,12})(?:\.0*)?", re.ASCII)
_INDUSTRY = re.compile(r"(\d{2,6})(?:\.0*)?", re.ASCII)
_PLACE = {"street": "street_addr_1_txt", "city": "cty_nm", "state": "st_cd", "postal_code": "zip_cd"}
"""The columns of an address's parts."""
_REPEATED = {"r": True, "rw": True, "w": False}
"""The department marks repeated (R) and willful (W) violators."""


def _read_industry(text: str) -> tuple[str | None, str]:
    text = narrow(text)
    if is_blank(text):
        return None, ""
    match = _INDUSTRY.fullmatch(text)
    return (match[1], "") if match else (None, "is not a NAICS code")


def _read_repeated(text: str) -> tuple[bool | None, str]:
    text = narrow(text).casefold()
    if is_blank(text):
        return False, ""
    found = _REPEATED.get(text)
    return found, "" if found is not None else "is not a mark of a repeated violator; R, W or RW is expected"


_READERS: Mapping[str, Callable[[str], tuple[Any, str]]] = {
    "trade_nm": read_name,
    "legal_name": read_name,
    "naic_cd": _read_industry,
    "flsa_cl_violtn_cnt": read_count,
    "flsa_cl_minor_cnt": read_count,
    "flsa_cl_cmp_assd_amt": read_money,
    "flsa_repeat_violator": _read_repeated,
}


def _reader(today: date) -> Callable[[Row], Outcome]:
    def day(text: str) -> tuple[date | None, str]:
        return read_date(text, today)

    readers = {**_READERS, "findings_start_date": day, "findings_end_date": day}

    def read(row: Row) -> Outcome:
        texts = dict(zip(COLUMNS, row.values, strict=True))
        case = _CASE.fullmatch(narrow(texts["case_id"]))
        if case is None:
            reason = "is blank" if is_blank(narrow(texts["case_id"])) else "is not the number of a case"
            return Note(row.number, "case_id", texts["case_id"], f"{reason}: the row was not imported")
        counts = [readers[column](texts[column]) for column in ("flsa_cl_violtn_cnt", "flsa_cl_minor_cnt")]
        if not any(value or reason for value, reason in counts):
            return PassedOver(row.number, NOT_CHILD_LABOR)
        found = {column: reader(texts[column]) for column, reader in readers.items()}
        values = {column: value for column, (value, _) in found.items()}
        name = values["trade_nm"] or values["legal_name"]
        if name is None:
            return Note(row.number, "trade_nm", texts["trade_nm"], "names no employer: the row was not imported")
        place = read_address(**{part: texts[column] for part, column in _PLACE.items()}, kind="BUSINESS")
        faults = [(column, reason) for column, (_, reason) in found.items() if reason]
        faults += [(_PLACE[part], reason) for part, reason in place.notes]
        faults.sort(key=lambda fault: COLUMNS.index(fault[0]))
        notes = [Note(row.number, column, texts[column], reason) for column, reason in faults]
        begun, ended = values["findings_start_date"], values["findings_end_date"]
        if begun and ended and ended < begun:
            reason = "is before the first day of the period; both were imported as written"
            notes.append(Note(row.number, "findings_end_date", texts["findings_end_date"], reason))
        return _record(row.number, str(int(case[1])), name, values, place, notes)

    return read


def _record(row: int, case: str, name: str, values: Mapping[str, Any], place: ReadAddress, notes: list[Note]) -> Record:
    violation = NodeFact(
        "LaborViolation",
        f"whd-case-{case}",
        {
            "foundOn": values["findings_end_date"],
            "investigatedFrom": values["findings_start_date"],
            "violations": values["flsa_cl_violtn_cnt"],
            "minorsAffected": values["flsa_cl_minor_cnt"],
            "penalty": values["flsa_cl_cmp_assd_amt"],
            "repeated": values["flsa_repeat_violator"],
        },
    )
    where = place.properties
    code = where.get("postalCode")
    employer = NodeFact(
        "Employer",
        _key("employer", name, code or where.get("city"), where.get("state")),
        {"name": name, "industryCode": values["naic_cd"]},
    )
    nodes, links = [violation, employer], [LinkFact("CITED_FOR", employer, violation)]
    area = postal_area(code) if code else None
    if area:
        nodes.append(area)
        links.append(LinkFact("IN_AREA", employer, area))
    if "street" in where:
        address = NodeFact("Address", place.key or f"whd-address-{case}", where)
        nodes.append(address)
        links.append(LinkFact("LOCATED_AT", employer, address))
        if area:
            links.append(LinkFact("IN_AREA", address, area))
    return Record(row, tuple(nodes), tuple(links), tuple(notes))


def _key(kind: str, *parts: str | None) -> str:
    """Return a key that is the same for the same words, however they are written."""
    text = "\x1f".join(fold(part or "") for part in parts)
    return f"whd-{kind}-{sha256(text.encode()).hexdigest()[:16]}"


LABOR_FINDINGS = Importer("whd", "DOL WHD", LAYOUT, _reader)
