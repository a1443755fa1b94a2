"""How the rows of a connection are read: along a link, over all nodes of a label, or from a question's body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from api.compiler.connections import Reading
from api.compiler.orders import Branch, beyond, branches, ordering
from graph.cypher import (
    TRUE,
    Clause,
    Either,
    Item,
    ListOf,
    Match,
    Next,
    Order,
    Printable,
    Union,
    Unwind,
    Variable,
    With,
    both,
    call,
    collect,
    count,
    first,
    returning,
)

Read = Callable[[Reading], Printable]
Around = Callable[[Clause], tuple[Clause, ...]]
"""What makes a query of a question's body."""


def _value(rows: Printable | None, total: Printable | None) -> Printable:
    """Return the value of a connection: its rows or its total alone, else the list of both."""
    values = [value for value in (rows, total) if value is not None]
    return values[0] if len(values) == 1 else ListOf(tuple(values))


def bound_rows(columns: tuple[Variable, ...], clauses: Sequence[Clause], total: Printable) -> Read:
    """Return the reader of rows that clauses bind, in no order of their own."""

    def read(reading: Reading) -> Printable:
        row = reading.row
        rows = None if row is None else collect(*clauses, *_sliced(columns, reading), returning(row))
        return _value(rows, total if reading.total else None)

    return read


def _sliced(columns: tuple[Variable, ...], reading: Reading) -> list[Clause]:
    order = ordering(reading.keys, backward=reading.backward)
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    ordered = With(columns, order=order, limit=reading.limit)
    return [With(columns, where=both(bounds)), ordered] if bounds else [ordered]


def scanned_rows(
    node: Variable,
    label: str,
    where: Printable,
    *,
    counted: Printable,
    indexed: Sequence[Printable] = (),
    found: Callable[[bool], Sequence[Clause] | None] = lambda _: None,
) -> Read:
    """Return the reader of all nodes of a label under a condition, each part of an order from its index.

    `counted` is the condition as all are best found by. `indexed` are values that it makes the same in all rows, and
    that an index has before the keys: an order by them too is no other one, and can be read from that index. `found`
    gives clauses that bind each node once, if there are better ones, told whether all must be found: then the rows are
    taken from them.
    """

    def read(reading: Reading) -> Printable:
        if clauses := found(reading.total):
            return _taken(node, clauses, reading)
        rows = None if reading.row is None else _scan(node, label, where, indexed, reading)
        return _value(rows, count(Match(node, label, where=counted)) if reading.total else None)

    return read


def _taken(node: Variable, clauses: Sequence[Clause], reading: Reading) -> Printable:
    """Return the page of the nodes that clauses bind; with the total, ordered and collected as `question_rows` does."""
    if reading.row is None:
        return count(*clauses)
    if not reading.total:
        return collect(*clauses, *_sliced((node,), reading), returning(reading.row))
    rows, page, total = Variable("rows"), Variable("page"), Variable("total")
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    within = [With((node,), where=both(bounds))] if bounds else []
    sliced = collect(Unwind(rows, node), *within, With((node,), limit=reading.limit), returning(node))
    return first(
        *clauses,
        With((node,), order=ordering(reading.keys, backward=reading.backward)),
        With(((call("collect", node), rows),)),
        With(((sliced, page), (call("size", rows), total))),
        returning(ListOf((collect(Unwind(page, node), returning(reading.row)), total))),
    )


def _scan(node: Variable, label: str, where: Printable, indexed: Sequence[Printable], reading: Reading) -> Printable:
    row = reading.row
    assert row is not None
    found = branches(reading.keys, reading.starts, backward=reading.backward)

    def clauses(branch: Branch, *, last: bool) -> tuple[Clause, ...]:
        order = ordering(branch.keys, backward=reading.backward)
        if len(branch.keys) == 1:
            order = (*(Order(value, descending=order[0].descending) for value in indexed), *order)
        return (
            Match(node, label, where=both([*branch.where, where])),
            With((node,), order=order, limit=reading.limit, last=last),
        )

    if not found:
        return ListOf(())
    if len(found) == 1:
        return collect(*clauses(found[0], last=False), returning(row))
    union = Union(tuple(clauses(branch, last=True) for branch in found))
    return collect(union, With((node,), limit=reading.limit), returning(row))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's body; and one that reads kept counts, with the condition under which it answers alike."""

    body: Clause
    kept: Clause | None = None
    holds: Printable = TRUE

    def either(
        self, kept: Callable[[Clause], tuple[Clause, ...]], live: Callable[[Clause], tuple[Clause, ...]]
    ) -> Clause:
        """Return the subquery of what the kept body, if there is one and its condition holds, or the body gives."""
        if self.kept is None:
            return Union((live(self.body),))
        return Either(self.holds, kept(self.kept), live(self.body))


def question_rows(columns: Sequence[tuple[Variable, Variable]], asked: Asked) -> Read:
    """Return the reader of a question's rows; `columns` are what the body returns, and what each becomes.

    The order and limit stand inside the subquery, so that the body's index is kept.
    """

    def read(reading: Reading) -> Printable:
        if reading.row is None:
            return _value(None, _question_total(asked) if reading.total else None)
        if not reading.total:
            page = partial(_question_page, columns, reading)
            return collect(asked.either(page, page), returning(reading.row))
        return _question_page_and_total(columns, reading, reading.row, asked)

    return read


def _question_page(columns: Sequence[tuple[Variable, Variable]], reading: Reading, body: Clause) -> tuple[Clause, ...]:
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    order = ordering(reading.keys, backward=reading.backward)
    names = tuple(name for _, name in columns)
    return body, Next(), With(tuple(columns), where=both(bounds)), returning(*names, order=order, limit=reading.limit)


def _question_total(asked: Asked) -> Printable:
    if asked.kept is None:
        return count(asked.body)
    total = Variable("total")

    def counted(body: Clause) -> tuple[Clause, ...]:
        return (returning((count(body), total)),)

    return first(asked.either(counted, counted), returning(total))


def _question_page_and_total(
    columns: Sequence[tuple[Variable, Variable]], reading: Reading, value: Printable, asked: Asked
) -> Printable:
    """Return the page and the total.

    Without kept counts the rows are ordered and collected once, and the page is taken from them before anything is
    read below it: whatever orders rows while the whole list is in scope is charged for the list with each row that it
    holds, and 290,000 rows would take more memory than a transaction has.
    """
    rows, page, row, total = Variable("rows"), Variable("page"), Variable("row"), Variable("total")
    names = tuple(name for _, name in columns)
    bounds = [beyond(reading.keys, start, backward=before) for start, before in reading.starts]
    unpacked = With(tuple((Item(row, place), name) for place, name in enumerate(names)))
    beyond_cursors = [With(names, where=both(bounds))] if bounds else []
    limited = With(names, limit=reading.limit)
    sliced = collect(Unwind(rows, row), unpacked, *beyond_cursors, limited, returning(ListOf(names)))

    def live(body: Clause) -> tuple[Clause, ...]:
        order = ordering(reading.keys, backward=reading.backward)
        return (
            Union(((body, Next(), With(tuple(columns)), returning(*names, order=order)),)),
            With(((call("collect", ListOf(names)), rows),)),
            returning((sliced, page), (call("size", rows), total)),
        )

    def kept(body: Clause) -> tuple[Clause, ...]:
        taken = collect(Union((_question_page(columns, reading, body),)), returning(ListOf(names)))
        return (returning((taken, page), (count(body), total)),)

    return first(
        asked.either(kept, live),
        returning(ListOf((collect(Unwind(page, row), unpacked, returning(value)), total))),
    )
