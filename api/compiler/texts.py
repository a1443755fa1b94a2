"""Text in filters: searches for part of a text, and ranges, by the letters and in the order that people expect.

Both read a folded property's twin. If another program wrote no twin, they read the text instead. A search for part of a
text then finds the same; a range compares character codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from api.compiler.alike import value_of
from api.compiler.parameters import Converted, ValueSource
from graph.cypher import Case, Literal, Printable, PropertyOf, all_of, any_of, call, infix, is_not_null
from graph.text import BETWEEN, clean, fold, twin

PARTS = frozenset({"contains", "startsWith"})
LETTERS = 3
"""How many consecutive letters an index of parts holds together."""
_GAP = r"[^\p{L}\p{N}]*"
"""What may come between two consecutive letters of a text."""

Make = Callable[[object], str]


def by_part(operator: str, slot: ValueSource, value: PropertyOf, kept: PropertyOf | None) -> Printable:
    """Return the search for part of a text, whose twin is `kept` if it has one."""
    pattern = infix("=~", call("normalize", value, _Word("NFKD")), value_of(Converted(slot, _PATTERNS[operator])))
    if kept is None:
        return pattern
    return Case(is_not_null(kept), in_twin(operator, slot, kept), pattern)


def in_twin(operator: str, slot: ValueSource, kept: PropertyOf) -> Printable:
    """Return the search for part of a text that has a twin; an index of parts serves it."""
    if operator == "contains":
        return infix("CONTAINS", kept, value_of(Converted(slot, _letters_or_signs)))
    begins, signs = value_of(Converted(slot, _letters)), value_of(Converted(slot, _signs_first))
    # Without the comparison with nothing, the index could be asked for all texts that contain nothing: every text.
    without_letters = any_of([infix("=", signs, Literal("")), infix("CONTAINS", kept, signs)])
    return all_of([infix("STARTS WITH", kept, begins), without_letters])


def long_enough(slot: ValueSource) -> Printable:
    """Return the condition that a part of a text has enough letters for an index of parts."""
    return infix("<=", Literal(LETTERS), value_of(Converted(slot, lambda text: len(fold(str(text))))))


def in_range(comparison: str, slot: ValueSource, value: PropertyOf, kept: PropertyOf) -> Printable:
    """Return the comparison of a folded text with another, by their twins."""
    further = infix(comparison, kept, value_of(Converted(slot, lambda text: twin(str(text)))))
    return Case(is_not_null(kept), further, infix(comparison, value, value_of(slot)))


def _letters(text: object) -> str:
    return fold(str(text))


def _letters_or_signs(text: object) -> str:
    return fold(str(text)) or clean(str(text))


def _signs_first(text: object) -> str:
    """Return how a text without letters begins the second half of a twin; nothing for a text with letters."""
    return "" if fold(str(text)) else BETWEEN + clean(str(text))


def _pattern(before: str, gap: str) -> Make:
    """Return the maker of a pattern that finds a text's letters in another, or its signs if it has no letters."""

    def make(text: object) -> str:
        if letters := unicodedata.normalize("NFKD", fold(str(text))):
            return rf"(?isu){before}{gap}{_GAP.join(map(re.escape, letters))}.*"
        return rf"(?isu){before}{re.escape(unicodedata.normalize('NFKD', clean(str(text))))}.*"

    return make


_PATTERNS: Mapping[str, Make] = {"contains": _pattern(".*", ""), "startsWith": _pattern("", _GAP)}


class _Word:
    """A keyword where Cypher expects one."""

    def __init__(self, word: str) -> None:
        self._word = word

    def print(self, out: object) -> str:
        return self._word
