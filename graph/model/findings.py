"""Findings: what the library's questions found, kept and reviewed; sweeps and reviewers write them."""

from __future__ import annotations

from datetime import date, datetime

from graph.model.kinds import End, Enumeration, Node, Pointer, Property, Relationship, Sensitivity
from graph.model.nodes import NODES

PUBLIC = Sensitivity.PUBLIC

SEVERITY = Enumeration(
    "Severity",
    "How much a finding asks for an investigator's attention.",
    {"HIGH": "Look at it first.", "MEDIUM": "Look at it next.", "LOW": "Look at it when there is time."},
)

FINDING_STATUS = Enumeration(
    "FindingStatus",
    "Where a finding stands.",
    {
        "OPEN": "Found by a sweep; nobody has reviewed it.",
        "CONFIRMED": "A reviewer says that it holds.",
        "DISMISSED": "A reviewer set it aside, with a reason and until a day.",
        "RESOLVED": "A sweep no longer found it.",
        "REOPENED": "It came back: its evidence changed, its dismissal ran out, or a reviewer put it back.",
    },
)

CHANGE_KIND = Enumeration(
    "FindingChangeKind",
    "What happened to a finding.",
    {
        "OPENED": "A sweep found it for the first time.",
        "CHANGED": "A sweep found it with other evidence, values or thresholds.",
        "RESOLVED": "A sweep no longer found it.",
        "REOPENED": "A sweep found it again after it was resolved, or changed or expired after it was dismissed.",
        "REVIEWED": "A reviewer gave it another status.",
        "ASSIGNED": "It was given to somebody, or to nobody.",
    },
)

FINDING = Node(
    "Finding",
    "What a question of the library found about its subject. It says no more than the records do.",
    (
        Property("indicator", str, "Name of the question that found it.", PUBLIC, index=True),
        Property("severity", SEVERITY, "The severity that the question gives to such a row.", PUBLIC, index=True),
        Property("status", FINDING_STATUS, "Where it stands.", index=True),
        Property("weight", int, "What its severity counts in the order of triage.", PUBLIC),
        Property("since", date, "Day of the sweep from which on it was found without a break.", index=True),
        Property("firstSeenAt", datetime, "When a sweep found it first.", index=True),
        Property("lastSeenAt", datetime, "When a sweep looked and found it last."),
        Property("values", str, "The row's values as the sweep found them last, as a JSON object by column."),
        Property("thresholds", str, "The thresholds that were used, as a JSON object by parameter.", PUBLIC),
        Property("source", str, "The published rule that it rests on, or that its thresholds are defaults.", PUBLIC),
        Property("dismissedReason", str, "Why it is dismissed."),
        Property("dismissedUntil", date, "Last day of the dismissal."),
        Property("assignee", str, "Who looks into it.", index=True),
        Property("version", int, "Number of its changes; a review names the one that it has seen."),
    ),
    indexes=(("indicator", "status", "key"),),
)

FINDING_CHANGE = Node(
    "FindingChange",
    "Something that happened to a finding; changes are added and never altered.",
    (
        Property("at", datetime, "When it happened.", index=True),
        Property("actor", str, "Who did it: a reviewer, or the sweep.", index=True),
        Property("kind", CHANGE_KIND, "What happened.", index=True),
        Property("from", str, "Status, or assignee, before; unknown for none."),
        Property("to", str, "Status, or assignee, after; unknown for none."),
        Property("reason", str, "The reason that was given."),
        Property("until", date, "Last day of a dismissal."),
        Property("values", str, "The finding's values at that time, as a JSON object by column."),
        Property("thresholds", str, "The thresholds at that time, as a JSON object by parameter.", PUBLIC),
    ),
    since="at",
)

FINDING_NODES = (FINDING, FINDING_CHANGE)
SUBJECTS = tuple(node.label for node in NODES if node.label != "Source")
"""The labels that a finding can be about, and that can be its evidence."""

FINDING_RELATIONSHIPS = (
    *(
        Relationship("HAS_SUBJECT", "Finding", label, End(), End("findings", "Findings about it."))
        for label in SUBJECTS
    ),
    *(Relationship("HAS_EVIDENCE", "Finding", label, End()) for label in SUBJECTS),
    Relationship(
        "HAS_CHANGE",
        "Finding",
        "FindingChange",
        End("changes", "Everything that happened to it."),
        End("finding", "The finding that changed.", many=False),
    ),
)

FINDING_LINKS = ("HAS_SUBJECT", "HAS_EVIDENCE")
"""The kinds of links from a finding to records."""

POINTERS = (
    Pointer(
        "subject", "What it is about: the node that identifies the row, the first of several.", "Finding", "HAS_SUBJECT"
    ),
    Pointer(
        "evidence",
        "The nodes that the row named, by the column of the question.",
        "Finding",
        "HAS_EVIDENCE",
        row="FindingEvidence",
    ),
)
