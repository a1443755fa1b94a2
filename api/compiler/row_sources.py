"""How the rows of a connection are read: along a link, over all nodes of a label, or from a question's body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from api.compiler.connections import RowRequest
from api.compiler.keyset import Branch, beyond, branches, ordering
from api.compiler.scope import Scope
from graph.cypher import (
    Clause,
    Either,
    Item,
    ListOf,
    Next,
    Order,
    Printable,
    Union,
    Unwind,
    Variable,
    With,
    all_of,
    call,
    collect,
    count,
    first_value,
    returning,
)

Read = Callable[[RowRequest], Printable]


def _value(rows: Printable | None, total: Printable | None) -> Printable:
    """Return the value of a connection: only its rows, only its total, or the list of both."""
    values = [value for value in (rows, total) if value is not None]
    return values[0] if len(values) == 1 else ListOf(tuple(values))


def bound_rows(columns: tuple[Variable, ...], clauses: Sequence[Clause], total: Printable) -> Read:
    """Return the reader of rows that clauses bind in no particular order."""

    def read(reading: RowRequest) -> Printable:
        row = reading.row
        rows = None if row is None else collect(*clauses, *_sliced(columns, reading), returning(row))
        return _value(rows, total if reading.total else None)

    return read


def _sliced(columns: tuple[Variable, ...], reading: RowRequest) -> list[Clause]:
    order = ordering(reading.keys, backward=reading.backward)
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    ordered = With(columns, order=order, limit=reading.limit)
    return [With(columns, where=all_of(bounds)), ordered] if bounds else [ordered]


def scanned_rows(
    scope: Scope,
    node: Variable,
    label: str,
    where: Printable,
    *,
    counted: Printable,
    indexed: Sequence[Printable] = (),
    found: Callable[[bool], Sequence[Clause] | None] = lambda _: None,
) -> Read:
    """Return the reader of all nodes of a label under a condition, each part of an order from its index.

    `counted` is the form of the condition that is best for finding all nodes. `indexed` are values that are the same in
    all rows and that an index has before the keys: adding them to the order does not change it, and lets that index be
    read. `found`, given whether all must be found, returns better clauses that bind each node once, if there are any;
    then the rows are taken from them.
    """

    def read(reading: RowRequest) -> Printable:
        if clauses := found(reading.total):
            return _taken(node, clauses, reading)
        rows = None if reading.row is None else _scan(scope, node, label, where, indexed, reading)
        return _value(rows, count(scope.match(node, label, where=counted)) if reading.total else None)

    return read


def _taken(node: Variable, clauses: Sequence[Clause], reading: RowRequest) -> Printable:
    """Return the page of the nodes that clauses bind; with the total, ordered and collected as `question_rows` does."""
    if reading.row is None:
        return count(*clauses)
    if not reading.total:
        return collect(*clauses, *_sliced((node,), reading), returning(reading.row))
    rows, page, total = Variable("rows"), Variable("page"), Variable("total")
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    within = [With((node,), where=all_of(bounds))] if bounds else []
    sliced = collect(Unwind(rows, node), *within, With((node,), limit=reading.limit), returning(node))
    return first_value(
        *clauses,
        With((node,), order=ordering(reading.keys, backward=reading.backward)),
        With(((call("collect", node), rows),)),
        With(((sliced, page), (call("size", rows), total))),
        returning(ListOf((collect(Unwind(page, node), returning(reading.row)), total))),
    )


def _scan(
    scope: Scope,
    node: Variable,
    label: str,
    where: Printable,
    indexed: Sequence[Printable],
    reading: RowRequest,
) -> Printable:
    row = reading.row
    assert row is not None
    found = branches(reading.keys, reading.starts, backward=reading.backward)

    def clauses(branch: Branch, *, last: bool) -> tuple[Clause, ...]:
        order = ordering(branch.keys, backward=reading.backward)
        if len(branch.keys) == 1:
            order = (*(Order(value, descending=order[0].descending) for value in indexed), *order)
        return (
            scope.match(node, label, where=all_of([*branch.where, where])),
            With((node,), order=order, limit=reading.limit, last=last),
        )

    if not found:
        return ListOf(())
    if len(found) == 1:
        return collect(*clauses(found[0], last=False), returning(row))
    union = Union(tuple(clauses(branch, last=True) for branch in found))
    return collect(union, With((node,), limit=reading.limit), returning(row))


@dataclass(frozen=True, slots=True)
class Kept:
    """Another way to a question's rows, and the condition under which it gives the same ones.

    `page` returns a query for the rows of a request: all rows, or at least the requested ones. `total` has as many rows
    as there are.
    """

    holds: Printable
    page: Callable[[RowRequest], Clause]
    total: Clause


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's body, and what is kept that gives the same rows, the quickest first."""

    body: Clause
    kept: tuple[Kept, ...] = ()

    def either(self, kept: Callable[[Kept], tuple[Clause, ...]], live: tuple[Clause, ...]) -> Clause:
        """Return a subquery with the first of what is kept whose condition is true, or else with the body."""
        if not self.kept:
            return Union((live,))
        return Either(tuple((one.holds, kept(one)) for one in self.kept), live)


def question_rows(columns: Sequence[tuple[Variable, Variable]], asked: Asked) -> Read:
    """Return the reader of a question's rows; `columns` pair what the body returns with its new variables.

    The order and limit go inside the subquery, so that the body can still use its index.
    """

    def read(reading: RowRequest) -> Printable:
        if reading.row is None:
            return _value(None, _question_total(asked) if reading.total else None)
        if not reading.total:
            page = partial(_question_page, columns, reading)
            found = asked.either(lambda kept: page(kept.page(reading)), page(asked.body))
            return collect(found, returning(reading.row))
        return _question_page_and_total(columns, reading, reading.row, asked)

    return read


def _question_page(
    columns: Sequence[tuple[Variable, Variable]], reading: RowRequest, body: Clause
) -> tuple[Clause, ...]:
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    order = ordering(reading.keys, backward=reading.backward)
    names = tuple(name for _, name in columns)
    return body, Next(), With(tuple(columns), where=all_of(bounds)), returning(*names, order=order, limit=reading.limit)


def _question_total(asked: Asked) -> Printable:
    if not asked.kept:
        return count(asked.body)
    total = Variable("total")

    def counted(body: Clause) -> tuple[Clause, ...]:
        return (returning((count(body), total)),)

    return first_value(asked.either(lambda kept: counted(kept.total), counted(asked.body)), returning(total))


def _question_page_and_total(
    columns: Sequence[tuple[Variable, Variable]], reading: RowRequest, value: Printable, asked: Asked
) -> Printable:
    """Return the page and the total.

    Where nothing is kept the rows are ordered and collected once, and the page is taken from them before anything below
    it is read. Otherwise, ordering rows while the whole list is in scope would count the list's memory once for each
    row, and 290,000 rows would take more memory than a transaction has.
    """
    rows, page, row, total = Variable("rows"), Variable("page"), Variable("row"), Variable("total")
    names = tuple(name for _, name in columns)
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    unpacked = With(tuple((Item(row, place), name) for place, name in enumerate(names)))
    beyond_cursors = [With(names, where=all_of(bounds))] if bounds else []
    limited = With(names, limit=reading.limit)
    sliced = collect(Unwind(rows, row), unpacked, *beyond_cursors, limited, returning(ListOf(names)))

    def live(body: Clause) -> tuple[Clause, ...]:
        order = ordering(reading.keys, backward=reading.backward)
        return (
            Union(((body, Next(), With(tuple(columns)), returning(*names, order=order)),)),
            With(((call("collect", ListOf(names)), rows),)),
            returning((sliced, page), (call("size", rows), total)),
        )

    def kept(one: Kept) -> tuple[Clause, ...]:
        taken = collect(Union((_question_page(columns, reading, one.page(reading)),)), returning(ListOf(names)))
        return (returning((taken, page), (count(one.total), total)),)

    return first_value(
        asked.either(kept, live(asked.body)),
        returning(ListOf((collect(Unwind(page, row), unpacked, returning(value)), total))),
    )
