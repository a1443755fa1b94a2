from __future__ import annotations

from bench.readme import BEGIN, END, replaced
from bench.results import compared, throughput

MACHINE = {
    "cores": 2,
    "memory_gib": 23.5,
    "system": "Linux x86_64",
    "python": "3.11.7",
    "node": "v20.1.0",
    "neo4j": "2026.08.1",
    "children": 448_000,
    "nodes": 3_500_000,
    "relationships": 10_000_000,
}

FILES = {
    "dump_rows": {"a": 1_000_000, "b": 234_567},
    "choosing": {"cases": 30_000, "choosing_s": 12.34, "counting_s": 6.2, "choosing_over_counting": 1.99},
    "dump": {"ours_s": 90.0, "by_hand_s": 99.0, "hand_over_ours": 1.1},
    "releases": {"ours_s": 80.0, "by_hand_s": 84.0, "hand_over_ours": 1.05},
    "releases_rows": 553_322,
    "memory_mib": {"500 rows": 900.4, "1,000 rows": 1_100.6},
}


def test_the_figures_stand_between_the_marks_and_nothing_else_changes() -> None:
    document = {
        "machine": MACHINE,
        "workloads": {"rows": compared({"ours": [0.001], "peer": [0.003], "limit": [0.001]})},
        "throughput": throughput({"ours": [1000.0], "peer": [250.0], "limit": [1100.0]}),
        "start": {
            "ours_s": 3.9,
            "neo4j_s": 3.25,
            "ours_over_neo4j": 1.2,
            "neo4j_cached_s": 2.6,
            "ours_over_neo4j_cached": 1.5,
        },
        "hubs": {"connection": {"with_over_without": 1.234}},
        "findings": {
            "indicators": 21,
            "ours_over_limit": 1.1,
            "ours_over_limit_median": 0.98,
            "live_over_findings": 9.04,
            "live_over_findings_median": 12.34,
        },
        "sweeps": {
            "findings": 600_000,
            "touched": 100,
            "full_sweep_s": 300.0,
            "second_full_sweep_s": 200.0,
            "by_hand_s": 250.0,
            "sweep_over_hand": 1.2,
            "touched_sweep_s": 1.5,
            "touched_over_full": 0.005,
            "touched_over_second_full": 0.0075,
        },
        "questions": {
            "questions": {"one": {}, "two": {}},
            "swept_ms_median": 4.2,
            "swept_ms_slowest": 30.5,
            "swept_over_hand_slowest": 1.25,
            "stricter_ms_slowest": 80.0,
            "live_ms_median": 700.0,
            "live_ms_slowest": 3900.0,
            "live_over_hand_slowest": 1.09,
        },
        "growth": {"rows": {"ours_ms": {"45000": 1.0, "448000": 1.1}, "largest_over_least": 1.1, "same": True}},
    }
    once = replaced(f"before\n{BEGIN}\nearlier figures\n{END}\nafter\n", document)
    assert replaced(once, document) == once
    assert once.startswith(f"before\n{BEGIN}\n")
    assert once.endswith(f"{END}\nafter\n")
    assert "earlier figures" not in once
    assert "| `rows` | 1.00 ms | 3.00 ms | 1.00 ms | 3.00 | 1.00 |" in once
    assert "| `throughput` | 1,000/s | 250/s | 1,100/s | 4.00 | 1.10 |" in once
    assert "3.9 s, 1.20 times the 3.25 s" in once
    assert "1.50 times the 2.6 s" in once
    assert "`connection` 1.23." in once
    assert "evidence takes 0.98 times as long as the limit (at most 1.10)" in once
    assert "asked live takes 12.3 times as long (at least 9.0). Both are medians over the 21 indicators" in once
    assert "A full sweep for 600,000 findings takes 300 s, 1.20 times the 250 s" in once
    assert "after 100 touched children takes 1.50 s, 0.0050 of that (0.0075 of the 200 s of a second" in once
    assert "4.2 ms after a sweep of the day (median over 2 questions; at most 30.5 ms, and 1.25 times" in once
    assert "at most 80 ms with stricter thresholds, and asked live 700 ms (at most 3900 ms, and 1.09 times" in once
    assert "at 45,000, 448,000 children: `rows` 1.10." in once


def test_the_figures_of_files_are_told() -> None:
    document = {"machine": MACHINE, "workloads": {}, "files": FILES}
    once = replaced(f"{BEGIN}{END}", document)
    assert "Choosing 30,000 cases from made-up files of 1,234,567 rows takes 12.3 s, 1.99 times the 6.2 s" in once
    assert "Loading these cases: 90 s; batches by hand that write the same take 99 s (1.10)." in once
    assert "Loading 553,322 releases: 80 s; batches by hand that write the same take 84 s (1.05)." in once
    assert "takes: 900 MiB for 500 rows, 1,101 MiB for 1,000 rows." in once
