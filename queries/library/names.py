"""Names: what a name may look like, which names are taken, and what a misspelled one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches

from graph.model import Model

NAME = re.compile(r"[a-z][A-Za-z0-9]*", re.ASCII)
"""A name of a question, a parameter or a column: in camelCase, like GraphQL fields."""

RESERVED_ARGUMENTS = frozenset({"first", "after", "last", "before", "filter", "orderBy"})
"""Arguments of every connection, whose names no parameter may have."""


WEIGHTS = "weights"
"""The table in the thresholds file that says how much each severity counts; the others are named after questions."""
_ROW = "Row"


_CLOSE = 0.7
_MOST_NEAR = 3
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def did_you_mean(name: str, known: Iterable[str], *, always: bool = False) -> str:
    """Return ` (did you mean x?)` for the closest known name, or for up to three names with a similar word.

    A name may be in another case, be misspelled, or be a part of the right one. Returns an empty text if no name is
    similar, unless `always`: then it gives the most similar ones.
    """
    by_lower = {_plain(candidate): candidate for candidate in known}
    close = get_close_matches(_plain(name), by_lower, n=1, cutoff=_CLOSE)
    if close:
        return f" (did you mean {by_lower[close[0]]}?)"
    nearness = {candidate: _nearness(name, candidate) for candidate in by_lower.values()}
    near = [one for one in sorted(nearness, key=lambda one: -nearness[one]) if always or nearness[one] >= _CLOSE]
    *others, last = near[:_MOST_NEAR] or [""]
    return f" (did you mean {' or '.join([', '.join(others), last] if others else [last])}?)" if last else ""


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _nearness(name: str, known: str) -> float:
    """Return how similar a name is to a known one, from 0 to 1: by its words, or 1 if it is a part of it."""
    asked, words = [word.lower() for word in _WORD.findall(name)], [word.lower() for word in _WORD.findall(known)]
    if not asked or not words:
        return 0.0
    if len(_plain(name)) >= _MOST_NEAR and _plain(name) in _plain(known):
        return 1.0
    return sum(max(SequenceMatcher(None, word, one).ratio() for one in words) for word in asked) / len(asked)


def taken_names(model: Model, reserved: Collection[str] = ()) -> frozenset[str]:
    """Return the names that no question may have: those of the model's fields and types, and the reserved ones."""
    fields = {name for node in model.nodes for name in (node.field, node.fields)}
    links = {
        f"{node.field}{link.name[0].upper()}{link.name[1:]}"
        for node in model.nodes
        for link in model.links(node.label).values()
    }
    rows = {pointer.row.removesuffix(_ROW) for pointer in model.pointers if pointer.row}
    return frozenset({WEIGHTS, *reserved, *fields, *links, *(f"{row[0].lower()}{row[1:]}" for row in rows)})
