"""Court: the case, its hearings and orders, and what each agency wrote down about them."""

from __future__ import annotations

from dataclasses import dataclass

from seed.synthetic.block import Block, Case, Child, Hearing, Home, NoticeDays
from seed.synthetic.days import DATES, REFERENCE, fiscal_year
from seed.synthetic.homes import draw_area
from seed.synthetic.recordings import record_hearing

_MISSED = (
    *(("MISSED",),) * 60,
    *(("ADJOURNED", "MISSED"),) * 15,
    *(("MISSED", "ATTENDED"),) * 10,
    *(("MISSED", "MISSED"),) * 10,
    *(("ATTENDED", "MISSED"),) * 5,
)
_OTHERWISE = (
    *(("ATTENDED",),) * 37,
    *(("ADJOURNED", "ATTENDED"),) * 20,
    *(("ATTENDED", "SCHEDULED"),) * 12,
    *(("CANCELLED",),) * 8,
    *(("ADJOURNED",),) * 8,
    *(("ATTENDED", "ATTENDED"),) * 10,
    *((),) * 5,
)
_RECENT = 0.04
"""Share of last missed hearings that lie less than 30 days before the reference date."""
_IN_ABSENTIA, _ORDERED, _ADMINISTRATIVE = 0.45, 0.3, 0.03
_STALE = 0.6
_UNKNOWN_NOTICE = 0.04
_ORDERS = (
    ("RELIEF_GRANTED", "CLOSED"),
    ("RELIEF_GRANTED", "CLOSED"),
    ("TERMINATION", "TERMINATED"),
    ("VOLUNTARY_DEPARTURE", "CLOSED"),
    ("CHANGE_OF_VENUE", "PENDING"),
    ("REMOVAL", "CLOSED"),
)


@dataclass(slots=True)
class _Order:
    kind: str
    issued: int
    in_absentia: bool


def open_case(block: Block, child: Child, notice: NoticeDays) -> Case:
    """Add the case that a filed notice opened, with its hearings; a child planned to miss one misses one."""
    filed = notice.filed
    missed = bool(block.plan.missed[child.position])
    outcomes = block.pick(_MISSED if missed else _OTHERWISE)
    days = _draw_days(block, filed, outcomes)
    order, status = _decide(block, outcomes, days)
    home = child.home_on(filed)
    area = home.area if home else draw_area(block)
    closed = order.issued if order and status != "PENDING" else None
    key = block.tables.add("CourtCase", filed, DATES[filed], status, None if closed is None else DATES[closed])
    block.tables.link("VENUED_AT", "CourtCase", key, block.world.court(area))
    case = Case(key, notice, [], status == "PENDING")
    for position, (day, outcome) in enumerate(zip(days, outcomes, strict=True)):
        last = position == len(outcomes) - 1
        case.hearings.append(_hear(block, child, case, day, outcome, order if last else None, merits=position > 0))
    return case


def join_case(block: Block, child: Child, case: Case, notice: str) -> None:
    """Make the child a respondent in the case that its notice opened, and count what it missed."""
    block.tables.link("FILED_IN", "NoticeToAppear", notice, case.key)
    block.tables.link("RESPONDENT_IN", "Child", child.key, case.key)
    child.case = case
    outcomes = [hearing.outcome for hearing in case.hearings]
    if "MISSED" in outcomes:
        block.truth.plant("missedHearing", child.key)
        block.truth.count(fiscal_year(child.transferred), "missed")
    if outcomes[:1] == ["ADJOURNED"] and len(outcomes) > 1:
        block.truth.plant("rescheduledHearings", child.key, case.hearings[0].key)


def _draw_days(block: Block, filed: int, outcomes: tuple[str, ...]) -> list[int]:
    pending = outcomes[-1:] == ("SCHEDULED",)
    recent = outcomes[-1:] == ("MISSED",) and block.chance(_RECENT)
    first, last = filed + 14, min(filed + 500, REFERENCE - (31 if pending or recent else 0))
    days = sorted(block.between(first, last - len(outcomes)) for _ in outcomes)
    days = [day + position for position, day in enumerate(days)]
    if pending or recent:
        days[-1] = REFERENCE - block.between(0, 29)
    return days


def _decide(block: Block, outcomes: tuple[str, ...], days: list[int]) -> tuple[_Order | None, str]:
    if outcomes[-1:] == ("MISSED",) and block.chance(_IN_ABSENTIA):
        return _Order("REMOVAL", min(days[-1] + block.between(0, 10), REFERENCE), True), "CLOSED"
    if outcomes[-1:] == ("ATTENDED",) and block.chance(_ORDERED):
        kind, status = block.pick(_ORDERS)
        return _Order(kind, days[-1], False), status
    if outcomes and block.chance(_ADMINISTRATIVE):
        return None, "ADMINISTRATIVELY_CLOSED"
    return None, "PENDING"


def _hear(
    block: Block, child: Child, case: Case, day: int, outcome: str, order: _Order | None, *, merits: bool
) -> Hearing:
    tables = block.tables
    sent = None if block.chance(_UNKNOWN_NOTICE) else max(case.notice.filed, day - block.between(10, 50))
    kind = "INDIVIDUAL" if merits and block.chance(0.4) else "MASTER"
    key = tables.add("Hearing", day, DATES[day], kind, outcome, None if sent is None else DATES[sent])
    tables.link("HAS_HEARING", "CourtCase", case.key, key)
    hearing = Hearing(key, day, outcome, sent)
    home, stale = (None, False) if sent is None else _notice_address(block, child, sent)
    if home:
        tables.link("NOTICE_SENT_TO", "Hearing", key, home.key)
        hearing.noticed_at = home
    if order:
        issued = tables.add("CourtOrder", order.issued, order.kind, DATES[order.issued], order.in_absentia)
        tables.link("RESULTED_IN", "Hearing", key, issued)
        hearing.order, hearing.ordered, hearing.in_absentia = issued, order.issued, order.in_absentia
        if order.in_absentia and stale and home:
            block.truth.plant("staleNotices", issued, key, home.key)
    record_hearing(block, hearing, child)
    return hearing


def _notice_address(block: Block, child: Child, sent: int) -> tuple[Home | None, bool]:
    """Return where the notice of hearing was sent, and whether the child lived elsewhere by then."""
    current = child.home_on(sent)
    released = [placement.home for placement in child.placements if placement.released <= sent]
    if current is None or not released or released[-1] is current or not block.chance(_STALE):
        return current, False
    return released[-1], True
