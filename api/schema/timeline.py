"""A child's timeline: its field, the entries, and the kinds of facts in it."""

from __future__ import annotations

from api.compiler.facts import FACTS
from api.schema.objects import NODE
from api.schema.registry import Argument, Output, Registry

KIND = "TimelineKind"


def add_timeline(registry: Registry) -> None:
    """Make the entry of a timeline, and the kinds of facts."""
    registry.add_enum(
        KIND, "What a fact of a timeline is.", {fact.kind: (fact.kind, f"{fact.title}.") for fact in FACTS}
    )
    registry.add_object(
        "TimelineEntry",
        "Something on record about a child, with its day.",
        (
            Output("on", "Date!", "Day on which it happened, or is to."),
            Output("kind", f"{KIND}!", "What it is."),
            Output("summary", "String!", "What it is in words, with the record's own codes; no names or numbers."),
            Output("agency", "String", "Code of the agency that did, reported or was told it. Null when unknown."),
            Output("node", f"{NODE}!", "The record that says so."),
            Output("source", "Source", "The source that recorded it first. Null when unknown."),
            Output("recordedOn", "Date", "Day on which that was recorded, in UTC. Null when unknown."),
        ),
    )


def timeline_output() -> Output:
    """Return the field of a child that gives its timeline."""
    return Output(
        "timeline",
        "[TimelineEntry!]!",
        "What all agencies have on record about the child, in the order in which it happened: each fact with its "
        "source and when that recorded it. Facts without a day are left out.",
        (Argument("asOf", "Date", "Only facts dated up to this day. Today in UTC unless given."),),
    )
