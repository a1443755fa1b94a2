"""Court: the case, its hearings and orders, and what each agency recorded about them."""

from __future__ import annotations

from dataclasses import dataclass

from seed.synthetic.block import Block, Case, Child, Hearing, Home, NoticeDays
from seed.synthetic.courts import FAR, first_court, hold, kilometers_to, other_court
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
"""Share of last missed hearings that were less than 30 days before the reference date."""
_AHEAD = 0.3
"""Share of future hearings that are on the reference date itself."""
_IN_ABSENTIA, _ORDERED, _ADMINISTRATIVE, _REOPENED = 0.45, 0.3, 0.03, 0.03
_RESCINDED, _RESCINDING = 0.6, (("TERMINATION", "TERMINATED"), ("RELIEF_GRANTED", "CLOSED"))
"""Share of missed first hearings, with a later one attended, after which removal was ordered and later undone."""
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
    first, order, status = _decide(block, outcomes, days)
    home = child.home_on(filed)
    area = home.area if home else draw_area(block)
    court = venue = first_court(block, area)
    if order and order.kind == "CHANGE_OF_VENUE":
        home = child.home_on(order.issued)
        venue = other_court(block, court, home.area if home else area)
    closed = _closed(block, filed, order, status, days)
    key = block.tables.add("CourtCase", filed, DATES[filed], status, None if closed is None else DATES[closed])
    block.tables.link("VENUED_AT", "CourtCase", key, venue)
    if kilometers_to(block, venue, area) >= FAR:
        block.truth.plant("farCourts", key, venue)
    if venue != court:
        block.truth.plant("changedVenues", key, court, venue)
    if closed is not None and status == "PENDING":
        block.truth.plant("reopenedCases", key)
    case = Case(key, notice, [], status == "PENDING", venue)
    for position, (day, outcome) in enumerate(zip(days, outcomes, strict=True)):
        given = order if position == len(outcomes) - 1 else first
        hearing = _hear(block, child, case, day, outcome, given, merits=position > 0)
        hold(block, hearing.key, court)
        case.hearings.append(hearing)
    return case


def _closed(block: Block, filed: int, order: _Order | None, status: str, days: list[int]) -> int | None:
    """Return the day on which the case was closed; a pending case that has such a day was reopened later."""
    if status != "PENDING":
        return order.issued if order else None
    if days and not order and block.chance(_REOPENED):
        return block.between(filed, days[0])
    return None


def can_join(block: Block, child: Child, case: Case) -> bool:
    """Tell whether the child, who may have missed a hearing, can be a respondent in the case of a sibling.

    If only the child missed one, the case needs a hearing that was attended.
    """
    outcomes = {hearing.outcome for hearing in case.hearings}
    return not block.plan.missed[child.position] or bool(outcomes & {"MISSED", "ATTENDED"})


def join_case(block: Block, child: Child, case: Case, notice: str) -> None:
    """Make the child a respondent in the case that its notice opened, and count what it missed."""
    block.tables.link("FILED_IN", "NoticeToAppear", notice, case.key)
    block.tables.link("RESPONDENT_IN", "Child", child.key, case.key)
    child.case, child.notice = case, notice
    _differ(block, child, case)
    outcomes = [hearing.outcome for hearing in case.heard_by(child.key)]
    if "MISSED" in outcomes:
        block.truth.plant("missedHearing", child.key)
        block.truth.count(fiscal_year(child.transferred), "missed")
    if outcomes[:1] == ["ADJOURNED"] and len(outcomes) > 1:
        block.truth.plant("rescheduledHearings", child.key, case.hearings[0].key)
    elif outcomes == ["ADJOURNED"]:
        block.truth.plant("adjournedAlone", child.key, notice)


def _differ(block: Block, child: Child, case: Case) -> None:
    """Record the child's own outcome of the hearings that only it missed, or that only it did not miss."""
    missed = bool(block.plan.missed[child.position])
    if missed == any(hearing.outcome == "MISSED" for hearing in case.hearings):
        return
    own, other = ("MISSED", "ATTENDED") if missed else ("ATTENDED", "MISSED")
    differing = [hearing for hearing in case.hearings if hearing.outcome == other]
    for hearing in differing[:1] if missed else differing:
        hearing.own[child.key] = own
        block.tables.relate("HAD_OUTCOME", "Child", child.key, hearing.key, own)
        block.truth.plant("differingRespondents", child.key, hearing.key, own)


def _draw_days(block: Block, filed: int, outcomes: tuple[str, ...]) -> list[int]:
    pending = outcomes[-1:] == ("SCHEDULED",)
    recent = outcomes[-1:] == ("MISSED",) and block.chance(_RECENT)
    first, last = filed + 14, min(filed + 500, REFERENCE - (31 if pending or recent else 0))
    days = sorted(block.between(first, last - len(outcomes)) for _ in outcomes)
    days = [day + position for position, day in enumerate(days)]
    if pending or recent:
        days[-1] = REFERENCE if pending and block.chance(_AHEAD) else REFERENCE - block.between(0, 29)
    return days


def _decide(block: Block, outcomes: tuple[str, ...], days: list[int]) -> tuple[_Order | None, _Order | None, str]:
    """Return the order after a missed first hearing, the order after the last hearing, and the status of the case."""
    if outcomes == ("MISSED", "ATTENDED") and block.chance(_RESCINDED):
        kind, status = block.pick(_RESCINDING)
        removal = _Order("REMOVAL", min(days[0] + block.between(0, 10), days[1] - 1), True)
        return removal, _Order(kind, days[1], False), status
    if outcomes[-1:] == ("MISSED",) and block.chance(_IN_ABSENTIA):
        return None, _Order("REMOVAL", min(days[-1] + block.between(0, 10), REFERENCE), True), "CLOSED"
    if outcomes[-1:] == ("ATTENDED",) and block.chance(_ORDERED):
        kind, status = block.pick(_ORDERS)
        return None, _Order(kind, days[-1], False), status
    if outcomes and block.chance(_ADMINISTRATIVE):
        return None, None, "ADMINISTRATIVELY_CLOSED"
    return None, None, "PENDING"


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
        hearing.noticed_at, hearing.stale = home, stale
    if order:
        issued = tables.add("CourtOrder", order.issued, order.kind, DATES[order.issued], order.in_absentia)
        tables.link("RESULTED_IN", "Hearing", key, issued)
        hearing.order, hearing.order_kind = issued, order.kind
        hearing.ordered, hearing.in_absentia = order.issued, order.in_absentia
    record_hearing(block, hearing, child)
    return hearing


def _notice_address(block: Block, child: Child, sent: int) -> tuple[Home | None, bool]:
    """Return where the notice of hearing was sent, and whether the child lived elsewhere at that time."""
    current = child.home_on(sent)
    released = [placement.home for placement in child.placements if placement.released <= sent]
    if current is None or not released or released[-1] is current or not block.chance(_STALE):
        return current, False
    return released[-1], True
