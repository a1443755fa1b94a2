import json

from seed.synthetic.presets import figures
from seed.synthetic.truth import LARGEST_SET, Truth


def _truth(planted: int) -> Truth:
    truth = Truth()
    truth.answer("addressesSharedBySponsors", "a", 3, 2, 1)
    truth.count(2021, "children", 2)
    for number in range(planted):
        truth.plant("notReached", f"c{number}")
    return truth


def test_merging_keeps_the_order_and_adds_counts() -> None:
    truth = _truth(2)
    truth.merge(_truth(1))
    assert truth.planted["notReached"] == [("c0",), ("c1",), ("c0",)]
    assert truth.counts["notReached"] == 3
    assert truth.by_year == {2021: {"children": 4}}
    assert len(truth.answers["addressesSharedBySponsors"]) == 2


def test_the_document_is_plain_and_says_that_it_is_synthetic() -> None:
    wanted = figures("demo")
    document = json.loads(json.dumps(_truth(1).document(preset="demo", scale=1.0, seed=3, figures=wanted)))
    assert document["synthetic"] is True
    assert document["referenceDate"] == "2024-05-31"
    assert document["figures"]["without_notice"] == 1_299
    assert document["answers"]["addressesSharedBySponsors"] == {
        "parameters": {"minSponsors": 2, "maxSharing": 40},
        "columns": ["address", "sponsorCount", "childCount", "unrelatedCount"],
        "count": 1,
        "rows": [["a", 3, 2, 1]],
    }
    assert document["planted"]["notReached"] == {"columns": ["child"], "count": 1, "rows": [["c0"]]}


def test_a_large_set_is_counted_and_not_listed() -> None:
    truth = _truth(LARGEST_SET)
    truth.merge(_truth(LARGEST_SET))
    document = truth.document(preset="demo", scale=1.0, seed=3, figures=figures("demo"))
    assert document["planted"]["notReached"] == {"columns": ("child",), "count": 2 * LARGEST_SET, "rows": None}
