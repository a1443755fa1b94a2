from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.compiler.cursors import CursorBox, binding
from graph.errors import BadInput

BOX = CursorBox(bytes(range(32)))
VALUES = st.lists(st.none() | st.text() | st.booleans() | st.integers(-(2**53), 2**53), max_size=5)


@given(VALUES, st.text())
def test_a_cursor_says_what_it_was_made_of(values: list[object], made_under: str) -> None:
    place = BOX.open(BOX.seal(values, binding(made_under)))
    assert place.values == tuple(values)
    assert place.binding == binding(made_under)
    assert place.pattern == tuple(value is None for value in values)


def test_a_cursor_shows_nothing_and_is_stable() -> None:
    sealed = BOX.seal(["García", "2009-05-19"], binding("x"))
    assert "Garc" not in sealed
    assert sealed == BOX.seal(["García", "2009-05-19"], binding("x"))
    assert sealed != BOX.seal(["García", "2009-05-19"], binding("y"))


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a cursor"):
        BOX.open(text)


def test_a_changed_or_foreign_cursor_is_refused() -> None:
    sealed = BOX.seal(["a"], binding("x"))
    for changed in (sealed[:-1], sealed[1:], CursorBox(bytes(32)).seal(["a"], binding("x"))):
        with pytest.raises(BadInput, match="not a cursor"):
            BOX.open(changed)
