from __future__ import annotations

from datetime import date

from tests.reference.small import SmallGraph, Thing, link


def child(graph: SmallGraph, key: str) -> Thing:
    return next(thing for thing in graph.labelled("Child") if thing.key == key)


def keys(graph: SmallGraph, thing: Thing, name: str) -> list[str]:
    return sorted(one.tie.key if one.tie else one.thing.key for one in graph.linked(thing, link(thing.label, name)))


def test_links_over_relationships_give_each_one(graph: SmallGraph) -> None:
    assert keys(graph, child(graph, "ana"), "addresses") == ["r1", "r2", "r3"]


def test_paths_give_each_node_once(graph: SmallGraph) -> None:
    ana = child(graph, "ana")
    again = graph.add("Placement", "p4")
    graph.tie(ana, "HAS_PLACEMENT", again)
    graph.tie(again, "WITH_SPONSOR", graph.labelled("Sponsor")[0])
    assert keys(graph, ana, "sponsors") == ["juan", "rosa"]
    assert keys(graph, graph.labelled("Sponsor")[0], "children") == ["ana", "luis"]


def test_siblings_are_read_in_both_directions_and_counted_once(graph: SmallGraph) -> None:
    ana, luis = child(graph, "ana"), child(graph, "luis")
    assert keys(graph, ana, "siblings") == ["luis"]
    assert keys(graph, luis, "siblings") == ["ana"]
    graph.tie(luis, "SIBLING_OF", ana)
    assert keys(graph, ana, "siblings") == ["luis"]


def test_one_of_several_is_that_of_the_least_key(graph: SmallGraph) -> None:
    placement = graph.labelled("Placement")[0]
    graph.tie(placement, "WITH_SPONSOR", graph.labelled("Sponsor")[1])
    found = graph.single(placement, link("Placement", "sponsor"))
    assert found is not None
    assert found.key == "juan"


def test_current_placement_is_the_latest_that_has_not_ended(graph: SmallGraph) -> None:
    ana = child(graph, "ana")

    def current() -> str | None:
        found = graph.single(ana, link("Child", "currentPlacement"))
        return None if found is None else found.key

    assert current() == "p1"
    graph.tie(ana, "HAS_PLACEMENT", graph.add("Placement", "p0"))
    assert current() == "p1"
    graph.tie(ana, "HAS_PLACEMENT", graph.add("Placement", "p5", releasedOn=date(2024, 2, 1)))
    assert current() == "p5"
    graph.tie(ana, "HAS_PLACEMENT", graph.add("Placement", "p4", releasedOn=date(2024, 2, 1)))
    assert current() == "p4"


def test_current_address_is_the_latest_report_without_an_end(graph: SmallGraph) -> None:
    ana = child(graph, "ana")

    def current() -> str | None:
        found = graph.single(ana, link("Child", "currentAddress"))
        return None if found is None else found.key

    assert current() == "home"
    graph.ties = [tie for tie in graph.ties if tie.key != "r1"]
    assert current() == "flat"


def test_current_address_falls_back_to_the_current_placement(graph: SmallGraph) -> None:
    ana = child(graph, "ana")
    graph.ties = [tie for tie in graph.ties if tie.type != "RESIDES_AT"]
    found = graph.single(ana, link("Child", "currentAddress"))
    assert found is not None
    assert found.key == "home"
    graph.tie(ana, "HAS_PLACEMENT", graph.add("Placement", "p5", releasedOn=date(2024, 2, 1)))
    assert graph.single(ana, link("Child", "currentAddress")) is None


def test_ids_name_one_node(graph: SmallGraph) -> None:
    ana = child(graph, "ana")
    assert graph.by_id(ana.id) is ana
    assert graph.by_id(ana.id, "Child") is ana
    assert graph.by_id(ana.id, "Sponsor") is None
    assert graph.by_id("!") is None
