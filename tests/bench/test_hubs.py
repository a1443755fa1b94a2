from __future__ import annotations

from graphql import parse, validate

from bench.hubs import _figures, workloads
from bench.workloads import document
from tests.api.compiler.compiling import schema


def test_documents_are_valid_and_ask_for_two_different_children() -> None:
    for name, workload in workloads(["c1", "c2", "c3"]).items():
        assert validate(schema(), parse(document("ours", name))) == []
        for turn in range(7):
            variables = workload.turn(turn).ours[1]
            assert len(set(variables.values())) == len(variables)


def test_figures_compare_with_the_hub_and_without() -> None:
    figures = _figures({"with": [0.003, 0.003], "without": [0.002, 0.002]})
    assert (figures["ours_ms"], figures["without_hub_ms"]) == (3.0, 2.0)
    assert (figures["with_over_without"], figures["same"]) == (1.5, True)
    assert _figures({"with": [0.004], "without": [0.002]})["same"] is False
