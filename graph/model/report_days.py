"""When a child began to count towards the figures of oversight reports, as one list of whole numbers.

A report's table asks several days of every child. They are kept together, as the days since 1970, so that the table is
read from one index alone, without looking at a single node.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from graph.model.derived import Days, Derived, Hidden, Hop

BAD_ADDRESSES = ("BLANK", "UNDELIVERABLE", "MISSING_UNIT")
"""Values of an address's deliverability that mean that mail does not reach it."""
VISITS, SPOKEN = ("HOME_VISIT", "WELLNESS_CHECK"), ("CHILD", "BOTH")
"""Kinds of contact at which somebody sees where a child lives, and values that mean the child was spoken to."""
ALWAYS, NEVER = -9_999_999, 9_999_999
"""Numbers before and after that of every day: of what has no day but counts, and of what did not happen."""
EPOCH = date(1970, 1, 1)


class ReportDay(IntEnum):
    """The places of the list."""

    ARRIVED = 0
    """Day of the transfer to HHS, or of the entry where no transfer is on record; `ALWAYS` when neither is known."""
    ARRIVED_IN = 1
    """Its month: 100 times the year, and the month; 0 when unknown."""
    MISSED = 2
    """First day on which a hearing was missed; a missed hearing without a day counts always."""
    ISSUED = 3
    """First day on which a Notice to Appear was issued; so for the next two."""
    SERVED = 4
    FILED = 5
    RELEASED = 6
    """First day of a release; a release without a day counts always."""
    LAST_RELEASED = 7
    """Last day of a release; `ALWAYS` when none has a day. What follows is right from that day on."""
    SOUGHT = 8
    """First day after the last release on which somebody sought the child; `NEVER` when it was not released."""
    SPOKEN_TO = 9
    """First of these days on which the child was spoken to."""
    BAD_ADDRESSES = 10
    """The number of releases to addresses that mail does not reach."""


def day_number(day: date) -> int:
    """Return the days since 1970."""
    return (day - EPOCH).days


def _number(day: str) -> str:
    return f"duration.inDays(date('{EPOCH}'), {day}).days"


def _first(day: str) -> str:
    return f"coalesce({_number(f'min({day})')}, {NEVER})"


_ARRIVED = "coalesce(n.transferredOn, n.enteredOn)"
_RELEASES = "MATCH (n)-[:HAS_PLACEMENT]->(p:Placement)"
_PARTS = (
    f"[coalesce({_number(_ARRIVED)}, {ALWAYS}), coalesce({_ARRIVED}.year * 100 + {_ARRIVED}.month, 0)]",
    "COLLECT { CALL (n) { "
    "MATCH (n)-[:RESPONDENT_IN]->(:CourtCase)-[:HAS_HEARING]->(h:Hearing) WHERE h.outcome = 'MISSED' "
    "AND (NOT EXISTS { (n)-[:HAD_OUTCOME]->(h) } "
    "OR EXISTS { MATCH (n)-[own:HAD_OUTCOME]->(h) WHERE own.outcome IS NULL }) RETURN h "
    "UNION ALL MATCH (n)-[own:HAD_OUTCOME]->(h:Hearing) WHERE own.outcome = 'MISSED' RETURN h } "
    f"RETURN coalesce(min(coalesce({_number('h.scheduledOn')}, {ALWAYS})), {NEVER}) }}",
    "head(COLLECT { MATCH (n)-[:HAS_NOTICE]->(x:NoticeToAppear) "
    f"RETURN [{_first('x.issuedOn')}, {_first('x.servedOn')}, {_first('x.filedOn')}] }})",
    f"head(COLLECT {{ {_RELEASES} RETURN [coalesce(min(coalesce({_number('p.releasedOn')}, {ALWAYS})), {NEVER}), "
    f"coalesce({_number('max(p.releasedOn)')}, {ALWAYS})] }})",
    f"head(COLLECT {{ {_RELEASES} WITH count(*) AS releases, max(p.releasedOn) AS last "
    "OPTIONAL MATCH (n)-[:HAS_CONTACT]->(a:ContactAttempt) "
    "WHERE releases > 0 AND coalesce(a.attemptedOn > last, a.attemptedOn IS NOT NULL) "
    "WITH a.attemptedOn AS day, a.outcome = 'REACHED' "
    f"AND (coalesce(a.reached IN {list(SPOKEN)}, true) OR a.kind IN {list(VISITS)} AND a.childWithSponsor) AS spoken "
    f"RETURN [{_first('day')}, {_first('CASE WHEN spoken THEN day END')}] }})",
    "COLLECT { MATCH (n)-[:HAS_PLACEMENT]->(p:Placement)-[:RELEASED_TO]->(a:Address) "
    f"WHERE a.deliverability IN {list(BAD_ADDRESSES)} RETURN count(DISTINCT p) }}",
)

REPORT_DAYS = Hidden(
    "reportDays",
    "The days on which the child began to count towards the figures of oversight reports, as days since 1970.",
    Derived(
        " + ".join(_PARTS),
        (
            (Hop("RESPONDENT_IN", ">", "CourtCase"), Hop("HAS_HEARING", ">", "Hearing")),
            (Hop("HAD_OUTCOME", ">", "Hearing"),),
            (Hop("HAS_NOTICE", ">", "NoticeToAppear"),),
            (Hop("HAS_PLACEMENT", ">", "Placement"), Hop("RELEASED_TO", ">", "Address")),
            (Hop("HAS_CONTACT", ">", "ContactAttempt"),),
        ),
        Days.EVERY,
    ),
)
