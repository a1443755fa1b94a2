from __future__ import annotations

from api.compiler.parameters import (
    Constant,
    Converted,
    Items,
    Reference,
    Request,
    converted,
    is_constant,
    resolved,
    slot_of,
)


def test_a_reference_reads_its_leaf() -> None:
    assert Reference(("f", "and", 1, "eq")).value(Request({"f": {"and": [{}, {"eq": 3}]}})) == 3


def test_a_list_may_mix_constants_and_variables() -> None:
    slot = slot_of(["a", Reference(("x",))])
    assert isinstance(slot, Items)
    assert slot.value(Request({"x": "b"})) == ["a", "b"]


def test_a_constant_list_stays_whole() -> None:
    slot = slot_of(["a", "b"])
    assert isinstance(slot, Constant)
    assert slot.value(Request({})) == ["a", "b"]


def test_a_converted_slot_converts_what_it_is_given() -> None:
    assert Converted(Reference(("n",)), lambda n: int(str(n)) + 1).value(Request({"n": 2})) == 3


def test_an_argument_is_resolved_at_every_depth() -> None:
    argument = {"or": [{"eq": Reference(("x",))}], "text": "y"}
    assert resolved(argument, Request({"x": 1})) == {"or": [{"eq": 1}], "text": "y"}


def test_what_is_made_of_a_constant_is_one() -> None:
    made = converted(Constant(2), lambda n: int(str(n)) + 1)
    assert isinstance(made, Constant)
    assert made.value(Request({})) == 3
    assert isinstance(converted(Reference(("n",)), str), Converted)


def test_an_argument_is_constant_without_references_at_any_depth() -> None:
    assert is_constant({"or": [{"eq": "x"}], "n": 1})
    assert not is_constant({"or": [{"eq": Reference(("x",))}]})
