"""The workloads: what each of the three systems is asked, and how their answers become comparable."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from api.compiler.ids import global_id
from bench.client import request
from bench.same import from_peer
from bench.systems import System
from graph.text import twin

HERE = Path(__file__).parent
COUNTRIES = ("Honduras", "Guatemala", "El Salvador", "Mexico", "Ecuador", "Nicaragua", "Brazil", "Haiti")
RELATIONSHIPS = ("UNRELATED", "FAMILY_FRIEND", "OTHER_RELATIVE", "COUSIN")
UNKNOWN_COUNTRIES = 42


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, in the form of each system: the name of a document or statement, and its variables or values."""

    shape: str
    ours: tuple[str, Mapping[str, Any]]
    peer: tuple[str, Mapping[str, Any]]
    limit: tuple[str, Sequence[Any]]

    def bytes_for(self, system: System) -> bytes:
        """Return the request to a system."""
        if system.name == "limit":
            name, values = self.limit
            return _to_limit(f"{system.url}/{name}", list(values), system.token)
        name, variables = self.ours if system.name == "ours" else self.peer
        content = {"query": document(system.name, name), "variables": variables}
        return request(system.url, content, token=system.token)

    def comparable(self, system: System, data: Any) -> Any:
        """Return a system's answer in the shape and order that all three share."""
        return from_peer(self.shape, data) if system.name == "peer" else data


@dataclass(frozen=True, slots=True)
class Workload:
    """What is asked again and again: the request of each turn; `means` asks for means instead of medians."""

    name: str
    doc: str
    turn: Callable[[int], Asked]
    means: bool = False
    counts_all: bool = False


@cache
def document(system: str, name: str) -> str:
    """Return a GraphQL document of a system."""
    return (HERE / system / f"{name}.graphql").read_text()


def workloads(children: Sequence[str]) -> dict[str, Workload]:
    """Return all workloads by name; `children` are keys of children to ask for, at least one."""

    def deep(turn: int) -> Asked:
        return _deep(children[turn % len(children)])

    found = (
        Workload("rows", "1,000 children, 6 fields, their sponsors", lambda _: _plain("rows")),
        Workload("deep", "one child: sponsor, the sponsor's others, court, contact; four links deep", deep),
        Workload("page", "50 sponsors with children and addresses", lambda _: _plain("page")),
        Workload("risk", "top 50 sponsors of several children, counts readable", lambda _: _plain("risk")),
        Workload("riskUncounted", "the same, counts hidden from the peer", lambda _: _uncounted(), False, True),
        Workload("filter", "children by conditions on two links, 50 rows and total", lambda _: _filter(), False, True),
        Workload("varied", "deep and filter, other values each time", lambda t: _varied(t, children), True, True),
    )
    return {workload.name: workload for workload in found}


def _plain(name: str) -> Asked:
    return Asked(name, (name, {}), (name, {}), (name, ()))


def _uncounted() -> Asked:
    return Asked("riskUncounted", ("risk", {}), ("riskUncounted", {}), ("risk", ()))


def _deep(key: str) -> Asked:
    return Asked("deep", ("deep", {"id": global_id("Child", key)}), ("deep", {"key": key}), ("deep", [key]))


def _filter() -> Asked:
    relationships, day = RELATIONSHIPS[:2], "2021-10-01"
    ours = {
        "placements": {"some": {"relationship": {"in": relationships}, "releasedOn": {"gte": day}}},
        "courtCases": {"some": {"hearings": {"some": {"outcome": {"eq": "MISSED"}}}}},
    }
    peer = {
        "placements": {"some": {"relationship": {"in": relationships}, "releasedOn": {"gte": day}}},
        "courtCases": {"some": {"hearings": {"some": {"outcome": {"eq": "MISSED"}}}}},
    }
    return Asked(
        "filter", ("filter", {"filter": ours}), ("filter", {"where": peer}), ("filter", ["MISSED", relationships, day])
    )


def _varied(turn: int, children: Sequence[str]) -> Asked:
    """Return the deep and the filter shape in turns: lists of 1 to 50 entries, texts of different lengths, some nulls.

    A whole filter is never null: the peer would then load every child at once, which needs too much memory.
    """
    rng = random.Random(turn)
    if turn % 2:
        known = rng.random() < 0.8
        return _deep(rng.choice(children) if known else "x" * rng.randint(1, 50))
    countries = rng.sample(COUNTRIES, rng.randint(1, len(COUNTRIES)))
    countries += [f"Nowhere {n}" for n in range(rng.randint(0, UNKNOWN_COUNTRIES))]
    name, day = "M" + "a" * rng.randint(0, 30), f"{rng.randint(2019, 2022)}-10-01"
    where = {
        "countryOfBirth": {"in": countries},
        "placements": {"some": {"releasedOn": {"gte": day}}},
        "courtCases": {"some": {"hearings": {"some": {"outcome": {"eq": "MISSED"}}}}},
    }
    after = {"after": None} if rng.random() < 0.5 else {}
    return Asked(
        "variedFilter",
        ("filter", {"filter": {**where, "firstName": {"gte": name}}, **after}),
        ("filter", {"where": {**where, "firstNameFolded": {"gte": twin(name)}}, **after}),
        ("variedFilter", ["MISSED", countries, twin(name), day]),
    )


def _to_limit(url: str, values: list[Any], token: str) -> bytes:
    return request(url, values, token=token)
