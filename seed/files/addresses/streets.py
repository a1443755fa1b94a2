"""Street lines in their normal form, by USPS Publication 28 (sections 23 and 28, appendixes B, C1 and F).

`123 North Main Street` and `123 n. main st` are both `123 N Main St`. The words come in capitals, without dots.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scourgify.address_constants import DIRECTIONAL_REPLACEMENTS, STREET_TYPE_ABBREVIATIONS

from graph.text import fold
from seed.files.addresses.units import identifier
from seed.files.values import capitalised

SUFFIXES = {word: short for word, short in STREET_TYPE_ABBREVIATIONS.items() if " " not in word} | {"RTE": "RTE"}
_DIRECTIONS = {
    **DIRECTIONAL_REPLACEMENTS,
    **{short: short for short in DIRECTIONAL_REPLACEMENTS.values()},
    **{f"{long[:5]}-{long[5:]}": short for long, short in DIRECTIONAL_REPLACEMENTS.items() if len(short) == 2},
}
_NUMBER = re.compile(
    r"\d{1,6}[A-Z]?(?:-\d{1,5}[A-Z]?)?|\d{1,6}-[A-Z]|[NSEW]\d{1,5}(?:[NSEW]\d{1,5})?|[A-Z]{1,2}-?\d{1,5}"
)
_FRACTION = re.compile(r"\d/\d")
_GRID = re.compile(r"[NSEW]\d{1,5}")
_WITH_LETTER = re.compile(r"(\d+)-([A-Z])")
_BEFORE_NAME = frozenset(("AVE", "ST", "RD", "CT", "BLVD", "HWY", "RTE", "LOOP", "CALLE", "AVENIDA", "SPUR"))
"""Types of streets that stand before a letter or number: `Avenue N` has no direction."""
_AVENUES = frozenset(("AVE", "AVENIDA", "CALLE"))
_NUMBERED_ROADS = frozenset(("HWY", "RTE", "RD", "LOOP", "SPUR", "TRL"))
_EXPANDED = {
    "AV": "AVENUE",
    "AVE": "AVENUE",
    "BLVD": "BOULEVARD",
    "CTR": "CENTER",
    "FT": "FORT",
    "HTS": "HEIGHTS",
    "HWY": "HIGHWAY",
    "LK": "LAKE",
    "LN": "LANE",
    "MT": "MOUNT",
    "PKWY": "PARKWAY",
    "RD": "ROAD",
    "SQ": "SQUARE",
    "ST": "SAINT",
    "VLY": "VALLEY",
    "AVDA": "AVENIDA",
}
"""Short forms within a name: only the last type of a street is written short (Publication 28, section 234)."""
_ONES = re.findall(
    r"\w+",
    "FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH FOURTEENTH FIFTEENTH "
    "SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH",
)
_TENS = re.findall(r"\w+", "TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY")
_ORDINALS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{f"{word[:-1]}IETH": number for number, word in zip(range(20, 100, 10), _TENS, strict=True)},
    **{
        f"{tens}-{ones}": number + one
        for number, tens in zip(range(20, 100, 10), _TENS, strict=True)
        for one, ones in enumerate(_ONES[:9], 1)
    },
    "HUNDREDTH": 100,
}
_DOCTOR = re.compile(r"\bDR\b")
_ORDINAL = re.compile(r"(\d{1,4})(?:ST|ND|RD|TH|D)")
_ROADS = tuple(
    (re.compile(rf"(?:{spelled})[ -]?#?(\d{{1,5}}[A-Z]?)(?= |$)(?: (?:ROAD|RD)(?= |$))?"), name)
    for spelled, name in (
        ("FARM[ -](?:TO[ -])?MARKET(?: ROAD| RD)?|F ?M(?: ROAD| RD)?", "FM"),
        ("RANCH[ -]TO[ -]MARKET(?: ROAD| RD)?|R ?M(?: ROAD| RD)?", "RM"),
        ("RANCH (?:ROAD|RD)", "Ranch Road"),
        ("(?:U ?S|UNITED STATES)(?: HIGHWAY| HWY| ROUTE| RTE| RT)?", "US Highway"),
        ("INTERSTATE(?: HIGHWAY| HWY)?|I ?H|I", "Interstate"),
        ("(?:STATE|ST) (?:HIGHWAY|HWY)|S ?H", "State Highway"),
        ("(?:STATE|ST) (?:ROUTE|RTE|RT)", "State Route"),
        ("(?:STATE|ST) (?:ROAD|RD)|S ?R", "State Road"),
        ("(?:COUNTY|CNTY|CO|CTY) (?:HIGHWAY|HWY)", "County Highway"),
        ("(?:COUNTY|CNTY|CO|CTY) (?:ROUTE|RTE|RT)", "County Route"),
        ("(?:COUNTY|CNTY|CO|CTY) (?:ROAD|RD)|C ?R", "County Road"),
        ("(?:TOWNSHIP|TWP) (?:ROAD|RD)|TSR", "Township Road"),
        ("PRIVATE (?:ROAD|RD)|P ?R", "Private Road"),
        ("HIGHWAY|HWY", "Highway"),
        ("ROUTE|RTE|RT", "Route"),
        ("CARRETERA|CARR", "Carr"),
        ("LOOP|LP", "Loop"),
    )
)
"""Numbered roads as they are written (appendix F, and Texas's farm-to-market roads), and their normal form."""


def house_number(words: Sequence[str]) -> int:
    """Return how many words at the beginning are the house number: none, one, or two, as in `123 1/2`."""
    if not words or not _NUMBER.fullmatch(words[0]) or not any(c.isdigit() for c in words[0]):
        return 0
    if _ORDINAL.fullmatch(words[0]) or (len(words) > 1 and words[0][0].isalpha() and numbered_road(words)):
        return 0
    first, second = [*words, "", ""][:2]
    more = _FRACTION.fullmatch(second) or (_GRID.fullmatch(first) and _GRID.fullmatch(second))
    return 2 if more and len(words) > 2 else 1


def numbered_road(words: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the numbered road with which words begin, in its normal form, and the words after it."""
    text = " ".join(words)
    for pattern, name in _ROADS:
        if found := pattern.match(text):
            return f"{name} {found[1]}", text[found.end() :].split()
    return None


def normal_street(words: Sequence[str], numbers: int) -> tuple[str, str]:
    """Return a street line in its normal form, and the unit that its last word names, if any.

    `numbers` is how many words the house number has. There is at least one word after it.
    """
    number = "".join(words[:numbers]) if numbers == 2 and _GRID.fullmatch(words[1]) else " ".join(words[:numbers])
    number = _WITH_LETTER.sub(r"\1\2", number)
    rest, unit = _without_unit(list(words[numbers:]))
    return " ".join(part for part in (number, _named(rest)) if part), unit


def street_parts(street: str) -> list[str]:
    """Return the words of a normal street line in the form in which addresses are compared."""
    return [fold(word) for word in street.split()]


def _without_unit(words: list[str]) -> tuple[list[str], str]:
    """Cut a number or letter after the type of the street, as in `40th St East 100`, which is a unit."""
    if len(words) < 3 or words[-1] in _DIRECTIONS or not (unit := identifier(words[-1])):
        return words, ""
    before = words[:-2] if words[-2] in _DIRECTIONS else words[:-1]
    kind = SUFFIXES.get(before[-1]) if before else None
    named = [word for word in before[:-1] if word not in _DIRECTIONS]
    return (words[:-1], unit) if kind and kind not in _NUMBERED_ROADS and named else (words, "")


def _named(words: list[str]) -> str:
    before, rest = _direction_before(words, least=1) if len(words) > 1 and numbered_road(words[1:]) else ("", words)
    if road := numbered_road(rest):
        after = [_DIRECTIONS.get(word) or SUFFIXES.get(word, word).capitalize() for word in road[1]]
        return " ".join(part for part in (before, road[0], *after) if part)
    after_name = suffix = ""
    if len(words) > 1 and words[-1] in _DIRECTIONS:
        after_name, words = _DIRECTIONS[words[-1]], words[:-1]
        if _before_letter(words):
            after_name, words = "", [*words, after_name]
    if len(words) > 1 and words[-1] in SUFFIXES:
        suffix, words = SUFFIXES[words[-1]], words[:-1]
    before, words = _direction_before(words, least=1)
    name = _name(words, numbered=bool(suffix))
    return " ".join(part for part in (before, name, suffix.capitalize(), after_name) if part)


def _before_letter(words: Sequence[str]) -> bool:
    """Tell whether a letter after these words is a street's name, as in `Avenue N` and `W Avenue S`."""
    *before, last = words
    kind = SUFFIXES.get(last, last)
    return (kind in _AVENUES and all(word in _DIRECTIONS for word in before)) or (not before and kind in _BEFORE_NAME)


def _direction_before(words: list[str], *, least: int) -> tuple[str, list[str]]:
    """Return the direction with which words begin, and the others, of which at least so many are left."""
    first, second = ([_DIRECTIONS.get(word, "") for word in words[:2]] + ["", ""])[:2]
    if first in ("N", "S") and second in ("E", "W") and len(words) >= 2 + least:
        return first + second, words[2:]
    return (first, words[1:]) if first and len(words) >= 1 + least else ("", words)


def _name(words: Sequence[str], *, numbered: bool) -> str:
    """Return a street's name; `numbered` says that a type follows, so that a number stands for an ordinal."""
    found: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        pair = f"{word}-{words[place + 1]}" if place + 1 < len(words) else ""
        ordinal = _ORDINALS.get(pair) or _ORDINALS.get(word) or ((one := _ORDINAL.fullmatch(word)) and int(one[1]))
        if not ordinal and numbered and len(words) == 1 and word.isdecimal():
            ordinal = int(word)
        if ordinal:
            found.append(_told(ordinal))
        else:
            found.append(word if word == "ST" and place + 1 == len(words) else _EXPANDED.get(word, word))
        place += 2 if pair in _ORDINALS else 1
    return _DOCTOR.sub("Dr", capitalised(" ".join(found)))


def _told(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
