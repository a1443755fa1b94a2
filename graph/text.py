"""Text as it is stored, searched for parts and ordered, however it was typed or composed.

`clean` gives the form that is stored and compared. `fold` gives only the letters and digits, in which parts of texts
are searched. `twin` gives what a folded property keeps beside its text: ordering by twins gives the alphabetical order
that people expect.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, *range(0xFE00, 0xFE10), 0xFFA0))
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))
"""Invisible characters in addition to those of the category Cf: joiners, fillers and variation selectors."""
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "\u0131": "i",
        "ĸ": "q",
        **dict.fromkeys(map(chr, (*range(0x2B9, 0x2C2), 0x2C8, 0x2EE, 0xA78B, 0xA78C)), ""),
    }
)
"""Letters without an accent to remove, as the full-text index folds them, and characters used as apostrophes."""
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]+")
BETWEEN = "\t"
"""Comes before every letter, so that twins compare by their first half, and by the text if the first half is equal."""


def clean(text: str) -> str:
    """Return the text in Unicode's composed form (NFC), without invisible characters and with only plain spaces."""
    if text.isascii():
        return text
    shown = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text if not _invisible(c))
    return unicodedata.normalize("NFC", shown)


def fold(text: str) -> str:
    """Return the letters and digits of the text without case and accents: `de la Cruz-Núñez` is `delacruznunez`."""
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else _NEITHER_LETTER_NOR_DIGIT.sub("", lower)
    decomposed = unicodedata.normalize("NFKD", text)
    lower = unicodedata.normalize("NFKD", decomposed.casefold()).translate(_LETTERS)
    return unicodedata.normalize("NFKC", "".join(filter(_kept, lower)))


def twin(text: str) -> str:
    """Return a text that sorts as people expect: the folded text, and then the text itself."""
    return f"{fold(text)}{BETWEEN}{clean(text)}"


def _invisible(character: str) -> bool:
    return character in _INVISIBLE or unicodedata.category(character) == "Cf"


def _kept(character: str) -> bool:
    if _invisible(character) or unicodedata.combining(character):
        return False
    return unicodedata.category(character)[0] in "LNM"
