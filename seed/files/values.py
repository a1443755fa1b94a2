"""Values of files: text as people typed it and as their tools wrote it, converted to values.

Each reader returns `(value, note)`. The value is `None` when it is unknown. The note says what is wrong with the text,
and is empty when nothing is. A blank is unknown, without a note.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.text import clean as composed

_CACHED = 32_768
_BLANKS = frozenset(
    ("", "-", "--", "---", ".", "?", "n/a", "#n/a", "na", "nan", "nat", "null", "none", "unk", "unknown", "(blank)")
)
_WRAPPED = re.compile(r"""=? ?["\u201c\u201d](.*)["\u201c\u201d]|['\u2018\u2019](.*?)['\u2018\u2019]?|=([\d.]+)""")
_MOST_WRAPPED = 3
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_ZIP = re.compile(r"(\d{3,5})(?:\.0*| ?- ?(?:\d{4})?| \d{4})?|(\d{7,9})(?:\.0*)?", re.ASCII)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)
_SMALL_WORDS = frozenset(("and", "of", "the", "da", "de", "do", "del", "la", "le", "et", "y"))
_ABBREVIATIONS = frozenset(("DR", "DRC", "PRC", "UAE", "UK", "US", "USA", "USSR"))
_ELIDED = re.compile(r"([dl]['\u2019])(.+)")
_COUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3})+)(?:\.0*)?", re.ASCII)
_MONEY = re.compile(r"\$? ?(\d{1,12}|\d{1,3}(?:,\d{3})+)(\.\d{0,4})?", re.ASCII)
LONGEST_NAME = 200
_LOWEST_ZIP, _HIGHEST_ZIP = "00501", "99950"


def clean(text: str) -> str:
    """Return the text composed (NFC), without control and format characters, with spaces trimmed and collapsed."""
    text = composed(text)
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return the cleaned text without what spreadsheets put around a text: `="02134"`, `'02134`, quotation marks."""
    text = clean(text)
    for _ in range(_MOST_WRAPPED):
        match = _WRAPPED.fullmatch(text)
        if match is None:
            break
        text = next(inner for inner in match.groups() if inner is not None).strip()
    return text


def narrow(text: str) -> str:
    """Return the bare text of a number, a date or a code, with full-width signs as plain ones and every dash as `-`."""
    if text.isascii():
        return bare(text)
    return bare(unicodedata.normalize("NFKC", bare(text)).translate(_DASHES))


def is_blank(text: str) -> bool:
    """Tell whether cleaned text says that nothing is known."""
    return text.casefold() in _BLANKS


@lru_cache(maxsize=_CACHED)
def read_zip(text: str) -> tuple[str | None, str]:
    """Read a ZIP code's five digits: restore lost leading zeros, and leave out the four extra digits of ZIP+4."""
    text = narrow(text)
    if is_blank(text):
        return None, ""
    match = _ZIP.fullmatch(text)
    if match is None:
        return None, "is not a ZIP code"
    code = match[1].zfill(5) if match[1] else match[2].zfill(9)[:5]
    if not _LOWEST_ZIP <= code <= _HIGHEST_ZIP:
        return None, "is not a ZIP code in use"
    return code, ""


def read_state(text: str) -> tuple[str | None, str]:
    """Read the two letters of a state, in any case."""
    text = narrow(text).upper()
    if is_blank(text):
        return None, ""
    return (text, "") if _STATE.fullmatch(text) else (None, "is not a two-letter state")


def read_count(text: str) -> tuple[int | None, str]:
    """Read a whole number that is not negative, with or without thousands separators."""
    text = narrow(text)
    if is_blank(text):
        return None, ""
    match = _COUNT.fullmatch(text)
    return (None, "is not a whole number") if match is None else (int(match[1].replace(",", "")), "")


def read_money(text: str) -> tuple[float | None, str]:
    """Read an amount of dollars that is not negative."""
    text = narrow(text)
    if is_blank(text):
        return None, ""
    match = _MONEY.fullmatch(text)
    return (None, "is not an amount") if match is None else (float(match[1].replace(",", "") + (match[2] or "")), "")


def read_name(text: str) -> tuple[str | None, str]:
    """Read a name or a line of an address; one that is all in capitals gets the usual capitals."""
    text = bare(text)
    if is_blank(text):
        return None, ""
    if len(text) > LONGEST_NAME:
        return None, f"is longer than {LONGEST_NAME} characters"
    if not any(c.isalnum() for c in text):
        return None, "has no letters and no digits"
    return capitalised(text) if text.isupper() or text.islower() else text, ""


def capitalised(text: str) -> str:
    """Return a text with the usual capitals of names and places."""
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
