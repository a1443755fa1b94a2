"""A small dump of the immigration courts, as they publish it, with the faults of the real one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

Rows = Sequence[Mapping[str, str] | bytes]
COLUMNS = {
    "Lookup/tblLookup_Juvenile": ("idnJuvenile", "strCode", "strDescription"),
    "tbl_JuvenileHistory": ("idnJuvenileHistory", "idnCase", "idnProceeding", "idnJuvenile", "DATCREATEDON"),
    "A_TblCase": (
        "IDNCASE",
        "ALIEN_CITY",
        "ALIEN_STATE",
        "ALIEN_ZIPCODE",
        "UPDATED_ZIPCODE",
        "UPDATED_CITY",
        "UPDATED_STATE",
        "ADDRESS_CHANGEDON",
        "NAT",
        "LANG",
        "CUSTODY",
        "DATE_OF_ENTRY",
        "C_BIRTHDATE",
        "C_RELEASE_DATE",
        "Sex",
        "E_28_DATE",
    ),
    "B_TblProceeding": (
        "IDNPROCEEDING",
        "IDNCASE",
        "OSC_DATE",
        "INPUT_DATE",
        "BASE_CITY_CODE",
        "HEARING_LOC_CODE",
        "COMP_DATE",
        "ABSENTIA",
        "DEC_TYPE",
        "DEC_CODE",
        "OTHER_COMP",
        "TRANSFER_TO",
    ),
    "tbl_schedule": (
        "IDNSCHEDULE",
        "IDNPROCEEDING",
        "IDNCASE",
        "ADJ_DATE",
        "CAL_TYPE",
        "ADJ_RSN",
        "NOTICE_CODE",
        "BASE_CITY_CODE",
        "HEARING_LOC_CODE",
    ),
}
CODES: Rows = (
    {"idnJuvenile": "1", "strCode": "UJ", "strDescription": "Unaccompanied juvenile"},
    {"idnJuvenile": "2", "strCode": "J2", "strDescription": "Unaccompanied, asylum"},
    {"idnJuvenile": "3", "strCode": "AJ", "strDescription": "Accompanied juvenile"},
)
WriteDump = Callable[..., Path]


@pytest.fixture
def dump(tmp_path: Path) -> WriteDump:
    """Write a dump: each table's rows, given by its name in small letters, below its header; bytes are written raw."""

    def write(
        *,
        ending: str = ".csv",
        columns: Callable[[Sequence[str]], Sequence[str]] = list,
        codes: Rows = CODES,
        juveniles: Rows = (),
        cases: Rows = (),
        proceedings: Rows = (),
        hearings: Rows = (),
    ) -> Path:
        delimiter = b"\t" if ending == ".csv" else b"|"
        folder = tmp_path / "dump"
        for (name, own), rows in zip(COLUMNS.items(), (codes, juveniles, cases, proceedings, hearings), strict=True):
            file = folder / f"{name}{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            ordered = columns(own)
            lines = [delimiter.join(one.encode() for one in ordered)]
            for row in rows:
                raw = row if isinstance(row, bytes) else None
                given = {} if isinstance(row, bytes) else row
                values = (given.get(one, "").ljust(12).encode("cp1252") for one in ordered)
                lines.append(delimiter.join(values) if raw is None else raw)
            file.write_bytes(b"\r\n".join([*lines, b""]))
        return folder

    return write
