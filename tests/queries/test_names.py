from __future__ import annotations

from graph.model import MODEL
from queries.names import did_you_mean, taken_names


def test_the_closest_name() -> None:
    assert did_you_mean("minchildren", ["asOf", "minChildren"]) == " (did you mean minChildren?)"
    assert did_you_mean("SPONSER", ["Sponsor", "Child"]) == " (did you mean Sponsor?)"
    assert did_you_mean("x", ["asOf", "minChildren"]) == ""


def test_names_that_the_api_has() -> None:
    taken = taken_names(MODEL)
    assert {"node", "nodes", "search", "statistics", "child", "children", "noticesToAppear", "childAddresses"} <= taken
    assert "sponsorsWithMultipleChildren" not in taken
