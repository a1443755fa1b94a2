"""The values of a field's arguments, checked against the field's declaration."""

from __future__ import annotations

from functools import partial

from api.compiler.context import Context
from api.compiler.operation import Selection
from api.compiler.parameters import Constant, Today, ValueSource, converted, slot_of
from api.schema.registry import Argument

AS_OF = "asOf"


def argument_slot(ctx: Context, selection: Selection, argument: Argument) -> ValueSource:
    """Return the source of an argument's value, checked against its declared limit; raises `BadInput`."""
    given, limit = selection.given(argument.name), argument.limit
    if limit is None:
        return slot_of(given)
    if given is None:
        return Constant(limit.absent(argument.name))
    return converted(slot_of(given), partial(_checked, argument, ctx.bounds.page))


def day_asked(selection: Selection) -> ValueSource:
    """Return the source of the day `asOf`, by default today."""
    given = selection.given(AS_OF)
    return Today() if given is None else slot_of(given)


def _checked(argument: Argument, page: int, value: object) -> object:
    assert argument.limit is not None
    return argument.limit.check(argument.name, value, page)
