"""Values of the HHS releases: text as people typed it, read into the model's values.

Each function returns `(value, note)`. The value is `None` when it is unknown; the note says in words what is wrong
with the text and is empty when nothing is: a blank is unknown without a note.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from seed.hhs_releases.relationships import RELATIONSHIPS

LONGEST_VALUE = 100
EARLIEST = date(1990, 1, 1)

_CACHED = 32_768
_BLANKS = frozenset(
    ("", "-", "--", "---", ".", "?", "n/a", "#n/a", "na", "nan", "nat", "null", "none", "unk", "unknown", "(blank)")
)
_ID = re.compile(r"(\d{1,18})(?:\.0*)?", re.ASCII)
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?)?"
_MONTH_DAY_YEAR = re.compile(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}Z?", re.ASCII)
_PIVOT = 69
_ZIP = re.compile(r"'?(\d{3,5})(?:\.0*|[ -]\d{4})?|(\d{7,9})(?:\.0*)?", re.ASCII)
_LOWEST_ZIP, _HIGHEST_ZIP = "00501", "99950"
_CATEGORY = re.compile(r"(?:cat(?:egory)?\.? ?)?(1|2a|2b|2|3)(?:\.0*)?")
_SEXES = {"f": "FEMALE", "female": "FEMALE", "m": "MALE", "male": "MALE"}
_SMALL_WORDS = frozenset(("and", "of", "the", "da", "de", "do", "del", "la", "le", "et", "y"))
_ABBREVIATIONS = frozenset(("DR", "DRC", "PRC", "UAE", "UK", "US", "USA", "USSR"))
_ELIDED = re.compile(r"([dl]['\u2019])(.+)")
_QUALIFIER = re.compile(r"\(?(?:non|not)?[- ]*(?:the )?primary care ?giver\)?")
_KIND = re.compile(r"^(?:maternal|paternal|biological|adoptive|adult)+")


def clean(text: str) -> str:
    """Return the text without control and format characters, its spaces trimmed and made single."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Tell whether cleaned text says that nothing is known."""
    return text.casefold() in _BLANKS


@lru_cache(maxsize=_CACHED)
def read_date(text: str, today: date) -> tuple[date | None, str]:
    """Read month/day/year or an ISO date, with or without a time of day.

    Two-digit years from 69 on are of the 1900s, others of the 2000s, as POSIX reads them. A day after `today` or
    before 1990 cannot be a fact of these records: it is unknown, with a note.
    """
    text = clean(text)
    if is_blank(text):
        return None, ""
    if match := _MONTH_DAY_YEAR.fullmatch(text):
        month, day, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 1900 if year >= _PIVOT else 2000
    elif match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        return None, "is not a date; month/day/year is expected"
    try:
        value = date(year, month, day)
    except ValueError:
        return None, "is not a day of the calendar"
    if value > today:
        return None, "lies in the future"
    if value < EARLIEST:
        return None, f"lies before {EARLIEST.year}"
    return value, ""


@lru_cache(maxsize=_CACHED)
def read_zip(text: str) -> tuple[str | None, str]:
    """Read a ZIP code into its five digits: lost leading zeros are put back, the four digits of ZIP+4 left out."""
    text = clean(text)
    if is_blank(text):
        return None, ""
    match = _ZIP.fullmatch(text)
    if match is None:
        return None, "is not a ZIP code"
    code = match[1].zfill(5) if match[1] else match[2].zfill(9)[:5]
    if not _LOWEST_ZIP <= code <= _HIGHEST_ZIP:
        return None, "is not a ZIP code in use"
    return code, ""


@lru_cache(maxsize=_CACHED)
def read_category(text: str) -> tuple[str | None, str]:
    """Read a sponsor category; a plain 2 stays 2, as 2A or 2B was not recorded."""
    text = clean(text).casefold()
    if is_blank(text):
        return None, ""
    match = _CATEGORY.fullmatch(text)
    if match is None:
        return None, "is not a sponsor category; 1, 2, 2A, 2B or 3 is expected"
    return match[1].upper(), ""


@lru_cache(maxsize=_CACHED)
def read_relationship(text: str) -> tuple[str | None, str]:
    """Read a relationship, without regard to case, spaces, hyphens and who cared for the child before.

    Alternatives such as `Aunt/Uncle` are read when they agree.
    """
    text = clean(text).casefold()
    if is_blank(text):
        return None, ""
    parts = re.split(r"/|&|\bor\b|\band\b", _QUALIFIER.sub("", text))
    values = {RELATIONSHIPS.get(_KIND.sub("", re.sub(r"[\W_]", "", part))) for part in parts}
    value = values.pop()
    if values or value is None:
        return None, "is not a relationship that is known here"
    return value, ""


@lru_cache(maxsize=_CACHED)
def read_country(text: str) -> tuple[str | None, str]:
    """Read a country's name as written; one in capitals alone gets the usual ones."""
    text = clean(text)
    if is_blank(text):
        return None, ""
    if len(text) > LONGEST_VALUE:
        return None, f"is longer than {LONGEST_VALUE} characters"
    if "\ufffd" in text or not any(c.isalpha() for c in text) or any(c.isdigit() for c in text):
        return None, "is not the name of a country"
    return _capitalised(text) if text.isupper() or text.islower() else text, ""


@lru_cache(maxsize=_CACHED)
def read_sex(text: str) -> tuple[str | None, str]:
    """Read F, M, Female or Male in any case."""
    text = clean(text).casefold()
    if is_blank(text) or text == "u":
        return None, ""
    value = _SEXES.get(text)
    return value, "" if value else "is not a sex; F or M is expected"


def read_id(text: str) -> tuple[str | None, str]:
    """Read the record number: its digits without leading zeros."""
    match = _ID.fullmatch(text.strip()) or _ID.fullmatch(clean(text))
    if match is None:
        return None, "is not a record number" if clean(text) else "is blank; a row without its number cannot be kept"
    return str(int(match[1])), ""


def _capitalised(text: str) -> str:
    words = re.split(r"([ \-(,/]+)", text)
    return "".join(_capitalised_word(word, first=position == 0) for position, word in enumerate(words))


def _capitalised_word(word: str, *, first: bool) -> str:
    lower = word.lower()
    if word.upper().replace(".", "") in _ABBREVIATIONS:
        return word.upper()
    if lower in _SMALL_WORDS and not first:
        return lower
    if elided := _ELIDED.fullmatch(lower):
        return f"{elided[1]}{elided[2].capitalize()}"
    return lower.capitalize()
