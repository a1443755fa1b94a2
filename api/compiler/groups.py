"""Groups: from a subject along the paths of dimensions to the values that it is counted by.

Dimensions whose paths begin alike share what they have in common, so that values of one record stand together: the
state and the category of one release, not of any two. What no dimension branches off from is matched in one step, so
that an unknown value there stands for a subject that has none at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.compiler.context import Context
from api.statistics import DAYS, Dimension, Grain, Path, Subject, paths_of
from graph.cypher import (
    Clause,
    IsNull,
    Literal,
    Match,
    Number,
    Order,
    Parameter,
    Printable,
    PropertyOf,
    Step,
    Variable,
    both,
    call,
    either,
    infix,
)
from graph.model import Enumeration, Link, Node, Property

NAME = "name"
UNKNOWN = "unknown"
_Key = tuple[tuple[str, str | None], ...]
"""A path as the names of its links, and the kind that the agencies at its end must have."""


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension's value in a statement: the columns that hold it, and what they are."""

    dimension: Dimension
    property: Property
    columns: tuple[tuple[Printable, Variable], ...]

    def named(self, values: Sequence[object]) -> tuple[str | None, str]:
        """Return the value and its label from what the columns hold."""
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
    """Return how a bound subject is grouped; with a `day`, only records up to it are followed."""
    paths = {dimension.name: paths_of(ctx.model, subject, dimension) for dimension in dimensions}
    chains = {
        _key(path, dimension): path.links for dimension in dimensions for path in paths[dimension.name] if path.links
    }
    ends: dict[_Key, Variable] = {(): bound}
    clauses: list[Clause] = []
    for stop in _stops(list(chains)):
        before = max((known for known in ends if stop[: len(known)] == known), key=len)
        links = next(links for key, links in chains.items() if key[: len(stop)] == stop)[len(before) : len(stop)]
        ends[stop] = Variable(links[-1].target[0].lower())
        clauses.append(_step(ctx, links, ends[before], ends[stop], stop[-1][1], day))
    groups = tuple(
        _group(ctx, dimension, [(path, ends[_key(path, dimension)]) for path in paths[dimension.name]])
        for dimension in dimensions
    )
    return Grouping(tuple(clauses), groups, Number(bound if clauses else None))


def dated(ctx: Context, node: Node, bound: Variable, day: Parameter) -> Printable:
    """Return the condition that a record is dated up to a day, or has none."""
    return _until([ctx.value(node, bound, name) for name in DAYS.get(node.label, ())], day)


def _until(values: Sequence[Printable], day: Parameter) -> Printable:
    if not values:
        return both(())
    known = _first_known(values)
    return either([IsNull(known), infix("<=", known, day)])


def _first_known(values: Sequence[Printable]) -> Printable:
    return values[0] if len(values) == 1 else call("coalesce", *values)


def _key(path: Path, dimension: Dimension) -> _Key:
    names = [link.name for link in path.links]
    return tuple((name, dimension.kind if place == len(names) else None) for place, name in enumerate(names, 1))


def _stops(chains: Sequence[_Key]) -> list[_Key]:
    """Return where paths end or part, the nearer ones first."""
    stops = dict.fromkeys(chains)
    for one in chains:
        for other in chains:
            common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
            if common:
                stops[one[:common]] = None
    return sorted(stops, key=len)


def _step(
    ctx: Context, links: Sequence[Link], start: Variable, end: Variable, kind: str | None, day: Parameter | None
) -> Clause:
    steps: list[Step] = []
    where: list[Printable] = []
    hops = [(link, hop) for link in links for hop in link.hops]
    for place, (link, hop) in enumerate(hops, 1):
        node = end if place == len(hops) else Variable(hop.label[0].lower())
        relationship = Variable("r") if day is not None and hop.type in DAYS else None
        if day is not None:
            where.append(dated(ctx, ctx.model.node(hop.label), node, day))
        if day is not None and relationship is not None:
            properties = {prop.name: prop for prop in link.properties}
            owner = f"{link.source}.{link.name}"
            days = [PropertyOf(relationship, ctx.allow(owner, properties[name]).name) for name in DAYS[hop.type]]
            where.append(_until(days, day))
        steps.append(Step(hop.type, hop.direction, node, None if hop.sole else hop.label, relationship))
    if kind is not None:
        where.append(infix("=", ctx.value(ctx.model.node(links[-1].target), end, "kind"), Literal(kind)))
    return Match(start, steps=tuple(steps), where=both(where), optional=True)


def _group(ctx: Context, dimension: Dimension, ends: Sequence[tuple[Path, Variable]]) -> Group:
    known = _first_known([ctx.value(ctx.model.node(path.owner), end, path.property.name) for path, end in ends])
    path, end = ends[0]
    columns: list[Printable] = [known]
    match dimension.grain:
        case Grain.FISCAL_YEAR:
            year = infix("/", PropertyOf(known, "month"), Literal(10))
            columns = [infix("+", PropertyOf(known, "year"), year)]
        case Grain.MONTH:
            columns = [infix("+", infix("*", PropertyOf(known, "year"), Literal(100)), PropertyOf(known, "month"))]
        case Grain.AGENCY:
            columns.append(ctx.value(ctx.model.node(path.owner), end, NAME))
    return Group(dimension, path.property, tuple((column, Variable("v")) for column in columns))
