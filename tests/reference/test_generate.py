from __future__ import annotations

from collections import Counter
from random import Random

from graph.model import MODEL, Enumeration
from tests.reference.generate import random_graph
from tests.reference.small import SmallGraph


def dump(graph: SmallGraph) -> list[str]:
    things = [f"{t.label} {t.key} {t.values}" for t in graph.things]
    return things + [f"{t.start.key} {t.type} {t.end.key} {t.key} {t.values}" for t in graph.ties]


def test_same_seed_same_graph() -> None:
    assert dump(random_graph(Random(7))) == dump(random_graph(Random(7)))
    assert dump(random_graph(Random(7))) != dump(random_graph(Random(8)))


def test_graphs_fit_the_model() -> None:
    declared = {(r.type, r.start, r.end): r for r in MODEL.relationships}
    for seed in range(20):
        graph = random_graph(Random(seed))
        assert len({(thing.label, thing.key) for thing in graph.things}) == len(graph.things)
        for thing in graph.things:
            for name, value in thing.values.items():
                kind = MODEL.node(thing.label).named(name).type
                assert not isinstance(kind, Enumeration) or value in kind.values
        keys = [(tie.type, tie.key) for tie in graph.ties if tie.key]
        assert len(set(keys)) == len(keys)
        pairs = Counter((tie.type, tie.start, tie.end) for tie in graph.ties if not tie.key)
        assert set(pairs.values()) <= {1}
        for tie in graph.ties:
            relationship = declared[tie.type, tie.start.label, tie.end.label]
            assert bool(tie.key) is bool(relationship.properties)
            assert set(tie.values) <= {prop.name for prop in relationship.properties}


def test_graphs_have_what_is_hard() -> None:
    """Parallel reports, siblings who name each other, nodes reached twice, several candidates, ties, unknowns."""
    seen: Counter[str] = Counter()
    for seed in range(20):
        graph = random_graph(Random(seed))
        residences = Counter((tie.start, tie.end) for tie in graph.ties if tie.type == "RESIDES_AT")
        seen["parallel"] += max(residences.values()) > 1
        siblings = {(tie.start, tie.end) for tie in graph.ties if tie.type == "SIBLING_OF"}
        seen["mutual"] += any((end, start) in siblings for start, end in siblings)
        addresses = Counter(tie.start for tie in graph.ties if tie.type == "RELEASED_TO")
        seen["several"] += max(addresses.values(), default=0) > 1
        hops = MODEL.links("Child")["sponsors"].hops
        for child in graph.labelled("Child"):
            ends = Counter(two.thing for one in graph.steps(child, hops[0]) for two in graph.steps(one.thing, hops[1]))
            seen["twice"] += max(ends.values(), default=0) > 1
        names = Counter(child.get("lastName") for child in graph.labelled("Child"))
        seen["unknown"] += names[None] > 0
        seen["tied"] += max(names.values()) > 1
    assert min(seen[name] for name in ("parallel", "mutual", "several", "twice", "unknown", "tied")) > 0


def test_placements_have_one_child_and_one_sponsor() -> None:
    for seed in range(20):
        graph = random_graph(Random(seed))
        for kind in ("HAS_PLACEMENT", "WITH_SPONSOR"):
            ends = Counter(tie.end if kind == "HAS_PLACEMENT" else tie.start for tie in graph.ties if tie.type == kind)
            assert set(ends.values()) <= {1}


def test_kept_counts_are_what_the_links_say() -> None:
    graph = random_graph(Random(3), size=8)
    for sponsor in graph.labelled("Sponsor"):
        assert sponsor.get("childCount") == len(graph.linked(sponsor, MODEL.links("Sponsor")["children"]))
        assert sponsor.get("unrelatedChildCount") <= sponsor.get("childCount")
