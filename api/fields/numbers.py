"""Numbers as people paste them from letters, forms and spreadsheets: A-numbers and telephone numbers."""

from __future__ import annotations

import re
import unicodedata

from graph.text import clean

A_NUMBER_DIGITS = 9
_ENCLOSING = str.maketrans("", "", "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u2032=()[]{}<>*")
_PREFIX = r"(?:(?:USCIS|alien|A)[\s#.:-]*(?:(?:number|num|no|nr)\b[\s#.:-]*)?|#\s*)"
_A_NUMBER = re.compile(
    rf"(?P<prefix>{_PREFIX})?(?P<digits>\d(?:[\s-]*\d){{6,8}})(?:\.0*)?[\s.,;:-]*", re.ASCII | re.IGNORECASE
)
_SHORT = re.compile(r"\d{7,8}|\d{1,2}([\s-])\d{3}\1\d{3}", re.ASCII)
_EXTENSION = re.compile(r"(?<=\d)[\s,;)]*(?:extension|ext|x|#)[\s.:]*\d{1,6}\b", re.ASCII | re.IGNORECASE)
_DECIMALS = re.compile(r"(?<=\d)\.0+(?![\d.])", re.ASCII)
_RUN = re.compile(r"\d(?:[\s().-]*\d)*", re.ASCII)


def plain(text: str) -> str:
    """Return the text with plain digits, letters, spaces and hyphens in place of their other forms."""
    composed = unicodedata.normalize("NFKC", clean(text))
    return "".join("-" if c == "\u2212" or unicodedata.category(c) == "Pd" else c for c in composed).strip()


def a_number(text: str) -> str | None:
    """Return the nine digits of an A-number however it is written (`A012-345-678`); `None` for anything else.

    Up to two leading zeros that a spreadsheet removed are restored. Then the digits must be together, in groups of
    three, or after an A, because a date has eight digits too.
    """
    found = _A_NUMBER.fullmatch(plain(text).translate(_ENCLOSING).strip())
    if found is None:
        return None
    digits = re.sub(r"\D", "", found["digits"])
    if len(digits) < A_NUMBER_DIGITS and not found["prefix"] and not _SHORT.fullmatch(found["digits"]):
        return None
    return digits.zfill(A_NUMBER_DIGITS)


def numbers(text: str) -> list[str]:
    """Return the numbers in a text as plain digits, whatever separates the digits; extensions and `.0` are left out."""
    bare = _DECIMALS.sub("", _EXTENSION.sub("", plain(text)))
    return [re.sub(r"\D", "", run) for run in _RUN.findall(bare)]
