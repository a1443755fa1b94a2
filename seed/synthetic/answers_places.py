"""Answers about addresses, phones and employers, at the reference date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from seed.synthetic.block import Block, Child, Home, Placement, Sponsor
from seed.synthetic.days import REFERENCE, text
from seed.synthetic.homes import DELIVERABLE
from seed.synthetic.placements import UNRELATED

_MOVING = 365
"""Days within which a sponsor moves (a default)."""
_MOST_SHARING = 40
"""The most reports and releases that an address may have to join anyone (a default)."""
_HUBS = ("SHELTER", "HOTEL", "MAILBOX")


class Time(NamedTuple):
    """A sponsor's time at a home: the first day, and the days on which it may have ended."""

    sponsor: str
    since: int
    ends: tuple[int, ...] = ()

    def covers(self, day: int) -> bool:
        """Tell whether the sponsor was there on a day."""
        return self.since <= day and all(day <= end for end in self.ends)


@dataclass(slots=True)
class Shared:
    """What is known about a home: the sponsors' times, the releases there, and the number of reports and releases."""

    times: list[Time] = field(default_factory=list)
    released: list[Placement] = field(default_factory=list)
    links: int = 0

    def together(self) -> int:
        """Return the largest number of sponsors who were there on the same day."""
        days = {time.since for time in self.times}
        return max((len({t.sponsor for t in self.times if t.covers(day)}) for day in days), default=0)


def answer_about_places(block: Block, children: Sequence[Child]) -> None:
    """Write down what the sponsors of a block share, who moved, and on whose address agencies disagree."""
    ends = _ends(children)
    for sponsor in block.sponsors:
        _answer_about_moves(block, sponsor, ends)
    shared = _shared(block, children, ends)
    for home, found in shared.items():
        count = found.together() if _joins(home, found) else 0
        if count > 1:
            released = {placement.child for placement in found.released}
            unrelated = {p.child for p in found.released if p.relationship in UNRELATED}
            block.truth.answer("addressesSharedBySponsors", home.key, count, len(released), len(unrelated))
            for employer in (employer for employer, at in block.workplaces if at is home):
                block.truth.answer("employersAtSponsorAddresses", employer, home.key, count, len(released))
    released_to = {sponsor.key: sponsor.children for sponsor in block.sponsors}
    for phone, callers in block.callers.items():
        placed = set().union(*(released_to[sponsor] for sponsor in callers))
        block.truth.answer("phonesSharedBySponsors", phone, len(callers), len(placed))
    for child in children:
        _answer_about_reports(block, child)


def _ends(children: Sequence[Child]) -> dict[str, tuple[int, ...]]:
    """Return the days on which each placement may have ended: its last day, and that of the child's later releases."""
    return {
        placement.key: (
            *(() if placement.ended is None else (placement.ended,)),
            *(later.released for later in child.placements if later.released > placement.released),
        )
        for child in children
        for placement in child.placements
    }


def _shared(block: Block, children: Sequence[Child], ends: dict[str, tuple[int, ...]]) -> dict[Home, Shared]:
    found: defaultdict[Home, Shared] = defaultdict(Shared)
    for child in children:
        for report in child.reports:
            found[report.home].links += 1
    for sponsor in block.sponsors:
        for report in sponsor.reports:
            found[report.home].links += 1
            if report.until is None or report.until >= REFERENCE:
                found[report.home].times.append(Time(sponsor.key, report.since))
        for placement in sponsor.placements:
            left = (r.until for r in sponsor.reports if r.home is placement.home and r.until is not None)
            own = (*ends[placement.key], *(day for day in left if day >= placement.released))
            at = found[placement.home]
            at.links += 1
            at.released.append(placement)
            at.times.append(Time(sponsor.key, placement.released, own))
    return found


def _joins(home: Home, found: Shared) -> bool:
    return home.deliverability == DELIVERABLE and home.kind not in _HUBS and found.links <= _MOST_SHARING


def _answer_about_moves(block: Block, sponsor: Sponsor, ends: dict[str, tuple[int, ...]]) -> None:
    if len(sponsor.children) < 2:
        return
    stays = [Time(p.key, p.released, ends[p.key]) for p in sponsor.placements]
    known = [(p.released, p.home) for p in sponsor.placements]
    known += [(r.since, r.home) for r in sponsor.reports if any(stay.covers(r.since) for stay in stays)]
    known = [(day, home) for day, home in known if home.deliverability == DELIVERABLE]
    if not known:
        return
    windows = [(first, [one for one in known if first <= one[0] <= first + _MOVING]) for first, _ in known]
    count, first, window = min(((-_homes(w), first, w) for first, w in windows), key=lambda found: found[:2])
    if count < -1:
        row = (-count, len(sponsor.children), text(first), text(max(day for day, _ in window)))
        block.truth.answer("sponsorsMovingWithSeveralChildren", sponsor.key, *row)


def _homes(known: Iterable[tuple[int, Home]]) -> int:
    return len(Counter(home.key for _, home in known))


def _answer_about_reports(block: Block, child: Child) -> None:
    """Record on which addresses agencies disagree.

    Each agency has the address that begins last; ORR's may also be that of the release, unless the placement has ended.
    An address without a street does not count. The key of a report comes after that of a placement.
    """
    words: dict[str, list[tuple[int, int, Home]]] = defaultdict(list)
    for place, report in enumerate(child.reports):
        if report.home.street is not None and (report.until is None or report.until >= REFERENCE):
            words[report.agency].append((report.since, place, report.home))
    for last in child.placements[-1:]:
        if last.home.street is not None and (last.ended is None or last.ended >= REFERENCE):
            words["ORR"].append((last.released, -1, last.home))
    current = {agency: max(known, key=lambda word: word[:2]) for agency, known in words.items()}
    for agency, (since, _, home) in current.items():
        for other, (later, _, there) in current.items():
            if agency < other and home is not there:
                row = (agency, other, home.key, there.key, text(max(since, later)))
                block.truth.answer("addressesDisputedByAgencies", child.key, *row)
