from __future__ import annotations

from typing import Any

from bench.same import distinct, from_peer, only


def child(key: str) -> dict[str, Any]:
    return {"key": key, "firstName": "A", "dateOfBirth": None}


def test_records_are_given_once_in_the_order_of_their_keys() -> None:
    assert distinct([child("b"), child("a"), child("b")]) == [child("a"), child("b")]
    assert only([]) is None


def test_a_path_of_two_hops_becomes_a_list_of_its_ends() -> None:
    sponsor = {"key": "s", "firstName": "B", "lastName": "C"}
    found = from_peer(
        "rows", {"children": [{"key": "c", "placements": [{"sponsor": [sponsor]}, {"sponsor": [sponsor]}]}]}
    )
    assert found == {"children": {"nodes": [{"key": "c", "sponsors": {"nodes": [sponsor]}}]}}


def test_an_unknown_child_is_null() -> None:
    assert from_peer("deep", {"children": []}) == {"child": None}


def test_without_counts_children_are_counted_once_and_the_top_is_taken() -> None:
    def sponsor(key: str, *placements: tuple[str, str]) -> dict[str, Any]:
        found = [{"relationship": relationship, "child": [child(name)]} for relationship, name in placements]
        return {"key": key, "lastName": None, "placements": found}

    few = sponsor("a", ("PARENT", "1"), ("UNRELATED", "1"), ("UNRELATED", "1"))
    more = sponsor("b", ("PARENT", "2"), ("FAMILY_FRIEND", "3"), ("COUSIN", "4"))
    found = from_peer("riskUncounted", {"sponsors": [few, more]})
    rows = found["sponsorsWithMultipleChildren"]["nodes"]
    assert [(row["sponsor"]["key"], row["childCount"], row["unrelatedCount"]) for row in rows] == [
        ("b", 3, 1),
        ("a", 1, 1),
    ]
