from __future__ import annotations

import json

from graphql import parse, validate

from bench.limit import STATEMENTS
from bench.systems import System
from bench.type_definitions import type_definitions
from bench.workloads import document, workloads
from tests.api.compiler.compiling import schema

KNOWN = workloads(["c1", "c2"])


def test_our_documents_are_valid_and_every_statement_of_the_limit_is_there() -> None:
    for workload in KNOWN.values():
        for turn in range(40):
            asked = workload.turn(turn)
            assert validate(schema(), parse(document("ours", asked.ours[0]))) == []
            assert len(parse(document("peer", asked.peer[0])).definitions) == 1
            assert (STATEMENTS / f"{asked.limit[0]}.cypher").exists()


def test_a_turn_is_the_same_request_each_time() -> None:
    system = System("ours", "http://127.0.0.1:1/graphql", "token")
    varied = KNOWN["varied"]
    assert varied.turn(7).bytes_for(system) == varied.turn(7).bytes_for(system) != varied.turn(8).bytes_for(system)


def test_varied_values_differ_in_length_and_some_are_null() -> None:
    turns = [asked.ours[1] for turn in range(200) if (asked := KNOWN["varied"].turn(turn)).shape != "deep"]
    lengths = {len(found["filter"]["countryOfBirth"]["in"]) for found in turns}
    assert min(lengths) < 5
    assert 40 < max(lengths) <= 50
    assert {"after" in found for found in turns} == {True, False}


def test_a_request_says_how_long_it_is() -> None:
    head, _, body = KNOWN["deep"].turn(0).bytes_for(System("peer", "http://127.0.0.1:1/", "t")).partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["variables"] == {"key": "c1"}


def test_the_peer_has_the_same_labels_and_links() -> None:
    text = type_definitions()
    assert 'type Child @node @plural(value: "children") {' in text
    assert 'addresses: [Address!]! @relationship(type: "RESIDES_AT", direction: OUT, properties: "ResidesAt")' in text
    assert len(parse(text).definitions) > 20
