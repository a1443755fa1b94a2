"""Pages: `first`, `last`, `after` and `before` of a connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.cursors import Place, binding
from api.compiler.keyset import OrderKey, Start
from api.compiler.operation import CURSORS, Selection
from api.compiler.parameters import (
    Constant,
    Converted,
    PlaceReference,
    Request,
    ValueSource,
    converted,
    is_constant,
    resolved,
)
from api.schema.connections import FIRST, LAST
from api.schema.limits import DEFAULT_PAGE
from graph.cypher import Parameter
from graph.errors import BadInput

PAGING = frozenset({"first", "last", *CURSORS})


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a connection that is asked for: its size, from which end, and between which cursors."""

    size: ValueSource
    backward: bool
    bound: ValueSource
    places: tuple[tuple[ValueSource, tuple[bool, ...], bool], ...]

    def starts(self, keys: Sequence[OrderKey]) -> list[tuple[Start, bool]]:
        """Return the cursors as the statement reads them, and for each whether rows before it are wanted.

        Raises `BadInput` for a cursor from another order.
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
    if first is None and last is None:
        size: ValueSource = Constant(min(DEFAULT_PAGE, ctx.bounds.page))
    else:
        size = argument_slot(ctx, selection, FIRST if last is None else LAST)
    rest = {name: value for name, value in selection.arguments.items() if name not in PAGING and value is not None}
    places = tuple(
        (*_place(ctx, argument), before)
        for argument, before in ((selection.given("after"), False), (selection.given("before"), True))
        if argument is not None
    )
    bound = (
        Constant(binding(coordinate, resolved(rest, Request({})))) if is_constant(rest) else _Binding(coordinate, rest)
    )
    return Page(size, last is not None, bound, places)


def limit(page: Page, *, more: bool) -> ValueSource:
    """Return how many rows to read: one more than the page has, if it matters whether there are more."""
    return converted(page.size, lambda size: int(str(size)) + 1) if more else page.size


def _place(ctx: Context, argument: object) -> tuple[ValueSource, tuple[bool, ...]]:
    if isinstance(argument, PlaceReference):
        return argument, argument.pattern
    place = argument if isinstance(argument, Place) else ctx.cursors.open(str(argument))
    return Constant(place), place.pattern


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

    def value(self, request: Request) -> object:
        return binding(self.coordinate, resolved(self.arguments, request))


@dataclass(frozen=True, slots=True, eq=False)
class _Checked:
    """A cursor that is checked to have been made with the same arguments as the page that it is given to."""

    place: ValueSource
    bound: ValueSource

    def value(self, request: Request) -> object:
        place = self.place.value(request)
        assert isinstance(place, Place)
        if place.binding != self.bound.value(request):
            raise BadInput(ELSEWHERE)
        return place
