"""Members of `and` and `or` that differ only in their values: compiled to one condition over a list of rows.

A spreadsheet's 300 names and birth dates are 300 members of the same form. Written out, they would take the database
longer to plan than to answer. So each member becomes a row of values in a single list, and the form is compiled once:
`any(row IN $p[1] WHERE n.lastName = row[0] AND ...)`. The text does not depend on how many there are. `any` and `all`
use three-valued logic, as `OR` and `AND` do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.compiler.parameters import Converted, Items, Request, ValueSource, slot_of
from graph.cypher import Item, ListOf, Parameter, Printable, Quantified, Variable, all_of, any_of

Filter = Mapping[str, object]
ALIKE = 4
"""How many members of the same form there must be to become a list."""
APART = 12
"""How many conditions are written out; more than this become a list, which the database plans much faster."""
_LISTS = frozenset({"in", "notIn"})
_JOINED = frozenset({"and", "or"})


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A value that each member of a form has in the same position."""

    form: Form
    place: int

    def value(self, request: Request) -> object:
        """Return the value of the member whose row is being made."""
        row = request.found[self.form]
        assert isinstance(row, list)
        return row[self.place]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Members of the same form: the values of each, and the columns to read for a row, in the order of its items."""

    members: tuple[tuple[ValueSource, ...], ...]
    read: list[ValueSource] = field(default_factory=list)
    row: Variable = field(default_factory=lambda: Variable("row"))

    def item(self, slot: ValueSource) -> Printable:
        """Return the expression that reads a column, or a value made from it, from a row."""
        if slot not in self.read:
            self.read.append(slot)
        return Item(self.row, self.read.index(slot))

    def value(self, request: Request) -> object:
        """Return a row for each member; raises `BadInput` as the value sources do."""
        rows = []
        for member in self.members:
            values = [slot.value(request) for slot in member]
            known = replace(request, found={**request.found, self: values})
            rows.append([slot.value(known) for slot in self.read])
        return rows


def value_of(slot: ValueSource) -> Printable:
    """Return the expression that reads a source's value: an item of a row inside a form, or of the list parameter."""
    form = _form_of(slot)
    return Parameter(slot) if form is None else form.item(slot)


def _form_of(slot: ValueSource) -> Form | None:
    """Return the form whose columns give a source's value; `None` if the value comes only from the request."""
    if isinstance(slot, Column):
        return slot.form
    if isinstance(slot, Converted):
        return _form_of(slot.source)
    inner = slot.items if isinstance(slot, Items) else slot.members[0] if isinstance(slot, Form) else ()
    return next((form for form in map(_form_of, inner) if form is not None), None)


def joined(word: str, members: Sequence[Filter], condition: Callable[[Filter], Printable]) -> Printable:
    """Return the joined conditions of the members of an `and` or an `or`; those of one form become one condition."""
    groups: dict[Hashable, list[Filter]] = {}
    for member in members:
        groups.setdefault(_shape(member), []).append(member)
    parts: list[Printable] = []
    for alike in groups.values():
        if len(alike) < ALIKE:
            parts.extend(map(condition, alike))
        else:
            parts.append(_over_rows(word, alike, condition))
    return joined_apart(word, parts)


def joined_apart(word: str, parts: Sequence[Printable]) -> Printable:
    """Return conditions joined by `AND` or `OR`; many of them as a list."""
    if len(parts) <= APART:
        return all_of(parts) if word == "and" else any_of(parts)
    one = Variable("one")
    return Quantified(_quantifier(word), one, ListOf(tuple(parts)), one)


def _over_rows(word: str, members: Sequence[Filter], condition: Callable[[Filter], Printable]) -> Printable:
    form = Form(tuple(tuple(map(slot_of, _leaves(member))) for member in members))
    places = iter(range(len(form.members[0])))
    holds = condition(_with_columns(members[0], lambda: Column(form, next(places))))
    return Quantified(_quantifier(word), form.row, value_of(form), holds) if form.read else holds


def _quantifier(word: str) -> str:
    return "all" if word == "and" else "any"


def equal_in_all(members: Sequence[Filter]) -> Iterator[tuple[str, ValueSource]]:
    """Yield each property that all of many members make equal to something, with the source of the list of values."""
    if len(members) < ALIKE:
        return
    for name, first in members[0].items():
        if isinstance(first, Mapping) and "eq" in first:
            operands = [member.get(name) for member in members]
            values = [one.get("eq") if isinstance(one, Mapping) else None for one in operands]
            if not any(value is None or isinstance(value, bool) for value in values):
                yield name, Items(tuple(map(slot_of, values)))


# --- forms --------------------------------------------------------------------------------------------------------


def _is_leaf(name: str, value: object) -> bool:
    """Tell whether a value can be in a row; null, true and false cannot, because like names they decide the form."""
    if isinstance(value, Mapping) or value is None or isinstance(value, bool):
        return False
    return name not in _JOINED or not isinstance(value, list)


def _shape(given: Filter) -> Hashable:
    return tuple((name, _shape_of(name, value)) for name, value in given.items())


def _shape_of(name: str, value: object) -> Hashable:
    if isinstance(value, Mapping):
        return _shape(value)
    if _is_leaf(name, value):
        return "list" if name in _LISTS else "value"
    return tuple(map(_shape, value)) if isinstance(value, list) else value


def _leaves(given: Filter) -> Iterator[object]:
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif _is_leaf(name, value):
            yield value
        elif isinstance(value, list):
            for member in value:
                yield from _leaves(member)


def _with_columns(given: Filter, column: Callable[[], Column]) -> Filter:
    """Return a filter with a column for each of its values, in the order of `_leaves`."""
    return {
        name: _with_columns(value, column)
        if isinstance(value, Mapping)
        else column()
        if _is_leaf(name, value)
        else [_with_columns(member, column) for member in value]
        if isinstance(value, list)
        else value
        for name, value in given.items()
    }
