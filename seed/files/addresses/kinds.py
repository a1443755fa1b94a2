"""What sort of place a line names: post office boxes, shops that take mail, hotels, shelters, and no place at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from graph.text import fold


class Box(NamedTuple):
    """A box that stands for a street line: its normal form, whether mail is fetched there, and the rest of the line."""

    street: str
    fetched: bool
    rest: str


_NUMBER = r"[ #]*(?:NO|NUM|NUMBER|NUMERO)?[ #]*((?=[\w-]*\d)[\w-]{1,12}|[A-Z]{1,2})(?!\w)"
_POST_OFFICE = re.compile(
    r"(?<!\w)(?:P(?:OST)? ?O(?:FFICE)? ?(?:BOX|BX|B|DRAWER)|POBOX|CALLER|LOCK ?BOX|DRAWER"
    r"|APARTADO(?: (?:DE )?CORREOS?| POSTAL)?|APDO(?: POSTAL)?|CASILLA(?: POSTAL)?|CAJA POSTAL|(?:^|(?<=, ))(?:BOX|BX))"
    rf"{_NUMBER}"
)
_RURAL = re.compile(
    r"(?<!\w)(?:(RR|R R|RURAL (?:ROUTE|RT|RTE)|RFD|R F D|RT|RTE|ROUTE)"
    r"|(HC|H C|HCR|HIGHWAY CONTRACT(?: ROUTE)?|STAR ROUTE))"
    rf"[ #]*(?:NO )?(\d{{1,4}}[A-Z]?)[ ,]*(?:BOX|BX){_NUMBER}"
)
_MILITARY = re.compile(rf"(?<!\w)(PSC|CMR|UMR|OMC|UNIT|SHIP)[ #]*(\d{{1,6}})[ ,]*(?:BOX|BX){_NUMBER}")
_GENERAL = re.compile(r"(?<!\w)(?:GENERAL DELIVERY|GEN DEL(?:IVERY)?|LISTA DE CORREOS)(?!\w)")

_NO_STREET = r"(?! (?:ST|STREET|RD|ROAD|AVE|AVENUE|DR|DRIVE|LN|LANE|WAY|BLVD|CT|COURT|PL|CIR|TRL|HWY|PKWY)(?!\w))"
_TAKES_MAIL = re.compile(
    r"(?<!\w)(?:(?:THE )?UPS STORE|MAIL ?BOX(?:ES)?(?: ETC)?|PRIVATE MAIL ?BOX|PMB|POSTAL ?ANNEX|POSTNET|PAK ?MAIL"
    r"|MAIL (?:CENTER|STOP|DROP|PLUS)|POSTAL (?:CONNECTIONS?|PLUS|CENTER)|PARCEL PLUS|GOIN POSTAL|IPOSTAL1?"
    r"|FEDEX OFFICE|BUZON(?:ES)?|PACK(?:AGING)? (?:AND|N|&) (?:SHIP|MAIL)|EARTH CLASS MAIL|ANYTIME MAILBOX)"
    rf"(?!\w){_NO_STREET}"
)
_HOTEL = re.compile(
    r"(?<!\w)(?:MOTEL|MOTOR (?:LODGE|COURT)|HOTEL|HOSTEL|HOSTAL|POSADA|HOSPEDAJE|INNS?|SUITES|SUPER 8|STUDIO 6"
    r"|EXTENDED STAY|TRAVEL ?LODGE|ECONO ?LODGE|RODEWAY|RAMADA|LA QUINTA|BEST WESTERN|RED ROOF|HOWARD JOHNSON"
    r"|WOODSPRING|MARRIOTT|HILTON|SHERATON|HYATT|CANDLEWOOD|HOMEWOOD|AIRBNB)"
    rf"(?!\w){_NO_STREET}"
)
_SHELTER = re.compile(rf"(?<!\w)(?:SHELTER|ALBERGUE|REFUGIO|GROUP HOME|FOSTER HOME|RESCUE MISSION)(?!\w){_NO_STREET}")
_NOTHING = re.compile(
    r"(?:no|unknown|the|missing|current)?address(?:unknown|notknown|notgiven|notprovided|missing|given|provided|onfile)?"
    r"|noaddress(?:given|provided|onfile|available|known)?|not(?:known|available|provided|given|applicable|recorded|stated)"
    r"|no(?:data|information|info|ne(?:given|provided|onfile))|missing|blank|tbd|tba|tobe(?:determined|announced)|pending"
    r"|unspecified|undisclosed|withheld|redacted|confidential|[ns]/?d|sn"
    r"|(?:direccion)?desconocid[oa]|nosabe|nosesabe|sedesconoce|ningun[oa]|sindireccion|notiene(?:direccion)?|pendiente"
)
"""Folded texts that say that nothing is known."""


def find_box(line: str) -> Box | None:
    """Return the box that a line in capitals without dots names; of a post office, a rural route or the military."""
    if found := _RURAL.search(line):
        street = f"{'RR' if found[1] else 'HC'} {found[3].lstrip('0') or '0'} Box {_bare(found[4])}"
        return Box(street, False, _around(line, found))
    if found := _MILITARY.search(line):
        unit = found[1] if len(found[1]) == 3 else found[1].capitalize()
        return Box(f"{unit} {found[2]} Box {_bare(found[3])}", True, _around(line, found))
    if found := _POST_OFFICE.search(line):
        return Box(f"PO Box {_bare(found[1])}", True, _around(line, found))
    if found := _GENERAL.search(line):
        return Box("General Delivery", True, _around(line, found))
    return None


def kind_of(text: str) -> str | None:
    """Return the kind of place that words beside a street line name, by the model's `AddressKind`."""
    for kind, pattern in (("MAILBOX", _TAKES_MAIL), ("HOTEL", _HOTEL), ("SHELTER", _SHELTER)):
        if pattern.search(text):
            return kind
    return None


def says_nothing(text: str) -> bool:
    """Tell whether a text says only that no address is known."""
    bare = fold(text)
    return bool(_NOTHING.fullmatch(bare)) or not bare or (len(set(bare)) == 1 and " " not in text)


def _around(line: str, found: re.Match[str]) -> str:
    return f"{line[: found.start()].strip(' ,')}, {line[found.end() :].strip(' ,')}".strip(" ,")


def _bare(number: str) -> str:
    return number.lstrip("0") or "0"
