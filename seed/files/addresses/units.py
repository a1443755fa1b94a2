"""Units of a building, by the secondary designators of USPS Publication 28 (section 213, appendix C2).

`Apt 4`, `# 4`, `Ste 4`, `Lot 4` and `4` are one unit, because people write one for the other: they become `Unit 4`.
What tells of another part of the building keeps its designator: `Bldg 3`, `Fl 2`, `Rm 7`, `Bsmt`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scourgify.address_constants import OCCUPANCY_TYPE_ABBREVIATIONS

from seed.files.values import capitalised

_SPELLED = {
    **OCCUPANCY_TYPE_ABBREVIATIONS,
    **{short: short for short in OCCUPANCY_TYPE_ABBREVIATIONS.values()},
    **dict.fromkeys(("UPPER", "UPR", "UPSTAIRS"), "UPPR"),
    **dict.fromkeys(("BACK", "ATRAS"), "REAR"),
    **dict.fromkeys(("HOUSE", "CASA"), "HOUSE"),
    **dict.fromkeys(
        (
            "APTO",
            "APTS",
            "APARTMENTS",
            "APTMT",
            "APMT",
            "APPT",
            "APART",
            "APARTAMENTO",
            "DEPARTAMENTO",
            "DEPTO",
            "DPTO",
        ),
        "APT",
    ),
    **dict.fromkeys(("UNIDAD", "UNT", "INTERIOR"), "UNIT"),
    **dict.fromkeys(("EDIFICIO", "EDIF", "BLD", "BUILD"), "BLDG"),
    **dict.fromkeys(("CUARTO", "HABITACION"), "RM"),
    **dict.fromkeys(("PISO", "FLR", "NIVEL"), "FL"),
    **dict.fromkeys(("SOTANO", "BASMT"), "BSMT"),
    **dict.fromkeys(("NO", "NUM", "NUMERO"), "#"),
    "DOWNSTAIRS": "LOWR",
    "ATTIC": "ATTIC",
    "GARAGE": "GARAGE",
    "HANGAR": "HNGR",
    "LOTE": "LOT",
    "SP": "SPC",
    "SUIT": "STE",
    "TRAILA": "TRLR",
    "PMB": "PMB",
}
ALIKE = frozenset(("APT", "UNIT", "STE", "LOT", "SPC", "TRLR", "#"))
"""Designators that people write for each other."""
ALONE = frozenset(("ATTIC", "BSMT", "FRNT", "GARAGE", "LBBY", "LOWR", "OFC", "PH", "REAR", "SIDE", "UPPR"))
"""Designators that need no number."""
IN_A_HOUSE = frozenset(designator.capitalize() for designator in ALONE - {"PH"})
"""Units that do not show that the building has other units: a house can have a basement."""
MAILBOX = "PMB"
_LETTERED = ALIKE - {"#"} | {"BLDG", "RM", MAILBOX}
"""Designators after which a letter is a number."""
_WHOLES = ("APT", "APARTMENT", "BUILDING", "HOUSE", "LEVEL", "UNIT")
"""Words after a part of a building that say nothing more: `rear house`."""
_SIGNS = ("#", "NO", "NUM", "NUMBER", "NUMERO")
_NUMBERED = re.compile(r"#?[A-Z]{0,2}-?\d{1,5}(?:-?[A-Z]{1,2})?(?:-\w{1,4})?|\d+/\d+")
_LETTER = re.compile(r"([A-Z])\1?")
_GLUED = re.compile(r"(APT|APTO|UNIT|STE|SUITE|LOT|BLDG|TRLR|SPC|RM|PMB|FL)[#-]?(\d{1,5}(?:-?[A-Z]{1,2})?)")
_FLOORS = {word: number for number, word in enumerate(("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"), 1)}
_ORDINAL = re.compile(r"(\d{1,3})(?:ST|ND|RD|TH|ER|DO|O)")


def take_units(words: Sequence[str], *, first: int = 0) -> tuple[list[str], list[str]]:
    """Take the units out of the words of a line, all in capitals; return the other words, and the units in order.

    A unit begins at the word `first` or later: nothing before it is looked at.
    """
    left, units = list(words[:first]), []
    place = first
    while place < len(words):
        unit, taken = _unit_at(words, place)
        if unit:
            units.append(unit)
        else:
            left.append(words[place])
        place += taken
    return left, units


def column_units(text: str) -> list[str]:
    """Return the units in a column of its own, in capitals, where a number or a name needs no designator."""
    words = text.split()
    if len(words) == 1 and (unit := identifier(words[0])):
        return [unit]
    left, units = take_units(words)
    return units or [" ".join(left)]


def _unit_at(words: Sequence[str], place: int) -> tuple[str, int]:
    """Return the unit that begins at a word, or nothing, and how many words it has."""
    word, after = words[place], [*words[place + 1 :], "", ""]
    if glued := _GLUED.fullmatch(word):
        return _told(_SPELLED[glued[1]], glued[2]), 1
    if word.startswith("#") and _NUMBERED.fullmatch(word):
        return _told("#", word), 1
    number = _FLOORS.get(word) or ((found := _ORDINAL.fullmatch(word)) and int(found[1]))
    if number and _SPELLED.get(after[0]) == "FL":
        return f"FL {number}", 2
    designator = _SPELLED.get(word, "")
    if not designator:
        return "", 1
    if designator not in ALONE or designator in ("OFC", "PH"):
        skipped = 1 if after[0] in _SIGNS and _NUMBERED.fullmatch(after[1]) else 0
        name = after[skipped]
        if name.isdecimal() and len(after) == skipped + 4 and _LETTER.fullmatch(after[skipped + 1]):
            return _told(designator, name + after[skipped + 1]), skipped + 3
        if _NUMBERED.fullmatch(name) or (designator in _LETTERED and _LETTER.fullmatch(name)):
            return _told(designator, name), skipped + 2
    if designator not in ALONE:
        return "", 1
    taken = 2 if after[0] in _WHOLES and place + 2 == len(words) else 1
    last = place + taken == len(words) or bool(_unit_at(words, place + 1)[0])
    return (designator, taken) if last else ("", 1)


def identifier(word: str) -> str:
    """Return the unit that a word names without a designator, such as `4B`, or nothing."""
    return _told("#", word) if _NUMBERED.fullmatch(word) or _LETTER.fullmatch(word) else ""


def unit_name(units: Sequence[str]) -> str | None:
    """Return the units as they are kept, each once: `Bldg 3 Unit 4B`; nothing when there are none."""
    ordered = sorted(dict.fromkeys(units), key=lambda unit: (not unit.startswith("BLDG"), not unit.startswith("FL")))
    return " ".join(_shown(unit) for unit in ordered) or None


def _told(designator: str, number: str) -> str:
    bare = number.replace("#", "").replace("-", "") if re.fullmatch(r"#?[A-Z]?-?\d+-?[A-Z]?", number) else number
    return f"{'UNIT' if designator in ALIKE else designator} {bare.lstrip('#').lstrip('0') or '0'}"


def _shown(unit: str) -> str:
    designator, _, number = unit.partition(" ")
    if designator not in _SPELLED.values():
        return capitalised(unit)
    return f"{designator if designator == MAILBOX else designator.capitalize()} {number}".strip()
