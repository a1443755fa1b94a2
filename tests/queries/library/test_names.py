from __future__ import annotations

from graph.model import MODEL
from queries.library.names import did_you_mean, taken_names


def test_the_closest_name() -> None:
    assert did_you_mean("minchildren", ["asOf", "minChildren"]) == " (did you mean minChildren?)"
    assert did_you_mean("SPONSER", ["Sponsor", "Child"]) == " (did you mean Sponsor?)"
    assert did_you_mean("x", ["asOf", "minChildren"]) == ""


def test_names_that_are_near_in_a_word() -> None:
    known = ["childTimeline", "sponsorRings", "phonesSharedBySponsors", "addressesSharedBySponsors"]
    assert did_you_mean("shared", known) == " (did you mean phonesSharedBySponsors or addressesSharedBySponsors?)"
    assert did_you_mean("Timline", known) == " (did you mean childTimeline?)"
    assert did_you_mean("zz", known) == did_you_mean("", known) == did_you_mean("zz", [], always=True) == ""
    assert did_you_mean("zz", ["a", "b"], always=True) == " (did you mean a or b?)"


def test_names_that_the_api_has() -> None:
    taken = taken_names(MODEL, {"search"})
    assert {"search", "child", "children", "noticesToAppear", "childAddresses", "findingEvidence", "weights"} <= taken
    assert "sponsorsWithMultipleChildren" not in taken
