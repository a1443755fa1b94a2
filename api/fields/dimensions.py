"""What can be counted, and by what: each pair of a subject and a dimension is declared once, as paths in the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from graph.errors import BadInput
from graph.model import Link, Model, Property

MOST_ROWS = 10_000
"""How many rows one table may have."""


class Grain(Enum):
    """How a value becomes a group: as it is, by the fiscal year or month of its day, or by the agency that it names."""

    VALUE = "value"
    FISCAL_YEAR = "fiscal year"
    MONTH = "month"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something to count by; `kind` limits the agencies at the end of its paths to one kind."""

    name: str
    doc: str
    grain: Grain = Grain.VALUE
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Something to count: a label, and for each dimension the paths to its value; the first known value counts.

    A path consists of the names of links, each from the node before it, and of a property at the end:
    `placements.address.state`. The value of an agency is its code, so its path ends in `code`. `doc` says what is
    counted, and `field` names its filter.
    """

    name: str
    label: str
    doc: str
    field: str
    paths: Mapping[str, tuple[str, ...]]


DIMENSIONS = (
    Dimension("FISCAL_YEAR", "The fiscal year, 1 October to 30 September, by the year it ends in.", Grain.FISCAL_YEAR),
    Dimension("MONTH", "The month, as in 2023-04.", Grain.MONTH),
    Dimension("STATE", "The state that children were released to, as two letters."),
    Dimension(
        "COURT",
        "The immigration court where the hearing was held, else the one before which the case is; for children and "
        "releases else the one that is responsible for the postal area of the release. By its code.",
        Grain.AGENCY,
        "COURT",
    ),
    Dimension(
        "FIELD_OFFICE",
        "The field office whose own system, or that of an office of it, records the hearing; for children else the one "
        "that is responsible for the postal area of a release. By its code.",
        Grain.AGENCY,
        "FIELD_OFFICE",
    ),
    Dimension("COUNTRY", "The child's country of birth."),
    Dimension("SPONSOR_CATEGORY", "ORR's category of the sponsor in the release."),
    Dimension("RELATIONSHIP", "The sponsor's relationship to the child in the release."),
    Dimension("OUTCOME", "What became of the hearing."),
    Dimension(
        "AGENCY",
        "The agency whose own system, or that of an office of it at any level, records the hearing, by its code.",
        Grain.AGENCY,
    ),
    Dimension("INDICATOR", "The question that found it, by its name."),
    Dimension("SEVERITY", "The question's severity."),
    Dimension("STATUS", "Where the finding stands."),
)

_RELEASE = ("address.state", "postalArea.state")
_OFFICES = ("postalArea.offices.code", "address.postalArea.offices.code")
_NEAR = tuple(f"placements.{path}" for path in _OFFICES)
SUBJECTS = (
    Subject(
        "CHILDREN",
        "Child",
        "Children, by the day of their transfer to HHS, or of their entry where no transfer is on record.",
        "children",
        {
            "FISCAL_YEAR": ("transferredOn", "enteredOn"),
            "MONTH": ("transferredOn", "enteredOn"),
            "STATE": tuple(f"placements.{path}" for path in _RELEASE),
            "COURT": ("courtCases.hearings.court.code", "courtCases.court.code", *_NEAR),
            "FIELD_OFFICE": ("courtCases.hearings.recordings.code", *_NEAR),
            "COUNTRY": ("countryOfBirth",),
            "SPONSOR_CATEGORY": ("placements.sponsorCategory",),
            "RELATIONSHIP": ("placements.relationship",),
            "OUTCOME": ("courtCases.hearings.outcome",),
            "AGENCY": ("courtCases.hearings.recordings.code",),
        },
    ),
    Subject(
        "PLACEMENTS",
        "Placement",
        "Releases of children to sponsors, by the day of release.",
        "placements",
        {
            "FISCAL_YEAR": ("releasedOn",),
            "MONTH": ("releasedOn",),
            "STATE": _RELEASE,
            "COURT": ("child.courtCases.hearings.court.code", "child.courtCases.court.code", *_OFFICES),
            "COUNTRY": ("child.countryOfBirth",),
            "SPONSOR_CATEGORY": ("sponsorCategory",),
            "RELATIONSHIP": ("relationship",),
        },
    ),
    Subject(
        "HEARINGS",
        "Hearing",
        "Hearings, by the day for which they were scheduled.",
        "hearings",
        {
            "FISCAL_YEAR": ("scheduledOn",),
            "MONTH": ("scheduledOn",),
            "STATE": tuple(f"courtCase.children.placements.{path}" for path in _RELEASE),
            "COURT": ("court.code", "courtCase.court.code"),
            "FIELD_OFFICE": ("recordings.code",),
            "COUNTRY": ("courtCase.children.countryOfBirth",),
            "SPONSOR_CATEGORY": ("courtCase.children.placements.sponsorCategory",),
            "RELATIONSHIP": ("courtCase.children.placements.relationship",),
            "OUTCOME": ("outcome",),
            "AGENCY": ("recordings.code",),
        },
    ),
    Subject(
        "FINDINGS",
        "Finding",
        "Findings, by the day from which on they were found without a break.",
        "findings",
        {
            "FISCAL_YEAR": ("since",),
            "MONTH": ("since",),
            "INDICATOR": ("indicator",),
            "SEVERITY": ("severity",),
            "STATUS": ("status",),
        },
    ),
)

DAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Child": ("transferredOn", "enteredOn"),
        "Placement": ("releasedOn",),
        "Hearing": ("scheduledOn",),
        "CourtCase": ("openedOn",),
        "Finding": ("since",),
        "RECORDED": ("recordedOn",),
    }
)
"""The day of a record or of a relationship: the first of these properties that is known."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path of the model: the links to follow, and the property of the node that they lead to."""

    links: tuple[Link, ...]
    owner: str
    property: Property


def subject_named(name: str) -> Subject:
    """Return the subject of that name; raises `KeyError`."""
    return {subject.name: subject for subject in SUBJECTS}[name]


def dimension_named(name: str) -> Dimension:
    """Return the dimension of that name; raises `KeyError`."""
    return {dimension.name: dimension for dimension in DIMENSIONS}[name]


def chosen_dimensions(subject: Subject, names: Sequence[str]) -> list[Dimension]:
    """Return the dimensions to count a subject by; raises `BadInput` for one that is repeated or does not apply."""
    for place, name in enumerate(names):
        if name in names[:place]:
            raise BadInput(f"The dimension {name} is given twice; give each once.")
        if name not in subject.paths:
            others = ", ".join(subject.paths)
            raise BadInput(f"{subject.name} cannot be counted by {name}; they can be by {others}.")
    return [dimension_named(name) for name in names]


def paths_of(model: Model, subject: Subject, dimension: Dimension) -> list[Path]:
    """Return the paths to a dimension's value; raises `KeyError` for one that the model does not have."""
    return [_path(model, subject.label, text) for text in subject.paths[dimension.name]]


def _path(model: Model, label: str, text: str) -> Path:
    *names, last = text.split(".")
    links: list[Link] = []
    for name in names:
        links.append(model.links(label)[name])
        label = links[-1].target
    return Path(tuple(links), label, model.node(label).named(last))
