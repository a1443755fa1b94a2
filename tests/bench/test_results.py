from __future__ import annotations

import json

from rich.console import Console

from bench.results import compared, extremes, slowest_over_median, summary, table, throughput


def test_a_summary_has_the_middle_and_the_spread_in_milliseconds() -> None:
    times = [n / 1000 for n in range(1, 12)]
    assert summary(times) == {"median": 6.0, "mean": 6.0, "p10": 2.0, "p90": 10.0, "slowest": 11.0}
    assert summary([0.5])["p90"] == 500.0


def test_figures_compare_medians() -> None:
    figures = compared({"ours": [0.002, 0.004, 0.1], "peer": [0.012], "limit": [0.002]})
    assert (figures["ours_ms"], figures["peer_ms"], figures["limit_ms"]) == (4.0, 12.0, 2.0)
    assert (figures["peer_over_ours"], figures["ours_over_limit"]) == (3.0, 2.0)
    assert figures["requests"] == {"ours": 3, "peer": 1, "limit": 1}


def test_figures_compare_means_where_the_requests_differ() -> None:
    figures = compared({"ours": [0.001, 0.003], "peer": [0.004]}, means=True)
    assert (figures["ours_ms"], figures["peer_over_ours"]) == (2.0, 2.0)


def test_the_slowest_is_held_against_the_median_of_its_own_shape() -> None:
    assert slowest_over_median({"deep": [1.0, 1.0, 2.0], "filter": [50.0, 50.0, 75.0]}) == 2.0


def test_throughput_compares_rates() -> None:
    figures = throughput({"ours": [900.0, 1000.0, 800.0], "peer": [300.0], "limit": [990.0]})
    assert (figures["ours_rps"], figures["peer_ratio"], figures["limit_ratio"]) == (900.0, 3.0, 1.1)
    assert figures["spread_rps"]["ours"] == extremes([900.0, 1000.0, 800.0]) == [800.0, 1000.0]


def test_the_document_is_json_and_makes_a_table() -> None:
    document = {
        "workloads": {"rows": compared({"ours": [0.001], "peer": [0.003], "limit": [0.001]})},
        "throughput": throughput({"ours": [900.0], "peer": [300.0], "limit": [990.0]}),
    }
    console = Console(width=160, record=True, file=None, quiet=False)
    with console.capture() as shown:
        console.print(table(json.loads(json.dumps(document))))
    assert "1.0 (1.0 to 1.0)" in shown.get()
    assert "900/s" in shown.get()
