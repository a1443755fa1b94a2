"""Links over several relationships, and those that choose one of many."""

from __future__ import annotations

from graph.model.derived import Hop
from graph.model.kinds import Choice, Link

_PLACEMENT = Hop("HAS_PLACEMENT", ">", "Placement")
PATHS = (
    Link(
        "sponsors",
        "Sponsors to whom the child was released.",
        "Child",
        "Sponsor",
        many=True,
        hops=(_PLACEMENT, Hop("WITH_SPONSOR", ">", "Sponsor")),
    ),
    Link(
        "currentPlacement",
        "The latest release, unless it has ended.",
        "Child",
        "Placement",
        many=False,
        choices=(Choice(_PLACEMENT, open="endedOn", latest="releasedOn"),),
    ),
    Link(
        "currentAddress",
        "The latest reported address that has no end, else the current placement's.",
        "Child",
        "Address",
        many=False,
        choices=(
            Choice(Hop("RESIDES_AT", ">", "Address"), open="until", latest="since", on_relationship=True),
            Choice(_PLACEMENT, open="endedOn", latest="releasedOn", then=Hop("RELEASED_TO", ">", "Address")),
        ),
    ),
    Link(
        "hearings",
        "Hearings in all of the child's cases.",
        "Child",
        "Hearing",
        many=True,
        hops=(Hop("RESPONDENT_IN", ">", "CourtCase"), Hop("HAS_HEARING", ">", "Hearing")),
    ),
    Link(
        "children",
        "Children released to the sponsor.",
        "Sponsor",
        "Child",
        many=True,
        hops=(Hop("WITH_SPONSOR", "<", "Placement"), Hop("HAS_PLACEMENT", "<", "Child")),
    ),
    Link(
        "children",
        "Children whose case is heard.",
        "Hearing",
        "Child",
        many=True,
        hops=(Hop("HAS_HEARING", "<", "CourtCase"), Hop("RESPONDENT_IN", "<", "Child")),
    ),
)
