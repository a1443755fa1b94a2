"""What the courts' dump says of a child: its case with proceedings and hearings, each as values by column.

In the dump each child has a case of its own: siblings who share one in the graph have the same hearings in two cases.
A hearing that was attended without a decision, or that was cancelled, is one that was adjourned for a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from seed.made_files.court_tables import COUNTRIES, stamp
from seed.made_files.rows import BlockRows, Node
from seed.synthetic.days import REFERENCE_DATE

Values = dict[str, str]
_COUNTRY_CODES = {name: code for code, name in COUNTRIES.items()}
_DECISIONS = {"REMOVAL": "X", "VOLUNTARY_DEPARTURE": "V", "TERMINATION": "T", "RELIEF_GRANTED": "R"}
_REASONS = {"MISSED": "11", "ATTENDED": "01", "ADJOURNED": "17", "CANCELLED": "26", "SCHEDULED": ""}
_ADMINISTRATIVE = "A"


class Places(NamedTuple):
    """Postal areas by key, and the codes of courts by key; they belong to the world."""

    areas: Mapping[str, Node]
    courts: Mapping[str, str]


@dataclass(slots=True)
class CourtFile:
    """A child's case: the row of the case, its proceedings, and for each hearing the place of its proceeding."""

    case: Values
    proceedings: list[Values]
    hearings: list[tuple[int, Values]]


class _Heard(NamedTuple):
    hearing: Node
    outcome: str
    order: Node | None


def court_files(block: BlockRows, places: Places) -> Iterator[CourtFile]:
    """Yield the case of each child that has one."""
    for key, child in block.nodes("Child").items():
        for case in block.ends("RESPONDENT_IN", "Child", key):
            yield _Writing(block, places, child, case).file()


class _Writing:
    """One child's case."""

    def __init__(self, block: BlockRows, places: Places, child: Node, case: str) -> None:
        self._block = block
        self._places = places
        self._child = child
        self._case = block.nodes("CourtCase")[case]
        notices = block.nodes("NoticeToAppear")
        filed = (at for at in block.ends("HAS_NOTICE", "Child", child["key"]))
        [self._notice] = [notices[at] for at in filed if case in block.ends("FILED_IN", "NoticeToAppear", at)]

    def file(self) -> CourtFile:
        heard = list(self._heard())
        proceedings = self._proceedings(heard)
        return CourtFile(self._row(), proceedings, list(self._hearings(heard, last=len(proceedings) - 1)))

    def _heard(self) -> Iterator[_Heard]:
        """Yield the hearings as they were for the child; an order in absentia is only against one who was absent."""
        block, key = self._block, self._child["key"]
        own = {link["end"]: link["outcome"] for link in block.links("HAD_OUTCOME", "Child", key)}
        hearings, orders = block.nodes("Hearing"), block.nodes("CourtOrder")
        for at in block.ends("HAS_HEARING", "CourtCase", self._case["key"]):
            hearing = hearings[at]
            outcome: str = own.get(at) or hearing["outcome"]
            order = next((orders[one] for one in block.ends("RESULTED_IN", "Hearing", at)), None)
            if order and order["inAbsentia"] and outcome != "MISSED":
                order = None
            yield _Heard(hearing, outcome, order)

    def _proceedings(self, heard: Sequence[_Heard]) -> list[Values]:
        """Return a proceeding for each order, and one that is open or was closed without any."""
        [venue] = self._block.ends("VENUED_AT", "CourtCase", self._case["key"])
        court = venue = self._places.courts[venue]
        for one in heard:
            for held in self._block.ends("HELD_AT", "Hearing", one.hearing["key"]):
                court = self._places.courts[held]
        begun, found = self._notice["filedOn"], []
        orders = [one.order for one in heard if one.order]
        for order in orders:
            moved = order["kind"] == "CHANGE_OF_VENUE"
            ended = {
                "COMP_DATE": stamp(order["issuedOn"]),
                "ABSENTIA": "Y" if order["inAbsentia"] else "N",
                "DEC_TYPE": "" if moved else "O",
                "DEC_CODE": "" if moved else _DECISIONS[order["kind"]],
                "TRANSFER_TO": venue if moved else "",
            }
            found.append(self._proceeding(begun, court) | ended)
            begun = order["issuedOn"]
        if not orders or orders[-1]["kind"] == "CHANGE_OF_VENUE":
            closed = self._case["status"] == "ADMINISTRATIVELY_CLOSED"
            day = _free_day([begun, *(one.hearing["scheduledOn"] for one in heard)])
            last = {"COMP_DATE": stamp(day), "OTHER_COMP": _ADMINISTRATIVE} if closed else {}
            found.append(self._proceeding(begun, venue) | last)
        return found

    def _proceeding(self, begun: date, court: str) -> Values:
        return {
            "OSC_DATE": stamp(self._notice["issuedOn"]),
            "INPUT_DATE": stamp(begun),
            "BASE_CITY_CODE": court,
            "HEARING_LOC_CODE": court,
            "CUSTODY": "R",
            "CASE_TYPE": "RMV",
        }

    def _hearings(self, heard: Sequence[_Heard], *, last: int) -> Iterator[tuple[int, Values]]:
        place = 0
        for one in heard:
            held = self._block.ends("HELD_AT", "Hearing", one.hearing["key"])
            decided = one.order is not None and one.order["issuedOn"] == one.hearing["scheduledOn"]
            reason = "" if decided and one.outcome == "ATTENDED" else _REASONS[one.outcome]
            yield (
                place,
                {
                    "ADJ_DATE": stamp(one.hearing["scheduledOn"]),
                    "CAL_TYPE": one.hearing["kind"][:1],
                    "ADJ_RSN": reason,
                    "HEARING_LOC_CODE": self._places.courts[held[0]] if held else "",
                    "SCHEDULE_TYPE": "MR",
                },
            )
            place = min(place + (one.order is not None), last)

    def _row(self) -> Values:
        child, block = self._child, self._block
        appeared = [
            block.nodes("Representation")[at]["enteredOn"]
            for at in block.ends("REPRESENTED_BY", "Child", child["key"])
            if self._case["key"] in block.ends("IN_CASE", "Representation", at)
        ]
        return {
            "LANG": "SP",
            "NAT": _COUNTRY_CODES[child["countryOfBirth"].upper()],
            "Sex": child["sex"][:1],
            "DATE_OF_ENTRY": stamp(child["enteredOn"]),
            "E_28_DATE": stamp(min(appeared, default=None)),
            "CUSTODY": "R",
            "CASE_TYPE": "RMV",
            **self._home(),
            **self._move(),
        }

    def _home(self) -> Values:
        """Return the postal area of the latest release before the notice was filed, or else of the first."""
        placements = [
            self._block.nodes("Placement")[at] for at in self._block.ends("HAS_PLACEMENT", "Child", self._child["key"])
        ]
        if not placements:
            return {}
        earlier = [one for one in placements if one["releasedOn"] <= self._notice["filedOn"]]
        [area] = self._block.ends("RELEASED_IN", "Placement", (earlier[-1:] or placements[:1])[0]["key"])
        at = self._places.areas[area]
        return {"ALIEN_CITY": at["city"].upper(), "ALIEN_STATE": at["state"], "ALIEN_ZIPCODE": at["postalCode"]}

    def _move(self) -> Values:
        """Return the latest address that was reported to the courts."""
        reports = [
            link
            for link in self._block.links("RESIDES_AT", "Child", self._child["key"])
            if link["reportedBy"] == "EOIR"
        ]
        if not reports:
            return {}
        latest = max(reports, key=lambda link: (link["reportedOn"], link["key"]))
        [area] = self._block.ends("IN_AREA", "Address", latest["end"])
        at = self._places.areas[area]
        return {
            "UPDATED_CITY": at["city"].upper(),
            "UPDATED_STATE": at["state"],
            "UPDATED_ZIPCODE": at["postalCode"],
            "ADDRESS_CHANGEDON": stamp(latest["reportedOn"]),
        }


def _free_day(days: Sequence[date]) -> date:
    """Return the day after the last of these days, or the last one before the reference date that is none of them."""
    day = min(max(days) + timedelta(days=1), REFERENCE_DATE)
    while day in days:
        day -= timedelta(days=1)
    return day
