"""The answers to the questions at the reference date, told from what the makers of a block decided, not by asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from seed.synthetic.answers_care import answer_about_placements, answer_about_siblings
from seed.synthetic.answers_court import answer_about_court
from seed.synthetic.block import Block, Child, Report, Sponsor
from seed.synthetic.days import REFERENCE, text
from seed.synthetic.placements import UNRELATED

_CLOSE, _MOVING = 60, 365
"""Days within which releases are close together, and within which a sponsor moves (defaults)."""


def answer_questions(block: Block, children: Sequence[Child]) -> None:
    """Write down every answer that a finished block adds to."""
    for sponsor in block.sponsors:
        _answer_about_sponsor(block, sponsor)
    _answer_about_addresses(block)
    for child in children:
        _answer_about_reports(block, child)
        answer_about_placements(block, child)
    answer_about_siblings(block)
    answer_about_court(block, children)


def _answer_about_sponsor(block: Block, sponsor: Sponsor) -> None:
    if len(sponsor.children) < 2:
        return
    truth, of = block.truth, sponsor.key
    truth.answer("sponsorsWithMultipleChildren", of, len(sponsor.children), len(sponsor.unrelated))
    first, released = _fullest(((p.released, p) for p in sponsor.placements), _CLOSE, lambda p: p.child)
    if len({p.child for p in released}) > 1:
        unrelated = {p.child for p in released if p.relationship in UNRELATED}
        last = max(p.released for p in released)
        row = (len({p.child for p in released}), len(unrelated), text(first), text(last))
        truth.answer("sponsorsWithReleasesCloseTogether", of, *row)
    first, reported = _fullest(((r.since, r) for r in sponsor.reports), _MOVING, lambda r: r.home.key)
    homes = {r.home.key for r in reported}
    if len(homes) > 1:
        last = max(r.since for r in reported)
        row = (len(homes), len(sponsor.children), text(first), text(last))
        truth.answer("sponsorsMovingWithSeveralChildren", of, *row)


def _fullest(dated: Iterable[tuple[int, Any]], days: int, of: Any) -> tuple[int, list[Any]]:
    """Return the first day and the things of the window with the most different ones, the earliest of such windows."""
    known = list(dated)
    windows = [(first, [thing for day, thing in known if first <= day <= first + days]) for first, _ in known]
    return min(windows, key=lambda window: (-len({of(thing) for thing in window[1]}), window[0]))


def _answer_about_addresses(block: Block) -> None:
    truth = block.truth
    for home in block.homes:
        if len(home.current) > 1:
            truth.answer("addressesSharedBySponsors", home.key, len(home.current), len(home.children))
    for employer, home in block.workplaces:
        if len(home.current) > 1:
            row = (employer, home.key, len(home.current), len(home.children))
            truth.answer("employersAtSponsorAddresses", *row)
    released = {sponsor.key: sponsor.children for sponsor in block.sponsors}
    for phone, callers in block.callers.items():
        children = set().union(*(released[sponsor] for sponsor in callers))
        truth.answer("phonesSharedBySponsors", phone, len(callers), len(children))


def _answer_about_reports(block: Block, child: Child) -> None:
    current: dict[str, Report] = {}
    for report in child.reports:
        stands = report.until is None or report.until >= REFERENCE
        known = current.get(report.agency)
        if stands and (known is None or known.since <= report.since):
            current[report.agency] = report
    for one in current.values():
        for other in current.values():
            if one.agency < other.agency and one.home is not other.home:
                row = (one.agency, other.agency, one.home.key, other.home.key, text(max(one.since, other.since)))
                block.truth.answer("addressesDisputedByAgencies", child.key, *row)
