"""Answers about sponsors and the children released to them, at the reference date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

from graph.text import fold
from seed.synthetic.block import Block, Sponsor
from seed.synthetic.days import text
from seed.synthetic.placements import UNRELATED

_CLOSE = 60
"""Days within which releases are close together (default)."""


def answer_about_sponsors(block: Block) -> None:
    """Write down the sponsors of several children, and those who sponsor under several records."""
    siblings: dict[str, set[str]] = defaultdict(set)
    for one, other in block.siblings:
        siblings[one.key].add(other.key)
        siblings[other.key].add(one.key)
    for sponsor in block.sponsors:
        if len(sponsor.children) > 1:
            _answer_about_children(block, sponsor, siblings)
    _answer_about_records(block)


def _answer_about_children(block: Block, sponsor: Sponsor, siblings: dict[str, set[str]]) -> None:
    row = (len(sponsor.children), len(sponsor.unrelated), _groups(sponsor.children, siblings))
    block.truth.answer("sponsorsWithMultipleChildren", sponsor.key, *row)
    first, released = fullest(((p.released, p) for p in sponsor.placements), _CLOSE, lambda p: p.child)
    children = {p.child for p in released}
    if len(children) > 1:
        unrelated = {p.child for p in released if p.relationship in UNRELATED}
        row = (len(children), len(unrelated), _groups(children, siblings))
        days = (text(first), text(max(p.released for p in released)))
        block.truth.answer("sponsorsWithReleasesCloseTogether", sponsor.key, *row, *days)


def _groups(children: Collection[str], siblings: dict[str, set[str]]) -> int:
    """Return how many families the children belong to, judging by their siblings, wherever those are."""
    left, groups = set(children), 0
    while left:
        groups += 1
        family: set[str] = set()
        found = {left.pop()}
        while found:
            family |= found
            found = {sibling for child in found for sibling in siblings[child]} - family
        left -= family
    return groups


def fullest(dated: Iterable[tuple[int, Any]], days: int, of: Any) -> tuple[int, list[Any]]:
    """Return the first day and the things in the earliest window with the most different ones."""
    known = list(dated)
    windows = [(first, [thing for day, thing in known if first <= day <= first + days]) for first, _ in known]
    return min(windows, key=lambda window: (-len({of(thing) for thing in window[1]}), window[0]))


def _answer_about_records(block: Block) -> None:
    """Record the pairs that were made to have something in common, by what was decided about both."""
    known = {sponsor.key: sponsor for sponsor in block.sponsors}
    presenters: dict[str, set[str]] = defaultdict(set)
    for sponsor in block.sponsors:
        for document in sponsor.documents:
            presenters[document.number or document.key].add(sponsor.key)
    called = {pair for callers in block.callers.values() for pair in combinations(sorted(callers), 2)}
    presented = {pair for keys in presenters.values() for pair in combinations(sorted(keys), 2)}
    made = {(one, other) if one < other else (other, one) for one, other, _ in block.second_records}
    for one, other in sorted(made | called | presented):
        pair = known[one], known[other]
        if pair[0].person.birth == pair[1].person.birth and all(sponsor.children for sponsor in pair):
            names = [(fold(sponsor.person.first), fold(sponsor.person.last)) for sponsor in pair]
            shared = (names[0] == names[1], (one, other) in called, (one, other) in presented)
            if any(shared):
                children = pair[0].children | pair[1].children
                block.truth.answer("sponsorsUnderSeveralRecords", one, other, *shared, len(children))
