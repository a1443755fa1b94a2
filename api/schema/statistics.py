"""The types of counts: statistics by dimension, and the oversight summary."""

from __future__ import annotations

from collections.abc import Iterator

from api.schema.registry import Argument, Output, Registry
from api.statistics import DIMENSIONS, MOST_ROWS, SUBJECTS

DIMENSION = "StatisticsDimension"
_SUBJECT = "StatisticsOf"
_SYNTHETIC = Output("synthetic", "Boolean!", "Whether the graph holds made-up records.")
_VALUE = Output("value", "String", "The group's value; null where it is unknown or there is none.")
_LABEL = Output("label", "String!", "The value in words; `unknown` where it is null.")


def add_statistics(registry: Registry) -> None:
    """Make the enums, the filter and the rows of statistics."""
    registry.add_enum(_SUBJECT, "What is counted.", {subject.name: (subject.name, subject.doc) for subject in SUBJECTS})
    registry.add_enum(
        DIMENSION,
        "What counts are by. Each says which of the subjects it goes with.",
        {
            dimension.name: (dimension.name, f"{dimension.doc} For: {_subjects(dimension.name)}.")
            for dimension in DIMENSIONS
        },
    )
    registry.add_input(
        "StatisticsFilter",
        "Which of the subjects are counted: the filter of what is counted, under its own name, and no other.",
        [
            Argument(s.field, f"{s.label}Filter", f"When {s.name} are counted: only those for which this holds.")
            for s in SUBJECTS
        ],
    )
    registry.add_object(
        "StatisticsValue",
        "One of the values that a row is about.",
        (Output("dimension", f"{DIMENSION}!", "What it is a value of."), _VALUE, _LABEL),
    )
    registry.add_object(
        "StatisticsRow",
        "How many there are in a group.",
        (
            Output("values", "[StatisticsValue!]!", "The group's values, in the order of `groupBy`."),
            Output("count", "Int!", "How many distinct ones are in the group."),
        ),
    )
    registry.add_object(
        "Statistics",
        "A table of counts.",
        (
            Output(
                "rows",
                "[StatisticsRow!]!",
                f"The groups that are not empty, ordered by their values, unknown ones last; at most {MOST_ROWS:,}. "
                "One that has several values of a dimension, such as a child released to two states, counts once in "
                "each group, so counts may add up to more than the total.",
            ),
            Output("totalCount", "Int!", "How many distinct ones were counted in all groups together."),
            _SYNTHETIC,
        ),
    )
    _add_oversight(registry)


def _add_oversight(registry: Registry) -> None:
    count = "Int!"
    registry.add_object(
        "OversightFigures",
        "The figures of one group of children, counted by the records up to the day asked about.",
        (
            _VALUE,
            _LABEL,
            Output(
                "fiscalYear", "Int", "The fiscal year, where the summary is by it; null for unknown and for the total."
            ),
            Output("transferred", count, "Children transferred to HHS."),
            Output("missedHearing", count, "Children with at least one missed hearing."),
            Output(
                "withoutNotice", count, "Children without a Notice to Appear filed with a court, whatever the reason."
            ),
            Output("notIssued", count, "Of these: none is on record as issued."),
            Output("notServed", count, "Of these: issued, and none is on record as served."),
            Output("notFiled", count, "Of these: served, and none is on record as filed."),
            Output(
                "notReached",
                count,
                "Children with attempts at contact on or after the day of a release, none of which reached anybody.",
            ),
            Output("notReachedShare", "Float", "Their share of the children transferred; null when there are none."),
            Output(
                "badAddresses",
                count,
                "Releases of these children to an address that is blank, undeliverable or lacks its unit.",
            ),
        ),
    )
    registry.add_object(
        "OversightSummary",
        "The inspector general's table.",
        (
            Output("by", f"{DIMENSION}!", "What the rows are by."),
            Output(
                "rows",
                "[OversightFigures!]!",
                "The groups that have children, ordered by their values, unknown last. A child with several values, "
                "such as cases before two courts, counts once in each.",
            ),
            Output("total", "OversightFigures!", "All children of the fiscal years asked for, each once."),
            _SYNTHETIC,
        ),
    )


def _subjects(dimension: str) -> str:
    return ", ".join(subject.name for subject in SUBJECTS if dimension in subject.paths)


def statistics_outputs() -> Iterator[Output]:
    """Yield the root fields that count."""
    yield Output(
        "statistics",
        "Statistics!",
        "Counts of distinct records by one dimension or several at once; missing values are a group of their own.",
        (
            Argument("of", f"{_SUBJECT}!", "What to count."),
            Argument(
                "groupBy",
                f"[{DIMENSION}!]!",
                "What to count by; several give a row for each combination that occurs, in which values of one record "
                "stand together (the state and the category of one release); none give one row.",
            ),
            Argument("filter", "StatisticsFilter", "Only those for which this holds; named as what is counted."),
            Argument(
                "asOf",
                "Date",
                "Only transfers, releases, cases, hearings and recordings dated up to this day count; those without a "
                "day do too. Everything on record unless given.",
            ),
        ),
    )
    yield Output(
        "oversightSummary",
        "OversightSummary!",
        "The inspector general's own table (DHS OIG, management alert of August 2024): children by the fiscal year of "
        "their transfer to HHS (of their entry, where no transfer is on record), who of them missed a hearing, has no "
        "Notice to Appear filed, was not reached after release, and how many were released to bad addresses.",
        (
            Argument(
                "fiscalYears",
                "[Int!]",
                "Only children transferred in these fiscal years (2023 ends in September 2023).",
            ),
            Argument("by", f"{DIMENSION}!", "What the rows are by: any dimension of CHILDREN.", "FISCAL_YEAR"),
            Argument("asOf", "Date", "Only records dated up to this day count. Today in UTC unless given."),
        ),
    )
