"""Second answers to the questions about courts: children, cases, hearings and orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record
from tests.truth.notions_places import (
    above,
    by,
    dated_releases,
    eighteenth,
    grown_up,
    hearings_of,
    in_care,
    is_open,
    notice_state,
    opened_first,
    outcomes,
    pending,
    set_aside,
    unless_after,
)


@answers("asylumDeniedWithoutNotice")
def asylum_denied_without_notice(dump: Dump, minDays: int, asOf: date) -> Iterator[Row]:
    """Give each child whose asylum was denied some days ago, and of whom no notice was filed."""
    for child in dump.all("Child"):
        denied = [
            one
            for one in dump.ends(child, "APPLIED_FOR")
            if one["form"] == "I_589" and one["status"] == "DENIED" and by(one["decidedOn"], asOf)
            if (asOf - one["decidedOn"]).days >= minDays and not _before_courts(dump, one)
        ]
        state = notice_state(dump, child, asOf)
        if denied and state != "FILED":
            first = min(denied, key=lambda one: (one["decidedOn"], one.key))
            yield {
                "child": child,
                "application": first,
                "noticeState": state,
                "deniedOn": first["decidedOn"],
                "daysSinceDenial": (asOf - first["decidedOn"]).days,
            }


def _before_courts(dump: Dump, application: Record) -> bool:
    agencies = dump.ends(application, "BEFORE")
    return any(one["code"] == "EOIR" for agency in agencies for one in above(dump, agency))


@answers("childrenTurningEighteenWithOpenCase")
def children_turning_eighteen_with_open_case(dump: Dump, withinDays: int, asOf: date) -> Iterator[Row]:
    """Give each child who turns 18 within some days and has an open case."""
    for child in dump.all("Child"):
        case = opened_first(one for one in dump.ends(child, "RESPONDENT_IN") if is_open(one, asOf))
        if child["dateOfBirth"] is None or case is None:
            continue
        birthday = eighteenth(child["dateOfBirth"])
        if 0 < (birthday - asOf).days <= withinDays:
            days = (birthday - asOf).days
            yield {"child": child, "courtCase": case, "birthday": birthday, "daysUntilBirthday": days}


@answers("childrenWithoutNoticeToAppear")
def children_without_notice_to_appear(
    dump: Dump,
    noticeState: list[str],
    includeReliefPending: bool,
    includeInCare: bool,
    includeGrownUp: bool,
    asOf: date,
) -> Iterator[Row]:
    """Give each child who has come to HHS and of whom no notice was filed."""
    for child in dump.all("Child"):
        state = notice_state(dump, child, asOf)
        if state not in noticeState or not unless_after(child["transferredOn"] or child["enteredOn"], asOf):
            continue
        waits = any(pending(one, asOf) for one in dump.ends(child, "APPLIED_FOR"))
        cared = in_care(dump, child, asOf)
        grown = grown_up(child, asOf)
        released = dated_releases(dump, child, asOf)
        if (includeReliefPending or not waits) and (includeInCare or not cared) and (includeGrownUp or not grown):
            yield {
                "child": child,
                "daysSinceRelease": (asOf - released[-1]["releasedOn"]).days if released else None,
                "noticeState": state,
                "reliefPending": waits,
                "inCare": cared,
                "grownUp": None if child["dateOfBirth"] is None else grown,
            }


@answers("childrenWithoutRepresentationAtHearing")
def children_without_representation_at_hearing(dump: Dump, withinDays: int, asOf: date) -> Iterator[Row]:
    """Give each child with the next hearing in an open case in which nobody represents it."""
    for child in dump.all("Child"):
        found = []
        for case in dump.ends(child, "RESPONDENT_IN"):
            if is_open(case, asOf) and not _represented(dump, child, case, asOf):
                ahead = [one for one in dump.ends(case, "HAS_HEARING") if _is_ahead(dump, child, one, asOf)]
                found += [(one["scheduledOn"], one, case) for one in ahead]
        near = [one for one in found if one[0] <= asOf + timedelta(days=withinDays)]
        if near:
            on, hearing, case = min(near)
            days = (on - asOf).days
            row = {"child": child, "hearing": hearing, "courtCase": case}
            yield {**row, "scheduledOn": on, "daysUntilHearing": days}


def _represented(dump: Dump, child: Record, case: Record, day: date) -> bool:
    for one in dump.ends(child, "REPRESENTED_BY"):
        cases = dump.ends(one, "IN_CASE")
        stands = by(one["enteredOn"], day) and not by(one["withdrawnOn"], day)
        if stands and (not cases or case in cases):
            return True
    return False


def _is_ahead(dump: Dump, child: Record, hearing: Record, day: date) -> bool:
    on = hearing["scheduledOn"]
    came = outcomes(dump, child, hearing)
    held = on == day and came & {"ATTENDED", "MISSED"}
    known = unless_after(hearing["noticeSentOn"], day)
    return on is not None and on >= day and known and not held and not came & {"CANCELLED", "ADJOURNED"}


@answers("noticesFiledWithoutHearing")
def notices_filed_without_hearing(dump: Dump, minDays: int, asOf: date) -> Iterator[Row]:
    """Give each child and notice that was filed some days ago, where no hearing is set."""
    for child in dump.all("Child"):
        for notice in dump.ends(child, "HAS_NOTICE"):
            if not by(notice["filedOn"], asOf - timedelta(days=minDays)):
                continue
            cases = {*dump.ends(child, "RESPONDENT_IN"), *dump.ends(notice, "FILED_IN")}
            cases = {case for case in cases if unless_after(case["openedOn"], asOf)}
            case = opened_first(one for one in cases if is_open(one, asOf))
            hearings = dump.ends(cases, "HAS_HEARING")
            if any(_is_set(dump, child, one, asOf) for one in hearings) or (cases and case is None):
                continue
            yield {
                "child": child,
                "notice": notice,
                "courtCase": case,
                "filedOn": notice["filedOn"],
                "daysSinceFiling": (asOf - notice["filedOn"]).days,
            }


def _is_set(dump: Dump, child: Record, hearing: Record, day: date) -> bool:
    return outcomes(dump, child, hearing) != {"CANCELLED"} and unless_after(hearing["noticeSentOn"], day)


@answers("removalOrdersWithReliefPending")
def removal_orders_with_relief_pending(dump: Dump, asOf: date) -> Iterator[Row]:
    """Give each child and order of removal while an application for relief is pending."""
    for child in dump.all("Child"):
        waiting = [one for one in dump.ends(child, "APPLIED_FOR") if pending(one, asOf)]
        orders = dump.ends(hearings_of(dump, child), "RESULTED_IN")
        ended = [
            one["issuedOn"]
            for one in orders
            if one["kind"] in ("RELIEF_GRANTED", "TERMINATION") and by(one["issuedOn"], asOf)
        ]
        for order in orders:
            on = order["issuedOn"]
            removal = order["kind"] == "REMOVAL" and by(on, asOf) and _is_about(dump, child, order)
            if removal and waiting and not any(later > on for later in ended):
                first = min(waiting, key=lambda one: (one["filedOn"], one.key))
                yield {
                    "child": child,
                    "courtOrder": order,
                    "application": first,
                    "filedOn": first["filedOn"],
                    "issuedOn": on,
                    "daysSinceOrder": (asOf - on).days,
                }


def _is_about(dump: Dump, child: Record, order: Record) -> bool:
    """Tell whether an order is about a child: one in absentia is not, where the child is known to have appeared."""
    at = [one for one in dump.starts(order, "RESULTED_IN") if one in hearings_of(dump, child)]
    return not order["inAbsentia"] or not all(set_aside(dump, child, one) for one in at)
