"""Groups: lead from a subject along the paths of dimensions to the values that it is counted by.

Dimensions whose paths begin alike share the common beginning, so that values of one record stay together: the state and
the category of the same release. Each link is followed in a separate step, so that a record on the way that leads no
further gives an unknown value, whatever else is counted by. What an office records also counts for the agencies that it
is part of, at every level. If a dimension has several paths, the first one with a known value counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.compiler.context import Context
from api.fields.dimensions import DAYS, Dimension, Grain, Path, Subject, paths_of
from graph.cypher import (
    Case,
    Clause,
    IsNull,
    Literal,
    Number,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Variable,
    all_of,
    any_of,
    call,
    infix,
)
from graph.model import Enumeration, Link, Node, Property

NAME = "name"
UNKNOWN = "unknown"
RECORDED = "RECORDED"
MANIFOLD = ("recordings", "offices")
"""Links that lead to agencies of every kind; others lead only to courts."""
_Key = tuple[tuple[str, str | None], ...]
"""A path as the names of its links, and the kind that the agencies at its end must have."""


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension's value in a statement: the columns that hold it, and how to read them."""

    dimension: Dimension
    property: Property
    columns: tuple[tuple[Printable, Variable], ...]

    def named(self, values: Sequence[object]) -> tuple[str | None, str]:
        """Return the value and its label from the values of the columns."""
        value = values[0]
        if value is None:
            return None, UNKNOWN
        match self.dimension.grain:
            case Grain.FISCAL_YEAR:
                return str(value), f"fiscal year {value}"
            case Grain.MONTH:
                assert isinstance(value, int)
                month = f"{value // 100:04}-{value % 100:02}"
                return month, month
            case Grain.AGENCY:
                return str(value), str(values[0] if values[1] is None else values[1])
        kind = self.property.type
        if isinstance(kind, Enumeration) and value in kind.values:
            return kind.graphql_name(str(value)), kind.values[str(value)].rstrip(".")
        return str(value), str(value)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The clauses that lead from a subject to its groups, the groups, and how many distinct subjects each has."""

    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    number: Number

    @property
    def columns(self) -> tuple[tuple[Printable, Variable], ...]:
        """The columns of all groups."""
        return tuple(column for group in self.groups for column in group.columns)

    @property
    def order(self) -> tuple[Order, ...]:
        """The order of the groups: by their values, unknown ones last."""
        names = [name for _, name in self.columns]
        return tuple(part for name in names for part in (Order(IsNull(name)), Order(name)))


def grouping(
    ctx: Context, subject: Subject, bound: Variable, dimensions: Sequence[Dimension], day: Parameter | None
) -> Grouping:
    """Return how a bound subject is grouped; with a `day`, only records up to that day are followed."""
    paths = {dimension.name: paths_of(ctx.model, subject, dimension) for dimension in dimensions}
    chains = {
        _key(path, dimension): path.links for dimension in dimensions for path in paths[dimension.name] if path.links
    }
    ends: dict[_Key, Variable] = {(): bound}
    clauses: list[Clause] = []
    for stop in _stops(list(chains)):
        link = next(links for key, links in chains.items() if key[: len(stop)] == stop)[len(stop) - 1]
        ends[stop] = Variable(link.target[0].lower())
        clauses.append(_step(ctx, link, ends[stop[:-1]], ends[stop], stop[-1][1], day))
    groups = tuple(
        _group(ctx, dimension, [(path, ends[_key(path, dimension)]) for path in paths[dimension.name]])
        for dimension in dimensions
    )
    return Grouping(tuple(clauses), groups, Number(bound if clauses else None))


def dated(ctx: Context, node: Node, bound: Variable, day: Parameter) -> Printable:
    """Return the condition that a record is dated up to a day, or has no day."""
    return _until([ctx.value(node, bound, name) for name in DAYS.get(node.label, ())], day)


def _until(values: Sequence[Printable], day: Parameter) -> Printable:
    if not values:
        return all_of(())
    known = _first_known(values)
    return any_of([IsNull(known), infix("<=", known, day)])


def _first_known(values: Sequence[Printable]) -> Printable:
    return values[0] if len(values) == 1 else call("coalesce", *values)


def _key(path: Path, dimension: Dimension) -> _Key:
    names = [link.name for link in path.links]
    kind = dimension.kind if names and names[-1] in MANIFOLD else None
    return tuple((name, kind if place == len(names) else None) for place, name in enumerate(names, 1))


def _stops(chains: Sequence[_Key]) -> list[_Key]:
    """Return every stop that paths go through, the nearest ones first."""
    stops = dict.fromkeys(chain[:length] for chain in chains for length in range(1, len(chain) + 1))
    return sorted(stops, key=len)


def _step(ctx: Context, link: Link, start: Variable, end: Variable, kind: str | None, day: Parameter | None) -> Clause:
    steps: list[Step] = []
    where: list[Printable] = []
    for place, hop in enumerate(link.hops, 1):
        recorder = hop.type == RECORDED
        node = end if place == len(link.hops) and not recorder else Variable(hop.label[0].lower())
        relationship = Variable("r") if day is not None and hop.type in DAYS else None
        if day is not None:
            where.append(dated(ctx, ctx.model.node(hop.label), node, day))
        if day is not None and relationship is not None:
            properties = {prop.name: prop for prop in link.properties}
            owner = f"{link.source}.{link.name}"
            days = [PropertyOf(relationship, ctx.allow(owner, properties[name]).name) for name in DAYS[hop.type]]
            where.append(_until(days, day))
        steps.append(Step(hop.type, hop.direction, node, None if hop.sole else hop.label, relationship))
        if recorder:
            steps.append(Step("PART_OF", ">", end, quantifier="*"))
    if kind is not None:
        where.append(infix("=", ctx.value(ctx.model.node(link.target), end, "kind"), Literal(kind)))
    return ctx.match(start, steps=steps, where=all_of(where), optional=True)


def _group(ctx: Context, dimension: Dimension, ends: Sequence[tuple[Path, Variable]]) -> Group:
    known = _first_known([ctx.value(ctx.model.node(path.owner), end, path.property.name) for path, end in ends])
    path = ends[0][0]
    columns: list[Printable] = [known]
    match dimension.grain:
        case Grain.FISCAL_YEAR:
            year = infix("/", PropertyOf(known, "month"), Literal(10))
            columns = [infix("+", PropertyOf(known, "year"), year)]
        case Grain.MONTH:
            columns = [infix("+", infix("*", PropertyOf(known, "year"), Literal(100)), PropertyOf(known, "month"))]
        case Grain.AGENCY:
            columns.append(_name_of(ctx, ends))
    return Group(dimension, path.property, tuple((column, Variable("v")) for column in columns))


def _name_of(ctx: Context, ends: Sequence[tuple[Path, Variable]]) -> Printable:
    """Return the name of the first agency whose code is known."""
    [*others, (path, end)] = ends
    node = ctx.model.node(path.owner)
    name: Printable = ctx.value(node, end, NAME)
    for other, before in reversed(others):
        code = ctx.value(node, before, other.property.name)
        name = Case(IsNull(code), name, ctx.value(node, before, NAME))
    return name
