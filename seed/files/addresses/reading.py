"""Reads an address: its parts in one normal form, what is wrong with it, what sort of place it is, and a key for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from scourgify.address_constants import CITY_ABBREVIATIONS

from graph.text import fold
from seed.files.addresses.kinds import Box, find_box, kind_of, says_nothing
from seed.files.addresses.lines import Line, cut_line, tidy
from seed.files.addresses.states import fits, state_of
from seed.files.addresses.streets import SUFFIXES, normal_street, numbered_road, street_parts
from seed.files.addresses.units import MAILBOX, column_units, unit_name
from seed.files.values import capitalised, is_blank, narrow, read_zip

LONGEST = 300
"""The most characters of a text that can be an address."""
KEY = "address-"
_CACHED = 32_768
_CROSSING = frozenset(("&", "AND", "@", "Y", "/"))
_URBANIZATION = re.compile("URB(?:ANIZACION|ANIZACIÓN)? ")
"""Parts of towns in Puerto Rico, which tell streets of one name apart (Publication 28, section 293)."""
_MILITARY = frozenset(("APO", "FPO", "DPO"))


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """An address as it was read.

    `properties` are those of an `Address` that are known, by name. `key` is the same for every way of writing the
    address, and begins with `building`, which is the same for all units of a building. Both are `None` where the text
    names no one place: then the record's own number must make the key, so that nobody is joined by it. `notes` say what
    could not be used: the name of the part, and the reason.
    """

    properties: Mapping[str, str]
    key: str | None = None
    building: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Found:
    """What is found on the way."""

    line: Line
    city: str = ""
    state: str = ""
    code: str = ""
    street: str = ""
    unit: str = ""
    kind: str | None = None
    deliverability: str | None = None
    whole: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)

    def note(self, part: str, reason: str) -> None:
        self.notes.append((part, reason))


@lru_cache(maxsize=_CACHED)
def read_address(
    street: str, unit: str = "", city: str = "", state: str = "", postal_code: str = "", *, kind: str = ""
) -> ReadAddress:
    """Read an address from one text that holds all of it, or from its parts; any text can be read.

    `street` may also hold what the other parts leave out. `kind` is the kind of place where it is known; what the text
    says goes before it. Mail cannot reach a text that names no street address, and a text that says that nothing is
    known leaves the address blank; a street line that is only read is not said to be deliverable.
    """
    written = ", ".join(part for part in map(_written, (street, unit, city, state, postal_code)) if part)
    text, units = tidy(street), tidy(unit)
    found = _Found(Line())
    _read_columns(found, city, state, postal_code)
    if is_blank(text) or says_nothing(text):
        found.deliverability = "BLANK"
        found.unit = unit_name(column_units(units)) or "" if units and not is_blank(units) else ""
    elif len(text) > LONGEST:
        _names_nothing(found, f"is longer than {LONGEST} characters, so it is not taken for an address")
    else:
        _read_line(found, text, units)
    found.kind = found.kind or kind or None
    return _result(found, written)


def _read_columns(found: _Found, city: str, state: str, postal_code: str) -> None:
    """Read the columns of city, state and ZIP code."""
    code, reason = read_zip(postal_code)
    if reason:
        found.note("postal_code", reason)
    short = narrow(state)
    known = "" if is_blank(short) else state_of(short)
    if known is None:
        found.note("state", "is not a state of the United States")
    name = tidy(city)
    unknown = is_blank(name) or says_nothing(name)
    found.city, found.state, found.code = "" if unknown else name, known or "", code or ""


def _read_line(found: _Found, text: str, units: str) -> None:
    box = find_box(text)
    line = cut_line(box.rest if box else text, city=found.city, state=found.state, code=found.code)
    found.line = line
    _settle_place(found)
    if units and not is_blank(units):
        found.line.units += column_units(units)
    found.kind = kind_of(", ".join([*line.others, units])) or ("MAILBOX" if MAILBOX in " ".join(line.units) else None)
    if line.abroad:
        found.street, found.city, line.units = capitalised(text), "", []
        found.note("street", "is not in the United States; it was imported as written")
    elif box and not line.numbers:
        _read_box(found, box)
    elif line.numbers and len(line.street) > line.numbers:
        street, last = normal_street(line.street, line.numbers)
        towns = [capitalised(_URBANIZATION.sub("URB ", one)) for one in line.others if _URBANIZATION.match(one)]
        found.street = ", ".join([street, *towns])
        found.line.units += [last] if last else []
        found.whole = True
        if box:
            found.note("street", "names a box as well; the street address was imported")
    else:
        _read_nameless(found, text)
    found.unit = unit_name(found.line.units) or ""


def _settle_place(found: _Found) -> None:
    """Take from the line what the columns leave open, and remark on what does not fit."""
    line = found.line
    for part, name in (("state", "state"), ("code", "postal_code")):
        given, read = getattr(found, part), getattr(line, part)
        if given and read and given != read:
            found.note(name, "differs from that in the street line; the column's was imported")
        setattr(found, part, given or read)
    found.city = found.city or line.city
    if found.state and found.code and not fits(found.code, found.state):
        found.note("postal_code", f"is not a ZIP code of {found.state}; both were imported as written")


def _read_box(found: _Found, box: Box) -> None:
    found.street = box.street
    found.kind = "MAILBOX" if box.fetched else found.kind
    found.whole = True
    if not found.city and found.line.street:
        found.city = " ".join(found.line.street)


def _read_nameless(found: _Found, text: str) -> None:
    """Read a line without a house number: a street or building, where a unit is named, and otherwise no address."""
    words = found.line.street
    if not words and not found.line.units and not found.line.others:
        found.deliverability = "BLANK"
        return
    road = numbered_road(words) or (words[-1:] and words[-1] in SUFFIXES)
    if words and (found.line.units or road or found.kind):
        plain = found.line.units or found.kind or "KM" in words
        crossing = plain or _CROSSING & set(words)
        found.street = capitalised(" ".join(words)) if crossing else normal_street(words, 0)[0]
        if not plain:
            found.deliverability = "UNDELIVERABLE"
            found.note("street", "has no house number")
        return
    _names_nothing(found, "is not an address")


def _names_nothing(found: _Found, reason: str) -> None:
    found.deliverability = "UNDELIVERABLE"
    found.note("street", reason)


def _result(found: _Found, written: str) -> ReadAddress:
    city = " ".join(_spelled(found.city.split()))
    properties = {
        "street": found.street,
        "unit": found.unit,
        "city": city if city in _MILITARY else capitalised(city),
        "state": found.state,
        "postalCode": found.code,
        "kind": found.kind,
        "deliverability": found.deliverability,
        "asWritten": written,
    }
    building = key = None
    if found.whole and (found.code or (city and found.state)):
        fitting = found.code and (not found.state or fits(found.code, found.state))
        where = [found.code] if fitting else [fold(city), found.state, found.code]
        building = key = KEY + _digest([*street_parts(found.street), "", *where])
        if found.unit:
            key = f"{building}-{_digest([fold(part) for part in found.unit.split()])[:8]}"
    known = {name: value for name, value in properties.items() if value}
    return ReadAddress(MappingProxyType(known), key, building, tuple(found.notes))


def _spelled(words: list[str]) -> list[str]:
    """Return the words of a city with its first word in full: `ST LOUIS` and `SAINT LOUIS` are one."""
    full = CITY_ABBREVIATIONS.get(words[0]) if len(words) > 1 and words[0] != "VA" else None
    return [full, *words[1:]] if full else words


def _digest(parts: list[str]) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _written(text: str) -> str:
    """Return a text as it was written, but for signs that control a device."""
    return "".join(c for c in text if c.isprintable() or c.isspace()).strip()
