"""Pages: `first`, `last`, `after` and `before` of a connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.compiler.context import DEFAULT_PAGE, Context
from api.compiler.operation import CURSORS, Selection
from api.compiler.orders import OrderKey, Start
from api.compiler.slots import (
    Constant,
    Converted,
    PlaceReference,
    Slot,
    Variables,
    converted,
    is_constant,
    resolved,
    slot_of,
)
from api.cursors import Place, binding
from graph.cypher import Parameter
from graph.errors import BadInput

PAGING = frozenset({"first", "last", *CURSORS})


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a connection that is asked for: its size, from which end, and between which cursors."""

    size: Slot
    backward: bool
    bound: Slot
    places: tuple[tuple[Slot, tuple[bool, ...], bool], ...]

    def starts(self, keys: Sequence[OrderKey]) -> list[tuple[Start, bool]]:
        """Return the cursors as the statement reads them, each with whether rows before it are wanted.

        Raises `BadInput` for a cursor of another order.
        """
        found = []
        for slot, pattern, before in self.places:
            if len(pattern) != len(keys):
                raise BadInput(ELSEWHERE)
            checked = _Checked(slot, self.bound)
            values = tuple(Parameter(Converted(checked, _part(i))) for i in range(len(keys)))
            found.append((Start(values, pattern), before))
        return found


ELSEWHERE = "That cursor belongs to another order or filter; give it with the same arguments it was made under."


def page_of(ctx: Context, selection: Selection, coordinate: str) -> Page:
    """Return the page that a connection's arguments ask for; raises `BadInput` when they do not go together."""
    first, last = selection.given("first"), selection.given("last")
    if first is not None and last is not None:
        raise BadInput("Give either first or last, not both.")
    name = "last" if last is not None else "first"
    given = last if last is not None else min(DEFAULT_PAGE, ctx.bounds.page) if first is None else first
    size = converted(slot_of(given), _within(name, 1, ctx.bounds.page))
    rest = {name: value for name, value in selection.arguments.items() if name not in PAGING and value is not None}
    places = tuple(
        (*_place(ctx, argument), before)
        for argument, before in ((selection.given("after"), False), (selection.given("before"), True))
        if argument is not None
    )
    bound = Constant(binding(coordinate, resolved(rest, {}))) if is_constant(rest) else _Binding(coordinate, rest)
    return Page(size, last is not None, bound, places)


def number_of(selection: Selection, name: str, most: int, *, least: int = 1, default: int | None = None) -> Slot:
    """Return an argument that is a number; raises `BadInput` out of bounds, or for null where there is no default."""
    given = selection.given(name)
    if given is None and default is None:
        raise BadInput(f"{name} is null; give a number from {least} to {most}, or leave it out.")
    return converted(slot_of(default if given is None else given), _within(name, least, most))


def limit(page: Page, *, more: bool) -> Slot:
    """Return how many rows to read: one more than the page has, when it matters whether there are more."""
    return converted(page.size, lambda size: int(str(size)) + 1) if more else page.size


def _place(ctx: Context, argument: object) -> tuple[Slot, tuple[bool, ...]]:
    if isinstance(argument, PlaceReference):
        return argument, argument.pattern
    place = argument if isinstance(argument, Place) else ctx.cursors.open(str(argument))
    return Constant(place), place.pattern


def _within(name: str, least: int, most: int) -> Callable[[object], object]:
    def check(value: object) -> object:
        if not isinstance(value, int) or not least <= value <= most:
            raise BadInput(f"{name} is {value}; give a number from {least} to {most}.")
        return value

    return check


def _part(position: int) -> Callable[[object], object]:
    def part(place: object) -> object:
        assert isinstance(place, Place)
        return place.values[position]

    return part


@dataclass(frozen=True, slots=True, eq=False)
class _Binding:
    """The digest of a connection's own arguments, to which its cursors are bound."""

    coordinate: str
    arguments: dict[str, object]

    def value(self, variables: Variables) -> object:
        return binding(self.coordinate, resolved(self.arguments, variables))


@dataclass(frozen=True, slots=True, eq=False)
class _Checked:
    """A cursor that was made under the same arguments as the page that it is given to."""

    place: Slot
    bound: Slot

    def value(self, variables: Variables) -> object:
        place = self.place.value(variables)
        assert isinstance(place, Place)
        if place.binding != self.bound.value(variables):
            raise BadInput(ELSEWHERE)
        return place
