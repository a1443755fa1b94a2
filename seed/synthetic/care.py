"""Care: home studies, applications for relief, and reports of concern."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, Placement
from seed.synthetic.days import DATES, REFERENCE
from seed.synthetic.placements import UNRELATED

_YOUNG = 12
"""Age up to which a category 3 sponsor needs a home study (ORR policy; 45 CFR 410.1204)."""
_STUDIED, _STUDIED_ANYWAY, _COMPLETED = 0.6, 0.04, 0.95
_RECOMMENDATIONS = (*("POSITIVE",) * 8, "CONDITIONAL", "NEGATIVE")
_RELIEF = 0.25
_FORMS = (*("I_589",) * 7, *("I_360",) * 5, "I_914", "I_918")
_DECIDED = 0.45
_DECISIONS = ("GRANTED", "GRANTED", "DENIED", "WITHDRAWN")
_CONCERN = 0.03
_CONCERNS = ("LABOR", "LABOR", "ABUSE", "NEGLECT", "TRAFFICKING", "RUNAWAY", "RUNAWAY", "OTHER")


def study_homes(block: Block, child: Child) -> None:
    """Add home studies, more of them where a rule may ask for one."""
    for placement in child.placements:
        several = placement.relationship in UNRELATED and len(placement.sponsor.children) > 1
        if block.chance(_STUDIED if several or young(child, placement) else _STUDIED_ANYWAY):
            _study(block, child, placement)


def young(child: Child, placement: Placement) -> bool:
    """Tell whether a child was so young when it was released to a category 3 sponsor that a home study was required."""
    return placement.category == "3" and _age(child, placement.released) <= _YOUNG


def _age(child: Child, day: int) -> int:
    born, on = DATES[child.birth], DATES[day]
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _study(block: Block, child: Child, placement: Placement) -> None:
    placement.studied = True
    ordered = placement.released - block.between(1, 8)
    completed = block.between(ordered, placement.released) if block.chance(_COMPLETED) else None
    key = block.tables.add(
        "HomeStudy",
        ordered,
        DATES[ordered],
        None if completed is None else DATES[completed],
        None if completed is None else block.pick(_RECOMMENDATIONS),
    )
    block.tables.link("HAS_HOME_STUDY", "Placement", placement.key, key)


def apply_for_relief(block: Block, child: Child) -> None:
    """Add an application for relief for some children; some are pending."""
    if not block.chance(_RELIEF):
        return
    filed = block.between(min(child.placements[0].released + 30, REFERENCE), REFERENCE)
    decided = filed + block.between(60, 500)
    if decided > REFERENCE or not block.chance(_DECIDED):
        day, status = None, "PENDING"
    else:
        day, status = DATES[decided], block.pick(_DECISIONS)
    key = block.tables.add("ReliefApplication", filed, block.pick(_FORMS), DATES[filed], day, status)
    block.tables.link("APPLIED_FOR", "Child", child.key, key)
    block.tables.link("BEFORE", "ReliefApplication", key, block.world.agencies["USCIS"])
    child.relief_pending = day is None
    if day is None:
        block.truth.plant("reliefPending", child.key, key)


def report_concerns(block: Block, child: Child) -> None:
    """Add a report of concern about a few children."""
    if block.chance(_CONCERN):
        reported = block.between(child.placements[0].released + 3, REFERENCE)
        key = block.tables.add("ConcernReport", reported, block.pick(_CONCERNS), DATES[reported])
        block.tables.link("CONCERNS", "ConcernReport", key, child.key)
