"""Releases converted to records: the child, its placement, and the postal area that it was released in."""

from __future__ import annotations

from seed.files.records import LinkFact, NodeFact, NoLink, Record, postal_area
from seed.hhs_releases.releases import Release


def record_of(key: str, release: Release) -> Record:
    """Return the record of a release; `key` is that of its child and of its placement."""
    child = NodeFact(
        "Child",
        key,
        {"countryOfBirth": release.country, "sex": release.sex, "enteredOn": release.entered_on},
    )
    placement = NodeFact(
        "Placement",
        key,
        {
            "releasedOn": release.released_on,
            "sponsorCategory": release.category,
            "relationship": release.relationship,
        },
    )
    placed = LinkFact("HAS_PLACEMENT", child, placement)
    if release.postal_code is None:
        none = NoLink("RELEASED_IN", placement, "PostalArea")
        return Record(release.row, (child, placement), (placed,), release.notes, (none,))
    area = postal_area(release.postal_code)
    links = (placed, LinkFact("RELEASED_IN", placement, area))
    return Record(release.row, (child, placement, area), links, release.notes)
