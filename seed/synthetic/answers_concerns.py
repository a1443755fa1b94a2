"""Answers about reports of concern, at the reference date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.children import eighteenth_birthday
from seed.synthetic.concerns import stay_on
from seed.synthetic.days import DATES, REFERENCE, REFERENCE_DATE, text, years_around
from seed.synthetic.safeguards import Concern
from seed.synthetic.world import Citation

_WORK = ("LABOR", "TRAFFICKING")
_HARM = (*_WORK, "ABUSE", "NEGLECT")
_WITHIN = 7
"""Days within which a report is followed up (default)."""
_CITED_WITHIN = 3
"""Years between a report and a citation near the child (default)."""


def answer_about_concerns(block: Block, children: Sequence[Child]) -> None:
    """Record which reports are waiting, and whom they should have warned about."""
    known = {child.key: child for child in children}
    minors = {child.key for child in children if eighteenth_birthday(child) > REFERENCE_DATE}
    there = [child for child in children if child.placements and not child.back]
    stays = {child.key: stay for child in there if (stay := stay_on(child, REFERENCE)) and stay.ended is None}
    living: dict[str, list[Concern]] = defaultdict(list)
    released: dict[tuple[str, str], list[Concern]] = defaultdict(list)
    sponsors = {sponsor.key: sponsor for sponsor in block.sponsors}
    for concern in block.concerns:
        _answer_about_waiting(block, concern, minors)
        if concern.child:
            _answer_about_employers(block, concern, known[concern.child])
        for key in _concerned(concern, known):
            for placement in sponsors[key].placements:
                child = placement.child
                if child not in minors:
                    continue
                if concern.kind in _WORK and stays.get(child) is placement and child != concern.child:
                    living[child].append(concern)
                if concern.kind in _HARM and concern.reported < placement.released:
                    released[child, placement.key].append(concern)
    placements = {placement.key: placement for child in children for placement in child.placements}
    for child, concerns in living.items():
        row = (stays[child].sponsor.key, len(concerns), text(max(one.reported for one in concerns)))
        block.truth.answer("childrenWithSponsorsOfConcern", child, *row)
    for (child, key), concerns in released.items():
        _answer_about_release(block, child, placements[key], concerns)
    _plant_near_misses(block, known, placements)


def _answer_about_release(block: Block, child: str, placement: Placement, concerns: Sequence[Concern]) -> None:
    days = (text(max(one.reported for one in concerns)), text(placement.released))
    row = (placement.key, placement.sponsor.key, len(concerns), *days)
    block.truth.answer("releasesAfterConcern", child, *row)


def _concerned(concern: Concern, known: dict[str, Child]) -> set[str]:
    """Return the sponsors whom a report names, and the one with whom the child was on the day of the report."""
    stay = stay_on(known[concern.child], concern.reported) if concern.child else None
    return {*concern.sponsors, *([stay.sponsor.key] if stay else [])}


def _plant_near_misses(block: Block, known: dict[str, Child], placements: dict[str, Placement]) -> None:
    """Write down who is the only child that a report is about, and releases that a report soon followed."""
    about: dict[str, list[Concern]] = defaultdict(list)
    for concern in block.concerns:
        for sponsor in _concerned(concern, known):
            about[sponsor].append(concern)
    for concern in block.concerns:
        stay = stay_on(known[concern.child], concern.reported) if concern.child else None
        if stay and concern.kind in _WORK and len(about[stay.sponsor.key]) == 1:
            block.truth.plant("ownConcerns", concern.child)
    for placement in placements.values():
        reported = [concern.reported for concern in about[placement.sponsor.key] if concern.kind in _HARM]
        if reported and placement.released <= min(reported) <= placement.released + 2:
            block.truth.plant("lateConcerns", placement.child, placement.key)


def _answer_about_waiting(block: Block, concern: Concern, minors: set[str]) -> None:
    if concern.closed is not None or (concern.child and concern.child not in minors):
        return
    if concern.triaged is None:
        state, since = "NOT_TRIAGED", concern.reported if concern.received is None else concern.received
    else:
        state, since = "NOT_REFERRED", concern.triaged
    waiting = REFERENCE - since
    if state == "NOT_REFERRED" and concern.referred:
        block.truth.plant("referredConcerns", concern.key)
    elif waiting > _WITHIN:
        row = (concern.child or None, state, text(since), waiting)
        block.truth.answer("concernsNotFollowedUp", concern.key, *row)


def _answer_about_employers(block: Block, concern: Concern, child: Child) -> None:
    """Write down the cited employers in the areas where the child was released; one that is named is in one of these.

    A report of another kind is a near miss.
    """
    areas = {one.home.area.key for one in child.placements if one.released <= concern.reported}
    near: dict[str, list[Citation]] = {}
    for area in areas:
        every = block.world.cited.get(area, [])
        near |= {employer: [one for one in every if one.employer == employer] for employer, *_ in every}
    first, last = years_around(DATES[concern.reported], _CITED_WITHIN)
    counted = {of: [one for one in cited if first <= DATES[one.found] <= last] for of, cited in near.items()}
    found = {employer: cited for employer, cited in counted.items() if cited}
    if concern.kind not in _WORK and found:
        block.truth.plant("otherConcernsNearEmployers", child.key, concern.key)
    for employer, cited in found.items() if concern.kind in _WORK else ():
        nearness = "NAMED" if employer in concern.employers else "SAME_AREA"
        days = (text(concern.reported), text(max(one.found for one in cited)))
        row = (concern.key, employer, nearness, sum(one.minors for one in cited), *days)
        block.truth.answer("laborConcernsNearCitedEmployers", child.key, *row)
