"""Converts the peer's answers to our shape: single links unfolded, links of two hops followed, lists sorted by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Record = dict[str, Any]
TOP = 50
PAGE = 25


def from_peer(shape: str, data: Mapping[str, Any]) -> Any:
    """Return what we answer for the same request."""
    return _SHAPES[shape](data)


def distinct(records: Iterable[Record]) -> list[Record]:
    """Return each record once, by key, in the order of their keys."""
    return [found for _, found in sorted({record["key"]: record for record in records}.items())]


def only(records: list[Record]) -> Record | None:
    """Return the record of a link to one."""
    return records[0] if records else None


def _rows(data: Mapping[str, Any]) -> Record:
    return {
        "children": {
            "nodes": [
                {
                    **_without(child, "placements"),
                    "sponsors": {"nodes": distinct(s for p in child["placements"] for s in p["sponsor"])},
                }
                for child in data["children"]
            ]
        }
    }


def _deep(data: Mapping[str, Any]) -> Record:
    child = only(data["children"])
    if child is None:
        return {"child": None}
    cases = [
        {**case, "court": only(case["court"]), "hearings": _nodes(case["hearings"])}
        for case in distinct(child["courtCases"])
    ]
    attempts = [{**attempt, "agency": only(attempt["agency"])} for attempt in distinct(child["contactAttempts"])]
    placements = [_placement(placement) for placement in distinct(child["placements"])]
    return {
        "child": {
            **child,
            "placements": {"nodes": placements},
            "courtCases": {"nodes": cases},
            "contactAttempts": {"nodes": attempts},
        }
    }


def _placement(placement: Record) -> Record:
    sponsor = only(placement["sponsor"])
    if sponsor is None:
        return {**placement, "sponsor": None}
    addresses = [{**address, "postalArea": only(address["postalArea"])} for address in distinct(sponsor["addresses"])]
    others = [{**other, "child": only(other["child"])} for other in distinct(sponsor["placements"])]
    linked = {"addresses": {"nodes": addresses}, "placements": {"nodes": others[:PAGE]}}
    return {**placement, "sponsor": {**sponsor, **linked}}


def _nodes(records: list[Record]) -> Record:
    return {"nodes": distinct(records)}


def _page(data: Mapping[str, Any]) -> Record:
    return {
        "sponsors": {
            "nodes": [
                {
                    **_without(sponsor, "placements"),
                    "children": {"nodes": _children(sponsor)},
                    "addresses": {"nodes": distinct(sponsor["addresses"])},
                }
                for sponsor in data["sponsors"]
            ]
        }
    }


def _risk(data: Mapping[str, Any]) -> Record:
    return _rows_of_risk(
        (sponsor["childCount"], sponsor["unrelatedChildCount"], sponsor, _children(sponsor))
        for sponsor in data["sponsors"]
    )


def _risk_uncounted(data: Mapping[str, Any]) -> Record:
    found = []
    for sponsor in data["sponsors"]:
        children = _children(sponsor)
        unrelated = {
            child["key"]
            for placement in sponsor["placements"]
            if placement["relationship"] in ("FAMILY_FRIEND", "UNRELATED")
            for child in placement["child"]
        }
        found.append((len(children), len(unrelated), sponsor, children))
    return _rows_of_risk(sorted(found, key=lambda row: (-row[0], row[2]["key"]))[:TOP])


def _rows_of_risk(rows: Iterable[tuple[int, int, Record, list[Record]]]) -> Record:
    return {
        "sponsorsWithMultipleChildren": {
            "nodes": [
                {
                    "childCount": count,
                    "unrelatedCount": unrelated,
                    "sponsor": {
                        "key": sponsor["key"],
                        "lastName": sponsor["lastName"],
                        "children": {"nodes": children[:PAGE]},
                    },
                }
                for count, unrelated, sponsor, children in rows
            ]
        }
    }


def _filter(data: Mapping[str, Any]) -> Record:
    found = data["childrenConnection"]
    return {"children": {"totalCount": found["totalCount"], "nodes": [edge["node"] for edge in found["edges"]]}}


def _children(sponsor: Record) -> list[Record]:
    return distinct(child for placement in sponsor["placements"] for child in placement["child"])


def _without(record: Record, name: str) -> Record:
    return {field: value for field, value in record.items() if field != name}


_SHAPES: Mapping[str, Callable[[Mapping[str, Any]], Record]] = {
    "rows": _rows,
    "deep": _deep,
    "page": _page,
    "risk": _risk,
    "riskUncounted": _risk_uncounted,
    "filter": _filter,
    "variedFilter": _filter,
}
