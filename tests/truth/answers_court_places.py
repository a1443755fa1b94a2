"""Second answers to the questions about courts and where children live."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record, Tie
from tests.truth.notions_places import (
    EVER,
    by,
    counts,
    dated_releases,
    is_open,
    placement_ends,
    set_aside,
)

EARTH = 6378.14
"""The radius that the database counts with, in kilometers."""


class Place(NamedTuple):
    """An address of a child, from the first to the last day."""

    address: Record
    since: date
    until: date


@answers("absentiaOrdersAfterStaleNotice")
def absentia_orders_after_stale_notice(dump: Dump, asOf: date) -> Iterator[Row]:
    """Give each child and order in absentia after notice to no address of the child."""
    for order in dump.all("CourtOrder"):
        hearings = dump.starts(order, "RESULTED_IN")
        if not order["inAbsentia"] or not by(order["issuedOn"], asOf) or not hearings:
            continue
        hearing, sent = hearings[0], hearings[0]["noticeSentOn"]
        to = dump.ends(hearing, "NOTICE_SENT_TO")
        if not to or not by(sent, asOf):
            continue
        for child in dump.starts(dump.starts(hearing, "HAS_HEARING"), "RESPONDENT_IN"):
            current, last = _addresses(dump, child, sent)
            if last and not set_aside(dump, child, hearing) and not {one.address for one in current} & {*to}:
                yield {
                    "child": child,
                    "courtOrder": order,
                    "hearing": hearing,
                    "address": to[0],
                    "latestAddress": last[0].address,
                    "latestSince": last[0].since,
                    "issuedOn": order["issuedOn"],
                }


def _addresses(dump: Dump, child: Record, day: date) -> tuple[list[Place], list[Place]]:
    """Return the addresses that are a child's on a day, and those, or the last known ones where there are none."""
    own = [tie for tie in dump.out(child, "RESIDES_AT") if _on_record(tie, day)]
    told = _latest(_place(tie) for tie in own if _by_court(tie) and _place(tie).until >= day)
    if told:
        return told, told
    places = [_place(tie) for tie in own]
    released = dated_releases(dump, child, day)
    for release in released:
        for address in dump.ends(release, "RELEASED_TO"):
            places.append(Place(address, release["releasedOn"], _release_end(dump, child, release, address, day)))
    if released:
        places += _of_sponsor(dump, child, released[-1], day)
    current = _latest(one for one in places if one.until >= day)
    if current:
        return current, current
    ended = max((one.until for one in places), default=None)
    return [], sorted(one for one in places if one.until == ended)


def _on_record(report: Tie, day: date) -> bool:
    return counts(report) and by(report["since"], day) and by(report["reportedOn"] or report["since"], day)


def _by_court(report: Tie) -> bool:
    code = report["reportedBy"] or ""
    return code == "EOIR" or code.startswith("EOIR-")


def _place(report: Tie) -> Place:
    return Place(report.other, report["since"], report["until"] or EVER)


def _latest(places: Iterator[Place]) -> list[Place]:
    found = sorted(places)
    return [one for one in found if one.since == max(other.since for other in found)]


def _release_end(dump: Dump, child: Record, release: Record, address: Record, day: date) -> date:
    people = [child, *dump.ends(release, "WITH_SPONSOR")]
    reports = [tie for one in people for tie in dump.out(one, "RESIDES_AT") if tie.other == address]
    left: list[date] = [
        tie["until"] for tie in reports if tie["until"] and counts(tie) and by(tie["reportedOn"] or tie["since"], day)
    ]
    return min([*placement_ends(dump, release, [child]), *(on for on in left if on >= release["releasedOn"]), EVER])


def _of_sponsor(dump: Dump, child: Record, release: Record, day: date) -> Iterator[Place]:
    """Give the addresses that the sponsor of the latest release reports while the child is with it."""
    ended = min([*placement_ends(dump, release, [child]), EVER])
    for tie in (tie for sponsor in dump.ends(release, "WITH_SPONSOR") for tie in dump.out(sponsor, "RESIDES_AT")):
        if _on_record(tie, day) and _place(tie).until >= release["releasedOn"] and tie["since"] <= ended:
            yield _place(tie)._replace(until=min(_place(tie).until, ended))


@answers("courtsFarFromChildren")
def courts_far_from_children(dump: Dump, minKilometers: int, asOf: date) -> Iterator[Row]:
    """Give each child, open case and court that is far from where the child lives."""
    for child in dump.all("Child"):
        since, lived = _lives_in(dump, child, asOf)
        for case in dump.ends(child, "RESPONDENT_IN"):
            if since is None or not is_open(case, asOf) or _moved(dump, case, since, asOf):
                continue
            for court in dump.ends(case, "VENUED_AT"):
                near = dump.ends(court, "RESPONSIBLE_FOR")
                far = [_kilometers(one, other) for one in lived for other in near]
                known = [one for one in far if one is not None]
                if known and not {*lived} & {*near} and min(known) >= minKilometers:
                    yield {
                        "child": child,
                        "courtCase": case,
                        "court": court,
                        "kilometers": int(min(known)),
                        "placeSince": since,
                    }


def _lives_in(dump: Dump, child: Record, day: date) -> tuple[date | None, list[Record]]:
    """Return since when a child lives where it does, and the postal areas of that."""
    places = [
        (tie["since"], dump.ends(tie.other, "IN_AREA"))
        for tie in dump.out(child, "RESIDES_AT")
        if by(tie["since"], day) and (tie["until"] or EVER) >= day
    ]
    for release in dated_releases(dump, child, day)[-1:]:
        if min([*placement_ends(dump, release, [child]), EVER]) >= day:
            near = dump.ends(dump.ends(release, "RELEASED_TO"), "IN_AREA")
            places.append((release["releasedOn"], near or dump.ends(release, "RELEASED_IN")))
    since = max((on for on, _ in places), default=None)
    return since, [area for on, some in places if on == since for area in some]


def _moved(dump: Dump, case: Record, since: date, day: date) -> bool:
    orders = dump.ends(dump.ends(case, "HAS_HEARING"), "RESULTED_IN")
    moves = [one["issuedOn"] for one in orders if one["kind"] == "CHANGE_OF_VENUE"]
    return any(on and since <= on <= day for on in moves)


def _kilometers(one: Record, other: Record) -> float | None:
    if one["location"] is None or other["location"] is None:
        return None
    lat, lon, north, east = (radians(part) for place in (one, other) for part in place["location"])
    part = sin((north - lat) / 2) ** 2 + cos(lat) * cos(north) * sin((east - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(part))
