from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.compiler.search import lucene
from graph.errors import BadInput


def test_a_word_is_looked_for_exactly_then_nearly() -> None:
    assert lucene("García") == "(garcía^16 garcía*^4 garcía~1)"


def test_numbers_are_joined_however_they_are_grouped() -> None:
    assert "(900123456^16" in lucene("A 900-123-456")
    assert "17135550123^16" in lucene("(713) 555-0123")


@given(st.text(max_size=200))
def test_nothing_of_a_text_is_syntax(text: str) -> None:
    try:
        query = lucene(text)
    except BadInput:
        return
    assert re.fullmatch(r"(\((?:[^\W_]+(?:\^16|\*\^4|~[12]) ?)+\) ?)+", query)


@pytest.mark.parametrize(("text", "words"), [("", "no letter"), ("*:* ~ __", "no letter"), ("x" * 201, "longer")])
def test_a_text_that_cannot_be_looked_for_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        lucene(text)
