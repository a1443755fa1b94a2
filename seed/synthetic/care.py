"""Care: home studies, and applications for relief."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Placement, Relief
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.placements import UNRELATED
from seed.synthetic.records import Study

_YOUNG = 12
"""Age up to which a release to an unrelated sponsor needs a home study (ORR policy; 45 CFR 410.1204)."""
_STUDIED, _STUDIED_ANYWAY = 0.6, 0.04
_UNFINISHED, _FINISHED_LATER, _ORDERED_LATER, _SECOND_OPINION = 0.07, 0.08, 0.07, 0.06
"""Shares of studies never completed, completed or ordered after the release, and of a second after a negative one."""
_RECOMMENDATIONS = (*("POSITIVE",) * 8, "CONDITIONAL", "NEGATIVE")
_RELIEF = 0.25
_FORMS = (*("I_589",) * 7, *("I_360",) * 5, "I_914", "I_918")
_DECIDED = 0.45
_DECISIONS = ("GRANTED", "GRANTED", "DENIED", "WITHDRAWN")
_BEFORE_COURT = 0.2
"""Share of applications for asylum, of children with a case, that are before the courts."""
_RELIEF_AFTER_REMOVAL = 0.8
"""Share of children with a pending application whose order of removal was followed by the end of proceedings."""


def study_homes(block: Block, child: Child) -> None:
    """Add home studies, and more of them where a rule may require one."""
    for placement in child.placements:
        several = placement.relationship in UNRELATED and len(placement.sponsor.children) > 1
        if block.chance(_STUDIED if several or child.needs or young(child, placement) else _STUDIED_ANYWAY):
            _study(block, child, placement)


def young(child: Child, placement: Placement) -> bool:
    """Tell whether a child was young enough at its release to an unrelated sponsor to require a home study."""
    return placement.relationship in UNRELATED and _age(child, placement.released) <= _YOUNG


def _age(child: Child, day: int) -> int:
    born, on = DATES[child.birth], DATES[day]
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _study(block: Block, child: Child, placement: Placement) -> None:
    released, drawn = placement.released, block.rng.random()
    before = released - block.between(3, 10)
    if drawn < _UNFINISHED:
        _add_study(block, placement, before, None)
        return
    drawn -= _UNFINISHED
    if drawn < _FINISHED_LATER:
        _add_study(block, placement, before, released + block.between(1, 20))
        return
    drawn -= _FINISHED_LATER
    if drawn < _ORDERED_LATER:
        after = released + block.between(1, 25)
        _add_study(block, placement, after, after + block.between(3, 20) if block.chance(_FINISHED_LATER) else None)
        return
    drawn -= _ORDERED_LATER
    if drawn < _SECOND_OPINION:
        _add_study(block, placement, before - 20, before - 10, "NEGATIVE")
        _add_study(block, placement, before, block.between(before, released), "POSITIVE")
        block.truth.plant("secondOpinions", child.key, placement.key)
        return
    _add_study(block, placement, before, block.between(before, released))


def _add_study(
    block: Block, placement: Placement, ordered: int, completed: int | None, recommended: str | None = None
) -> None:
    if completed is not None:
        recommended = recommended or block.pick(_RECOMMENDATIONS)
    done = None if completed is None else DATES[completed]
    key = block.tables.add("HomeStudy", ordered, DATES[ordered], done, recommended)
    block.tables.link("HAS_HOME_STUDY", "Placement", placement.key, key)
    placement.studies.append(Study(key, ordered, completed, recommended))


def apply_for_relief(block: Block, child: Child) -> None:
    """Add an application for relief for some children; some are pending."""
    spared = child.case is not None and child.case.undone
    if not block.chance(_RELIEF_AFTER_REMOVAL if spared else _RELIEF):
        return
    filed = block.between(min(child.placements[0].released + 30, REFERENCE), REFERENCE)
    later, form = filed + block.between(60, 500), block.pick(_FORMS)
    decided = later if later <= REFERENCE and not spared and block.chance(_DECIDED) else None
    status = "PENDING" if decided is None else block.pick(_DECISIONS)
    day = None if decided is None else DATES[decided]
    key = block.tables.add("ReliefApplication", filed, form, DATES[filed], day, status)
    block.tables.link("APPLIED_FOR", "Child", child.key, key)
    block.tables.link("BEFORE", "ReliefApplication", key, block.world.agencies[_agency(block, child, form)])
    child.applications.append(Relief(key, form, filed, decided, status))
    if decided is None:
        block.truth.plant("reliefPending", child.key, key)


def _agency(block: Block, child: Child, form: str) -> str:
    """Return the code of who decides: now and then a court, for asylum, if it has the child's case."""
    return "EOIR" if form == "I_589" and child.case and block.chance(_BEFORE_COURT) else "USCIS"
