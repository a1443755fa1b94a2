"""Notices to Appear: issued, served, filed, or held up on the way."""

from __future__ import annotations

from seed.synthetic.block import Block, Child, NoticeDays
from seed.synthetic.days import DATES, fiscal_year
from seed.synthetic.plan import FILED, NOT_FILED, NOT_ISSUED, NOT_SERVED

STATES = {NOT_ISSUED: "NOT_ISSUED", NOT_SERVED: "NOT_SERVED", NOT_FILED: "NOT_FILED"}
_EARLIER = 0.03


def give_notice(block: Block, child: Child, *, days: NoticeDays | None = None) -> tuple[str, NoticeDays] | None:
    """Add the child's notices, and return the filed one's key and days, if any.

    Each day follows the release (the transfer, for a child still in care) and the one before. `days` are those of a
    sibling's notice that was handled together.
    """
    state = block.plan.notice[child.position]
    if state != FILED:
        child.without_notice = STATES[state]
        block.truth.count(fiscal_year(child.transferred), "not_filed" if state == NOT_FILED else "without_notice")
    if state == NOT_ISSUED:
        return None
    start = child.placements[0].released if child.placements else child.transferred
    days = days or _draw_days(block, start)
    if state == FILED and block.chance(_EARLIER):
        _add(block, child, start + 1, start + 1, None)
    key = _add(
        block,
        child,
        days.issued,
        days.served if state in (FILED, NOT_FILED) else None,
        days.filed if state == FILED else None,
    )
    return (key, days) if state == FILED else None


def _draw_days(block: Block, start: int) -> NoticeDays:
    issued = start + block.between(1, 30)
    served = issued + block.between(0, 14)
    return NoticeDays(issued, served, served + block.between(1, 45))


def _add(block: Block, child: Child, issued: int, served: int | None, filed: int | None) -> str:
    key = block.tables.add(
        "NoticeToAppear",
        issued,
        DATES[issued],
        None if served is None else DATES[served],
        None if filed is None else DATES[filed],
    )
    block.tables.link("HAS_NOTICE", "Child", child.key, key)
    return key
