"""Answers about placements and home studies, at the reference date."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.care import young
from seed.synthetic.days import DATES, text, years_around
from seed.synthetic.homes import DELIVERABLE
from seed.synthetic.placements import UNRELATED

_CITED_WITHIN, _SOON = 3, 30
"""Years between a release and a citation near it; days after a release within which another counts with it."""


def answer_about_placements(block: Block, child: Child) -> None:
    """Write down what the child's placements add to the answers."""
    for placement in child.placements:
        _answer_about_release(block, child, placement)
    if len(child.placements) > 1:
        last = child.placements[-1]
        sponsors = {placement.sponsor.key for placement in child.placements}
        row = (last.key, len(child.placements), len(sponsors), text(last.released))
        block.truth.answer("childrenPlacedAgain", child.key, *row)


def answer_about_siblings(block: Block) -> None:
    """Write down which siblings of the block are placed apart."""
    for pair in block.siblings:
        if not all(child.placements and child.placements[-1].ended is None for child in pair):
            continue
        if any(child.back for child in pair):
            continue
        one, other = (child.placements[-1] for child in sorted(pair, key=lambda child: child.key))
        if one.sponsor is not other.sponsor and one.home is not other.home:
            since = text(max(one.released, other.released))
            row = (one.child, other.child, one.sponsor.key, other.sponsor.key, since)
            block.truth.answer("siblingsPlacedApart", *row)


def _answer_about_release(block: Block, child: Child, placement: Placement) -> None:
    truth, released = block.truth, text(placement.released)
    home = placement.home
    if home.deliverability != DELIVERABLE:
        truth.answer("releaseAddressesUnusable", child.key, placement.key, home.key, home.deliverability, released)
    unrelated = placement.relationship in UNRELATED
    _answer_about_studies(block, child, placement)
    if unrelated and home.area.key in block.world.cited:
        first, last = years_around(DATES[placement.released], _CITED_WITHIN)
        near = [cited for cited in block.world.cited[home.area.key] if first <= DATES[cited.found] <= last]
        if near:
            found, minors = max(cited.found for cited in near), sum(cited.minors for cited in near)
            row = (placement.key, home.area.key, len({cited.employer for cited in near}), minors, text(found))
            truth.answer("releasesNearCitedEmployers", child.key, *row)


def _answer_about_studies(block: Block, child: Child, placement: Placement) -> None:
    truth, released = block.truth, text(placement.released)
    completed = [study for study in placement.studies if study.completed and study.completed <= placement.released]
    if any(study.completed == placement.released for study in completed):
        truth.plant("studiesOnTheDay", child.key, placement.key)
    later = [study for study in placement.studies if max(study.ordered, study.completed or 0) > placement.released]
    reason = _required(child, placement)
    if reason and not completed:
        known = "AFTER_RELEASE" if later else "NOT_COMPLETED" if placement.studies else "NONE"
        truth.answer("releasesWithoutRequiredHomeStudy", child.key, placement.key, reason, known, released)
    if later and not completed:
        first = min(later, key=lambda study: study.completed or study.ordered)
        days = (text(first.ordered), first.completed and text(first.completed))
        truth.answer("homeStudiesAfterRelease", child.key, placement.key, first.key, released, *days)
    if completed:
        last = max(completed, key=lambda study: study.completed or 0)
        if last.recommendation == "NEGATIVE":
            row = (placement.key, last.key, text(last.completed or 0), released)
            truth.answer("releasesDespiteNegativeHomeStudy", child.key, *row)


def _required(child: Child, placement: Placement) -> str:
    """Return the rule by which a study was required, or nothing; releases before the rules are not made."""
    if child.needs:
        return child.needs
    if placement.relationship in UNRELATED and any(
        other.child != child.key and other.released <= placement.released + _SOON
        for other in placement.sponsor.placements
    ):
        return "UNRELATED_SPONSOR_OF_SEVERAL"
    return "YOUNG_CHILD_UNRELATED_SPONSOR" if young(child, placement) else ""
