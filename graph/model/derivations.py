"""The derived properties of the graph's nodes, and how each follows from the graph."""

from __future__ import annotations

from graph.model.derived import Derived, Hop, LatestDay
from graph.model.kinds import Property

LATEST_RELEASE = LatestDay("latestRelease", "Placement", "releasedOn", Hop("WITH_SPONSOR", ">", "Sponsor"))
"""Latest day on which a child was released to a sponsor."""

_CHILDREN = "MATCH (n)<-[:WITH_SPONSOR]-(p:Placement)<-[:HAS_PLACEMENT]-(c:Child)"
_TO_SPONSOR = (Hop("WITH_SPONSOR", "<", "Placement"), Hop("HAS_PLACEMENT", "<", "Child"))

SPONSOR_COUNTS = (
    Property(
        "childCount",
        int,
        "Kept count of children released to the sponsor.",
        index=True,
        derived=Derived(f"COUNT {{ {_CHILDREN} RETURN DISTINCT c }}", (_TO_SPONSOR,), LATEST_RELEASE),
    ),
    Property(
        "unrelatedChildCount",
        int,
        "Kept count of children released to the sponsor as a family friend or unrelated adult.",
        index=True,
        derived=Derived(
            f"COUNT {{ {_CHILDREN} WHERE p.relationship IN ['FAMILY_FRIEND', 'UNRELATED'] RETURN DISTINCT c }}",
            (_TO_SPONSOR,),
            LATEST_RELEASE,
        ),
    ),
)

ADDRESS_COUNTS = (
    Property(
        "sponsorCount",
        int,
        "Kept count of sponsors who reside there or had a child released there.",
        index=True,
        derived=Derived(
            "COUNT { MATCH (n)<-[:RESIDES_AT]-(s:Sponsor) RETURN s "
            "UNION MATCH (n)<-[:RELEASED_TO]-(:Placement)-[:WITH_SPONSOR]->(s:Sponsor) RETURN s }",
            (
                (Hop("RESIDES_AT", "<", "Sponsor"),),
                (Hop("RELEASED_TO", "<", "Placement"), Hop("WITH_SPONSOR", ">", "Sponsor")),
            ),
        ),
    ),
    Property(
        "childCount",
        int,
        "Kept count of children released there.",
        index=True,
        derived=Derived(
            "COUNT { MATCH (n)<-[:RELEASED_TO]-(:Placement)<-[:HAS_PLACEMENT]-(c:Child) RETURN DISTINCT c }",
            ((Hop("RELEASED_TO", "<", "Placement"), Hop("HAS_PLACEMENT", "<", "Child")),),
        ),
    ),
)
