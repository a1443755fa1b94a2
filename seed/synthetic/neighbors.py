"""Near misses of what joins sponsors: hotels, mailboxes, boarding houses, homes and phones that others have later."""

from __future__ import annotations

from seed.synthetic.block import Block, Home, Report, Sponsor
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.homes import draw_area, new_place
from seed.synthetic.sponsors import new_phone, reside

_FEWEST = 60
"""A block with at least this many sponsors has these near misses."""
_BOARDERS, _BLOCKS_PER_HOUSE = 60, 20
"""Sponsors in a boarding house (too many for it to join anyone), and how many blocks there are for each such house."""
_GUESTS, _BOXES, _REUSED, _HANDED_ON = 4, 3, 3, 3
_EMPTY_FROM, _EMPTY_TO = 400, 1_500
"""Days between one sponsor's last day at a home and another's first."""


def plant_near_misses(block: Block) -> None:
    """Add what several sponsors have without being joined by it, if the block is large enough."""
    if len(block.sponsors) < _FEWEST:
        return
    _gather(block, "hotels", "HOTEL", _GUESTS)
    _gather(block, "mailboxes", "MAILBOX", _BOXES)
    if block.plan.number % _BLOCKS_PER_HOUSE == 1:
        _gather(block, "boardingHouses", "HOME", _BOARDERS)
    _reuse_homes(block)
    for _ in range(_HANDED_ON):
        _hand_on(block)


def _gather(block: Block, name: str, kind: str, size: int) -> None:
    """Report sponsors at one address, from before their first home, without an end."""
    sponsors = block.rng.sample(block.sponsors, size)
    since = min(sponsor.stays[0].since for sponsor in sponsors)
    home = new_place(block, draw_area(block), since, kind)
    for sponsor in sponsors:
        first = sponsor.stays[0].since
        reside(block, sponsor, Report("ORR", home, first - block.between(20, 90), None, first))
    block.truth.plant(name, home.key, sorted(sponsor.key for sponsor in sponsors))


def _reuse_homes(block: Block) -> None:
    """Let sponsors come to live at a home that another, to whom a child was released there, left years before.

    They come before the first release to them, so that they moved with no child.
    """
    left = [(sponsor, *one) for sponsor in block.sponsors for one in _left(sponsor) if one[1] + _EMPTY_FROM < REFERENCE]
    for former, home, until in sorted(left, key=lambda one: one[2])[:_REUSED]:
        since = block.between(until + _EMPTY_FROM, min(until + _EMPTY_TO, REFERENCE))
        later = [one for one in block.sponsors if one is not former and _first_release(one) > since]
        if later:
            sponsor = block.pick(tuple(later))
            reside(block, sponsor, Report("ORR", home, since, None, since))
            block.truth.plant("reusedHomes", home.key, sorted((former.key, sponsor.key)))


def _first_release(sponsor: Sponsor) -> int:
    return min((placement.released for placement in sponsor.placements), default=0)


def _left(sponsor: Sponsor) -> list[tuple[Home, int]]:
    return [
        (report.home, report.until)
        for report in sponsor.reports
        if report.until is not None
        and len(report.home.sponsors) == 1
        and any(p.home is report.home and p.released <= report.until for p in sponsor.placements)
        and all(p.home is not report.home or p.released <= report.until for p in sponsor.placements)
    ]


def _hand_on(block: Block) -> None:
    """Give a phone to a sponsor and, some time after they gave it up, to another."""
    one, other = block.rng.sample(block.sponsors, 2)
    since = one.stays[0].since
    until = block.between(since + 100, REFERENCE - 120)
    again = block.between(until + 20, REFERENCE - 60)
    phone = new_phone(block, since)
    block.tables.call("Sponsor", one.key, phone, DATES[since], DATES[until])
    block.tables.call("Sponsor", other.key, phone, DATES[again])
    block.truth.plant("handedOnPhones", phone, sorted((one.key, other.key)))
