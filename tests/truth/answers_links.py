"""Second answers to the questions about chains of links and rings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from tests.truth.answers import Row, answers
from tests.truth.dump import Dump, Record, Tie
from tests.truth.notions_places import (
    EVER,
    Stay,
    by,
    counts,
    names_home,
    release_until,
    sharing,
    sponsor_stays,
    unless_after,
)

DIRECT = ("HAS_PLACEMENT", "WITH_SPONSOR", "SIBLING_OF")
PEOPLE = ("Child", "Sponsor")
STOPS = ("child", "sponsor", "placement", "address", "phone")


class Chain(NamedTuple):
    """What stands on a chain, from the first person on, and the relationships between."""

    stops: tuple[Record, ...]
    links: tuple[str, ...]

    def goes_on(self, other: Chain) -> Chain:
        """Return the chain with another one after it."""
        return Chain((*self.stops, *other.stops), (*self.links, *other.links))


class Walk:
    """Walks over the links that count on a day."""

    def __init__(self, dump: Dump, day: date, degree: int, sharing_most: int) -> None:
        self._dump = dump
        self._day = day
        self._degree = degree
        self._steps: dict[Record, list[Chain]] = defaultdict(list)
        people = [one for label in (*PEOPLE, "Placement") for one in dump.all(label) if self._is_there(one)]
        for one in people:
            for kind in DIRECT:
                for other in dump.ends(one, kind):
                    if self._is_there(other):
                        self._steps[one].append(Chain((other,), (kind,)))
                        self._steps[other].append(Chain((one,), (kind,)))
        for place in (*dump.all("Address"), *dump.all("Phone")):
            if sharing(dump, place) <= sharing_most and (place.label == "Phone" or names_home(place)):
                self._join(place)

    def _is_there(self, one: Record) -> bool:
        if one.label == "Child":
            return unless_after(one["transferredOn"] or one["enteredOn"], self._day)
        return one.label != "Placement" or by(one["releasedOn"], self._day)

    def _join(self, place: Record) -> None:
        for one, other in combinations(list(self._stays(place)), 2):
            if one.who != other.who and one.meets(other, self._day):
                self._steps[one.who].append(Chain((place, other.who), (one.kind, other.kind)))
                self._steps[other.who].append(Chain((place, one.who), (other.kind, one.kind)))

    def _stays(self, place: Record) -> Iterator[Stay]:
        reports = [tie for tie in self._dump.into(place, "RESIDES_AT") if counts(tie)]
        phones = [tie for tie in self._dump.into(place, "HAS_PHONE") if _is_theirs(tie)]
        for kind, ties in (("RESIDES_AT", reports), ("HAS_PHONE", phones)):
            for tie in ties:
                if self._is_there(tie.other):
                    yield Stay(tie.other, kind, tie["since"] or date.min, tie["until"] or EVER)
        for placement in self._dump.starts(place, "RELEASED_TO"):
            if self._is_there(placement):
                sponsors = self._dump.ends(placement, "WITH_SPONSOR")
                until = release_until(self._dump, placement, place, sponsors)
                yield Stay(placement, "RELEASED_TO", placement["releasedOn"], until)

    def _links(self, one: Record) -> int:
        joining = ("RESIDES_AT", "RELEASED_TO", "HAS_PHONE")
        return sum(len(self._dump.out(one, kind)) + len(self._dump.into(one, kind)) for kind in (*DIRECT, *joining))

    def chains(self, start: Record, most: int) -> dict[Record, Chain]:
        """Return the first of the shortest chains to everything within so many links, in the order of their keys."""
        found = {start: Chain((start,), ())}
        at: dict[int, list[Record]] = {0: [start]}
        for length in range(1, most + 1):
            reached: dict[Record, Chain] = {}
            for before in (1, 2):
                for one in at.get(length - before, []):
                    if one == start or self._links(one) <= self._degree:
                        for step in self._steps[one]:
                            end = step.stops[-1]
                            if len(step.stops) == before and end not in found:
                                chain = found[one].goes_on(step)
                                reached[end] = min(chain, reached.get(end, chain), key=_keys)
            found |= reached
            at[length] = [*reached]
        return found if self._is_there(start) else {}


def _keys(chain: Chain) -> list[str]:
    return [one.key for one in chain.stops]


def _is_theirs(phone: Tie) -> bool:
    return (phone["since"] or date.min) <= (phone["until"] or EVER)


def _person(dump: Dump, key: str) -> Record | None:
    return dump.find("Child", key) or dump.find("Sponsor", key)


@answers("shortestChainBetweenPeople")
def shortest_chain_between_people(dump: Dump, asOf: date, **given: Any) -> Iterator[Row]:
    """Give each step of the shortest chain between two people."""
    start, goal = _person(dump, given["from"]), _person(dump, given["to"])
    if start is None or goal is None or start == goal:
        return
    walk = Walk(dump, asOf, given["maxDegree"], given["maxSharing"])
    chain = walk.chains(start, min(given["maxLinks"], 12)).get(goal, Chain((), ()))
    for position, (stop, link) in enumerate(zip(chain.stops, (None, *chain.links), strict=False)):
        here = {name: stop if stop.label.lower() == name else None for name in STOPS}
        yield {"position": position, "link": link, **here}


@answers("peopleLinkedToPerson")
def people_linked_to_person(
    dump: Dump, person: str, maxLinks: int, maxDegree: int, maxSharing: int, asOf: date
) -> Iterator[Row]:
    """Give each child and sponsor that is linked to a person by a few links."""
    start = _person(dump, person)
    if start is None:
        return
    for one, chain in Walk(dump, asOf, maxDegree, maxSharing).chains(start, min(maxLinks, 6)).items():
        if one.label in PEOPLE and one != start:
            yield {
                "linked": one.key,
                "kind": one.label,
                "linkCount": len(chain.links),
                "child": one if one.label == "Child" else None,
                "sponsor": one if one.label == "Sponsor" else None,
            }


@answers("sponsorRings")
def sponsor_rings(dump: Dump, minSponsors: int, maxSharing: int, asOf: date) -> Iterator[Row]:
    """Give each group of sponsors who are joined by addresses and numbers."""
    joining: dict[Record, set[Record]] = {}
    ring: dict[Record, set[Record]] = {one: {one} for one in dump.all("Sponsor")}
    for place in (*dump.all("Address"), *dump.all("Phone")):
        joined = _joined(dump, place, asOf) if sharing(dump, place) <= maxSharing else []
        joining[place] = {one for pair in joined for one in pair}
        for one, other in joined:
            both = ring[one] | ring[other]
            ring |= dict.fromkeys(both, both)
    for sponsor, group in ring.items():
        if sponsor == min(group) and len(group) >= max(minSponsors, 2):
            released = [one for one in dump.starts(group, "WITH_SPONSOR") if by(one["releasedOn"], asOf)]
            places = [place for place, sponsors in joining.items() if sponsors & group]
            yield {
                "ring": sponsor.key,
                "sponsor": sponsor,
                "sponsorCount": len(group),
                "childCount": len(dump.starts(released, "HAS_PLACEMENT")),
                "addressCount": sum(place.label == "Address" for place in places),
                "phoneCount": sum(place.label == "Phone" for place in places),
            }


def _joined(dump: Dump, place: Record, day: date) -> list[tuple[Record, Record]]:
    if place.label == "Phone":
        ties = dump.into(place, "HAS_PHONE", "Sponsor")
        owners = {tie.other for tie in ties if (tie["since"] or date.min) <= day <= (tie["until"] or EVER)}
        return list(combinations(sorted(owners), 2))
    stays = list(sponsor_stays(dump, place, day)) if names_home(place) else []
    return [(a.who, b.who) for a, b in combinations(stays, 2) if a.who != b.who and a.meets(b, day)]
