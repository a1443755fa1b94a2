"""What the files of a generated graph carry, from the graph itself: records by label and key, and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from graph.store import Store
from graph.text import fold
from seed.files.addresses import read_address
from tests.seed.synthetic.graphs import Graph, Row

Link = tuple[str, str, str]
LABELS = (
    *("Child", "Placement", "PostalArea", "Address", "Employer", "LaborViolation", "NoticeToAppear", "CourtCase"),
    *("Hearing", "CourtOrder", "Representation", "Agency"),
)


@dataclass
class Carried:
    """Records by key, each with its known values as text, and links; keys of employers and addresses are left out."""

    nodes: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: {label: {} for label in LABELS})
    links: set[Link] = field(default_factory=set)

    def add(self, label: str, key: str, **values: Any) -> str:
        """Add a record, or leave it as it is."""
        self.nodes[label].setdefault(key, {name: _text(one) for name, one in values.items() if one is not None})
        return key


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def imported(store: Store) -> Carried:
    """Return what the graph holds."""
    found = Carried()
    rows = await store.read(
        "MATCH (n) WHERE n.key IS NOT NULL RETURN labels(n)[0], n.key, "
        "[p IN keys(n) WHERE NOT valueType(n[p]) STARTS WITH 'LIST' | [p, toString(n[p])]]"
    )
    names: dict[str, str] = {}
    for label, key, values in cast(list[tuple[str, str, list[tuple[str, str]]]], rows):
        if label in LABELS:
            told = {name: text for name, text in values if name in PROPERTIES[label]}
            names[key] = _named(label, key, told)
            found.nodes[label][names[key]] = told
    for kind, start, end in await store.read("MATCH (a)-[r]->(b) RETURN type(r), a.key, b.key"):
        if str(start) in names and str(end) in names:
            found.links.add((str(kind), names[str(start)], names[str(end)]))
    return found


PROPERTIES = {
    "Child": ("sex", "countryOfBirth", "enteredOn"),
    "Placement": ("releasedOn", "sponsorCategory", "relationship"),
    "PostalArea": ("postalCode",),
    "Address": ("street", "city", "state", "postalCode"),
    "Employer": ("name", "industryCode"),
    "LaborViolation": ("foundOn", "investigatedFrom", "violations", "repeated", "minorsAffected", "penalty"),
    "NoticeToAppear": ("issuedOn", "servedOn", "filedOn"),
    "CourtCase": ("openedOn", "status", "closedOn"),
    "Hearing": ("scheduledOn", "kind", "outcome", "noticeSentOn"),
    "CourtOrder": ("kind", "issuedOn", "inAbsentia"),
    "Representation": ("kind", "enteredOn", "withdrawnOn"),
    "Agency": ("code", "name", "kind"),
}


def _named(label: str, key: str, values: dict[str, str]) -> str:
    """Return a name for a record whose key is a digest: what it was made from."""
    if label == "Employer":
        return f"employer {fold(values['name'])}"
    return (
        f"address {values['street']} {values.get('postalCode')}" if label == "Address" and "street" in values else key
    )


def of_releases(graph: Graph) -> Carried:
    """Return what the HHS releases carry: a child for each placement."""
    found, number = Carried(), 0
    areas = graph.nodes["PostalArea"]
    placed, released = graph.ends("HAS_PLACEMENT", "Child"), graph.ends("RELEASED_IN", "Placement")
    for key, child in graph.nodes["Child"].items():
        for at in placed.get(key, []):
            number += 1
            placement = graph.nodes["Placement"][at]
            told = {name: child[name] for name in ("sex", "countryOfBirth", "enteredOn")}
            category = placement["sponsorCategory"]
            of = found.add("Child", f"hhs-releases-{number}", **told)
            found.add(
                "Placement",
                of,
                releasedOn=placement["releasedOn"],
                relationship=placement["relationship"],
                sponsorCategory=category and category[:1],
            )
            code = areas[released[at][0]]["postalCode"]
            area = found.add("PostalArea", f"zip-{code}", postalCode=code)
            found.links |= {("HAS_PLACEMENT", of, of), ("RELEASED_IN", of, area)}
    return found


def of_findings(graph: Graph) -> Carried:
    """Return what the compliance actions carry: cited employers at the address on record."""
    found, number = Carried(), 1_400_000
    located, cited = graph.ends("LOCATED_AT", "Employer"), graph.ends("CITED_FOR", "Employer")
    for key, employer in graph.nodes["Employer"].items():
        at = _read(graph.nodes["Address"][located[key][0]])
        for violation in cited.get(key, []):
            number += 1
            values = graph.nodes["LaborViolation"][violation]
            of = found.add(
                "LaborViolation", f"whd-case-{number}", **{name: values[name] for name in PROPERTIES["LaborViolation"]}
            )
            who = found.add("Employer", _named("Employer", "", employer), **_given("Employer", employer))
            where = found.add("Address", _named("Address", "", at), **_given("Address", at))
            area = found.add("PostalArea", f"zip-{at['postalCode']}", postalCode=at["postalCode"])
            found.links |= {("CITED_FOR", who, of), ("LOCATED_AT", who, where)}
            found.links |= {("IN_AREA", who, area), ("IN_AREA", where, area)}
        number += not cited.get(key)
    return found


def _read(address: Row) -> Row:
    """Return an address in the normal form that importers give it."""
    street, city, state, code = (str(address[name] or "") for name in PROPERTIES["Address"])
    read = read_address(street, "", city, state, code).properties
    return {name: read.get(name) for name in PROPERTIES["Address"]}


def _given(label: str, row: Row) -> Row:
    return {name: row[name] for name in PROPERTIES[label]}


def of_courts(graph: Graph) -> Carried:
    """Return what the courts' dump carries: a case of its own for each child."""
    found, case, hearing, proceeding = Carried(), 20_000, 40_000, 30_000
    for key in graph.nodes["Child"]:
        for of in graph.ends("RESPONDENT_IN", "Child").get(key, []):
            case += 1
            hearing, proceeding = _Case(graph, found, key, of).add(case, hearing, proceeding)
    return found


class _Case:
    """One child's case as the dump can tell it."""

    def __init__(self, graph: Graph, found: Carried, child: str, case: str) -> None:
        self._graph, self._found = graph, found
        self._child, self._case = child, case
        filed = graph.ends("FILED_IN", "NoticeToAppear")
        notices = graph.ends("HAS_NOTICE", "Child")[child]
        [self._notice] = [graph.nodes["NoticeToAppear"][at] for at in notices if case in filed.get(at, [])]

    def add(self, case: int, hearing: int, proceeding: int) -> tuple[int, int]:
        graph, found = self._graph, self._found
        row = graph.nodes["Child"][self._child]
        child = found.add("Child", f"eoir-child-{case}", **_given("Child", row))
        of, notice = f"eoir-case-{case}", f"eoir-notice-{case}"
        found.add("NoticeToAppear", notice, issuedOn=self._notice["issuedOn"], filedOn=self._notice["filedOn"])
        found.links |= {("RESPONDENT_IN", child, of), ("HAS_NOTICE", child, notice), ("FILED_IN", notice, of)}
        hearing, proceeding, status, closed = self._hearings(of, hearing, proceeding)
        found.add("CourtCase", of, openedOn=self._notice["filedOn"], status=status, closedOn=closed)
        [venue] = graph.ends("VENUED_AT", "CourtCase")[self._case]
        found.links.add(("VENUED_AT", of, self._court(venue)))
        self._represent(child, of, case)
        self._reside(child)
        return hearing, proceeding

    def _court(self, key: str) -> str:
        agency = self._graph.nodes["Agency"][key]
        code = agency["code"].removeprefix("EOIR-")
        return self._found.add("Agency", f"eoir-court-{code}", code=code, name=agency["name"], kind="COURT")

    def _hearings(self, of: str, hearing: int, proceeding: int) -> tuple[int, int, str, date | None]:
        graph, found = self._graph, self._found
        own = {one["end"]: one["outcome"] for one in graph.links["HAD_OUTCOME", "Child"] if one["start"] == self._child}
        status, last, decided, open_ = "PENDING", self._notice["filedOn"], None, True
        for at in graph.ends("HAS_HEARING", "CourtCase").get(self._case, []):
            hearing += 1
            values = graph.nodes["Hearing"][at]
            outcome, last = str(own.get(at, values["outcome"])), values["scheduledOn"]
            orders = graph.ends("RESULTED_IN", "Hearing").get(at, [])
            order = graph.nodes["CourtOrder"][orders[0]] if orders else None
            if order and order["inAbsentia"] and outcome != "MISSED":
                order = None
            kept = {"MISSED": "MISSED", "SCHEDULED": None}.get(outcome, "ADJOURNED")
            if outcome == "ATTENDED" and order:
                kept = "ATTENDED"
            one = found.add("Hearing", f"eoir-hearing-{hearing}", scheduledOn=last, kind=values["kind"], outcome=kept)
            found.links.add(("HAS_HEARING", of, one))
            for court in graph.ends("HELD_AT", "Hearing").get(at, []):
                found.links.add(("HELD_AT", one, self._court(court)))
            if order:
                proceeding += 1
                issued = found.add("CourtOrder", f"eoir-order-{proceeding}", **_given("CourtOrder", order))
                found.links.add(("RESULTED_IN", one, issued))
                moved = order["kind"] == "CHANGE_OF_VENUE"
                status = "PENDING" if moved else "TERMINATED" if order["kind"] == "TERMINATION" else "CLOSED"
                decided, open_ = None if moved else order["issuedOn"], moved
        if open_:
            proceeding += 1
            if graph.nodes["CourtCase"][self._case]["status"] == "ADMINISTRATIVELY_CLOSED":
                day = min(last.toordinal() + 1, date(2024, 5, 31).toordinal())
                day -= day == last.toordinal()  # No case of these graphs has hearings on both of these days.
                return hearing, proceeding, "ADMINISTRATIVELY_CLOSED", date.fromordinal(day)
        return hearing, proceeding, status, decided

    def _represent(self, child: str, of: str, case: int) -> None:
        graph = self._graph
        kept = graph.ends("REPRESENTED_BY", "Child").get(self._child, [])
        days = [graph.nodes["Representation"][at]["enteredOn"] for at in kept]
        if days:
            one = self._found.add("Representation", f"eoir-representation-{case}", enteredOn=min(days))
            self._found.links |= {("REPRESENTED_BY", child, one), ("IN_CASE", one, of)}

    def _reside(self, child: str) -> None:
        graph = self._graph
        reports = [one for one in graph.links["RESIDES_AT", "Child"] if one["start"] == self._child]
        told = [one for one in reports if one["reportedBy"] == "EOIR"]
        placed = [graph.nodes["Placement"][at] for at in graph.ends("HAS_PLACEMENT", "Child").get(self._child, [])]
        earlier = [one for one in placed if one["releasedOn"] <= self._notice["filedOn"]]
        if told:
            latest = max(told, key=lambda one: (one["reportedOn"], one["key"]))
            [area] = graph.ends("IN_AREA", "Address")[latest["end"]]
        elif placed:
            [area] = graph.ends("RELEASED_IN", "Placement")[(earlier[-1:] or placed[:1])[0]["key"]]
        else:
            return
        at = graph.nodes["PostalArea"][area]
        code = at["postalCode"]
        given = {"city": at["city"], "state": at["state"], "postalCode": code}
        where = self._found.add("Address", f"eoir-area-{code}", **given)
        self._found.add("PostalArea", f"zip-{code}", postalCode=code)
        self._found.links |= {("RESIDES_AT", child, where), ("IN_AREA", where, f"zip-{code}")}
