"""Cases of the dump converted to children, notices, hearings, orders and representation.

The dump holds cases, not people, and neither names nor numbers of people: each case is a child of its own. What a
hearing's outcome was is told by the reason of its adjournment, and on the day on which a proceeding ended by whether it
ended in absentia. An order belongs to the proceeding's last hearing up to the day of the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from seed.court_dump.choosing import Case, Found
from seed.court_dump.codes import ADMINISTRATIVE, KINDS, NO_COUNTRY, NO_SHOW, ORDERS, SEXES, UNKNOWN, ordered
from seed.files.dates import read_date
from seed.files.records import LinkFact, NodeFact, Record, postal_area
from seed.files.rejects import Note
from seed.files.values import capitalised, read_name, read_state, read_zip

SYSTEM = "DOJ EOIR"
FURTHEST = timedelta(days=3_653)
"""How long before a hearing courts set it, at most: about ten years."""


class _End(NamedTuple):
    """The end of a proceeding: the day, and what was ordered."""

    proceeding: Found
    day: date
    order: str | None


def _proceeding_of(hearing: Found) -> str:
    return hearing.values["IDNPROCEEDING"] or ""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the dump's codes: countries, courts, and decisions."""

    countries: Mapping[str, str] = field(default_factory=dict)
    courts: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)


def reader(today: date, names: Names) -> Callable[[Case], Record | Note]:
    """Return the function that converts a case; nothing but a hearing can be after `today`."""
    return lambda case: _Reading(case, today, names).record()


class _Reading:
    """Collects what one case becomes, with notes on values that cannot be used."""

    def __init__(self, case: Case, today: date, names: Names) -> None:
        self._today = today
        self._names = names
        self._nodes: dict[tuple[str, str], NodeFact] = {}
        self._links: dict[LinkFact, None] = {}
        self._notes: list[Note] = []
        self._case = Case(
            case.case,
            self._distinct(case.proceedings, "B_TblProceeding.IDNPROCEEDING"),
            self._distinct(case.hearings, "tbl_schedule.IDNSCHEDULE"),
        )

    def record(self) -> Record | Note:
        """Return the record of the case."""
        row, values = self._case.case
        number = values["IDNCASE"] or ""
        if not number.isdigit():
            return Note(row, "A_TblCase.IDNCASE", number, "is not the number of a case: the row was not imported")
        sex, entered = self._one_of("Sex", SEXES), self._day("A_TblCase", self._case.case, "DATE_OF_ENTRY")
        given = {"sex": sex, "countryOfBirth": self._country(), "enteredOn": entered}
        child = self._node("Child", f"eoir-child-{number}", given)
        case = self._node("CourtCase", f"eoir-case-{number}", self._standing())
        self._link("RESPONDENT_IN", child, case)
        self._notice(child, case, number)
        self._venue(case)
        orders = dict(self._orders())
        decided = self._decided(orders)
        for hearing in self._case.hearings:
            self._hearing(case, hearing, orders.get(_proceeding_of(hearing)), decides=hearing.row in decided)
        self._representation(child, case, number)
        self._address(child)
        self._placement(child, number)
        return Record(row, tuple(self._nodes.values()), tuple(self._links), tuple(self._notes))

    def _distinct(self, found: Sequence[Found], column: str) -> list[Found]:
        """Return the rows, each number once, and note the others; the first one counts."""
        name = column.partition(".")[2]
        first: dict[str, Found] = {}
        for one in found:
            number = one.values[name] or f"{one.row}"
            known = first.setdefault(number, one)
            if known is not one:
                same = known.values == one.values
                reason = "repeats it; it was imported once" if same else "says something else: it was not imported"
                self._notes.append(Note(one.row, column, number, f"is the number of row {known.row}; the row {reason}"))
        return list(first.values())

    def _standing(self) -> dict[str, Any]:
        opened = [day for day in (self._day_of(one, "INPUT_DATE") for one in self._case.proceedings) if day]
        last = self._case.proceedings[-1] if self._case.proceedings else None
        closed = self._day_of(last, "COMP_DATE") if last and not last.values["TRANSFER_TO"] else None
        status = None if last is None else "PENDING" if closed is None else self._end(last)
        return {"openedOn": min(opened, default=None), "status": status, "closedOn": closed}

    def _end(self, proceeding: Found) -> str:
        if (proceeding.values["OTHER_COMP"] or "") == ADMINISTRATIVE:
            return "ADMINISTRATIVELY_CLOSED"
        return "TERMINATED" if self._ordered(proceeding) == "TERMINATION" else "CLOSED"

    def _notice(self, child: NodeFact, case: NodeFact, number: str) -> None:
        first = self._case.proceedings[0] if self._case.proceedings else None
        if first is None:
            return
        issued = self._day("B_TblProceeding", first, "OSC_DATE")
        filed = self._day("B_TblProceeding", first, "INPUT_DATE")
        if issued or filed:
            notice = self._node("NoticeToAppear", f"eoir-notice-{number}", {"issuedOn": issued, "filedOn": filed})
            self._link("HAS_NOTICE", child, notice)
            self._link("FILED_IN", notice, case)

    def _venue(self, case: NodeFact) -> None:
        courts = [one.values["BASE_CITY_CODE"] for one in self._case.proceedings if one.values["BASE_CITY_CODE"]]
        if courts:
            self._link("VENUED_AT", case, self._court(courts[-1] or ""))

    def _court(self, code: str) -> NodeFact:
        name = self._names.courts.get(code)
        given = {"code": code, "name": capitalised(name) if name else None, "kind": "COURT"}
        return self._node("Agency", f"eoir-court-{code}", given)

    def _orders(self) -> Iterator[tuple[str, _End]]:
        """Yield the ends of the proceedings by their numbers."""
        for one in self._case.proceedings:
            day = self._day("B_TblProceeding", one, "COMP_DATE")
            if day is not None:
                moved = "CHANGE_OF_VENUE" if one.values["TRANSFER_TO"] else None
                yield one.values["IDNPROCEEDING"] or "", _End(one, day, moved or self._ordered(one, noted=True))

    def _decided(self, orders: Mapping[str, _End]) -> frozenset[int]:
        """Return the rows of the hearings that led to an order: of each proceeding, the last one up to its end."""
        last: dict[str, tuple[date, int]] = {}
        for hearing in self._case.hearings:
            number, day = _proceeding_of(hearing), self._day_of(hearing, "ADJ_DATE")
            if number in orders and day is not None and day <= orders[number].day:
                last[number] = max((day, hearing.row), last.get(number, (day, hearing.row)))
        return frozenset(row for _, row in last.values())

    def _ordered(self, proceeding: Found, *, noted: bool = False) -> str | None:
        code = proceeding.values["DEC_CODE"]
        if noted and code is not None and code not in self._names.decisions and code not in ORDERS:
            self._notes.append(Note(proceeding.row, "B_TblProceeding.DEC_CODE", code, UNKNOWN))
        return None if code is None else ordered(code, self._names.decisions)

    def _hearing(self, case: NodeFact, hearing: Found, ended: _End | None, *, decides: bool) -> None:
        number = hearing.values["IDNSCHEDULE"] or ""
        if not number.isdigit():
            self._notes.append(Note(hearing.row, "tbl_schedule.IDNSCHEDULE", number, "is not the number of a hearing"))
            return
        proceeding = _proceeding_of(hearing)
        if proceeding and all(proceeding != one.values["IDNPROCEEDING"] for one in self._case.proceedings):
            reason = "is no proceeding of the case"
            self._notes.append(Note(hearing.row, "tbl_schedule.IDNPROCEEDING", proceeding, reason))
        day = self._day("tbl_schedule", hearing, "ADJ_DATE", latest=self._today + FURTHEST)
        last = ended is not None and ended.day == day
        absent = last and ended is not None and ended.proceeding.values["ABSENTIA"] == "Y"
        given = {
            "scheduledOn": day,
            "kind": self._kind(hearing),
            "outcome": self._outcome(hearing.values["ADJ_RSN"], day, last=last, absent=absent),
        }
        node = self._node("Hearing", f"eoir-hearing-{number}", given)
        self._link("HAS_HEARING", case, node)
        if code := hearing.values["HEARING_LOC_CODE"] or hearing.values["BASE_CITY_CODE"]:
            self._link("HELD_AT", node, self._court(code))
        if decides and ended is not None and ended.order is not None:
            self._order(node, *ended)

    def _kind(self, hearing: Found) -> str | None:
        code = hearing.values["CAL_TYPE"]
        if code is not None and code not in KINDS:
            self._notes.append(Note(hearing.row, "tbl_schedule.CAL_TYPE", code, UNKNOWN))
        return KINDS.get(code or "")

    def _outcome(self, reason: str | None, day: date | None, *, last: bool, absent: bool) -> str | None:
        if reason == NO_SHOW or absent:
            return "MISSED"
        if last:
            return "ATTENDED"
        if reason is not None:
            return "ADJOURNED"
        return "SCHEDULED" if day is not None and day > self._today else None

    def _order(self, hearing: NodeFact, proceeding: Found, day: date, kind: str | None) -> None:
        absent = {"Y": True, "N": False}.get(proceeding.values["ABSENTIA"] or "")
        given = {"kind": kind, "issuedOn": day, "inAbsentia": absent}
        order = self._node("CourtOrder", f"eoir-order-{proceeding.values['IDNPROCEEDING']}", given)
        self._link("RESULTED_IN", hearing, order)

    def _representation(self, child: NodeFact, case: NodeFact, number: str) -> None:
        entered = self._day("A_TblCase", self._case.case, "E_28_DATE")
        if entered is not None:
            given = {"enteredOn": entered}
            somebody = self._node("Representation", f"eoir-representation-{number}", given)
            self._link("REPRESENTED_BY", child, somebody)
            self._link("IN_CASE", somebody, case)

    def _address(self, child: NodeFact) -> None:
        """Add the postal area in which the child lives, the updated one before the first."""
        values = self._case.case.values
        for kind in ("UPDATED", "ALIEN"):
            code = self._read(f"{kind}_ZIPCODE", read_zip)
            if code is None:
                continue
            city, _ = read_name(values[f"{kind}_CITY"] or "")
            given = {"city": city, "state": self._read(f"{kind}_STATE", read_state), "postalCode": code}
            address = self._node("Address", f"eoir-area-{code}", given)
            area = postal_area(code)
            self._link("IN_AREA", address, self._node(*area))
            reported = self._day("A_TblCase", self._case.case, "ADDRESS_CHANGEDON") if kind == "UPDATED" else None
            told = {"reportedBy": "EOIR", "reportedOn": reported}
            self._links[LinkFact("RESIDES_AT", child, address, f"{child.key}-{code}", told)] = None
            return

    def _placement(self, child: NodeFact, number: str) -> None:
        """Add the release from custody, of which the courts know the day only."""
        released = self._day("A_TblCase", self._case.case, "C_RELEASE_DATE")
        if released is not None:
            placement = self._node("Placement", f"eoir-placement-{number}", {"releasedOn": released})
            self._link("HAS_PLACEMENT", child, placement)

    def _country(self) -> str | None:
        code = self._case.case.values["NAT"]
        name = self._names.countries.get(code or "")
        if code is not None and name is None and self._names.countries:
            self._notes.append(Note(self._case.case.row, "A_TblCase.NAT", code, UNKNOWN))
        return capitalised(name) if name and not NO_COUNTRY.match(name) else None

    def _read(self, column: str, reader: Callable[[str], tuple[str | None, str]]) -> str | None:
        text = self._case.case.values[column] or ""
        value, fault = reader(text)
        if fault:
            self._notes.append(Note(self._case.case.row, f"A_TblCase.{column}", text, fault))
        return value

    def _one_of(self, column: str, known: Mapping[str, str]) -> str | None:
        text = self._case.case.values[column]
        if text is None or text in ("U", "0"):
            return None
        found = known.get(text.upper())
        if found is None:
            self._notes.append(Note(self._case.case.row, f"A_TblCase.{column}", text, UNKNOWN))
        return found

    def _day_of(self, found: Found | None, column: str) -> date | None:
        """Return a day without a note, for what is read elsewhere too."""
        return read_date(found.values[column] or "", self._today)[0] if found else None

    def _day(self, table: str, found: Found, column: str, *, latest: date | None = None) -> date | None:
        text = found.values[column]
        value, fault = read_date(text or "", latest or self._today)
        if fault:
            self._notes.append(Note(found.row, f"{table}.{column}", text or "", fault))
        return value

    def _node(self, label: str, key: str, given: Mapping[str, Any]) -> NodeFact:
        return self._nodes.setdefault((label, key), NodeFact(label, key, given))

    def _link(self, kind: str, start: NodeFact, end: NodeFact) -> None:
        self._links[LinkFact(kind, start, end)] = None
