from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.policy import EVERYTHING, Access, RowRule
from api.fields.search import Fields, lucene
from graph.errors import BadInput, Forbidden
from graph.model import Sensitivity
from tests.api.compiler.compiling import compile_text


def test_a_word_is_looked_for_exactly_then_nearly() -> None:
    assert lucene("Ruíz") == "(ruiz^16 ruiz*^4 ruiz~1)"


def test_words_are_looked_for_alone_together_and_inside_names() -> None:
    query = lucene("O\u2019Hara")
    assert query.split(") (") == [
        "(o^16",
        "hara^16 hara*^4 hara~1",
        "ohara^16 ohara*^4",
        "o'hara^16)",
    ]
    assert "lastNameFolded:*vargas*" in lucene("vargas")


def test_numbers_are_joined_however_they_are_grouped() -> None:
    assert "(900123456^16" in lucene("A 900-123-456")
    assert "17135550123^16" in lucene("(713) 555-0123")
    assert "17135550123^16" in lucene("(713)\u00a0555\u20130123 ext. 4")
    assert "(045678912^16" in lucene("45678912.0")
    assert "(045678912^16" in lucene("Vega A45-678-912")
    assert "(02134^16" in lucene("2134")


WORD = r"[^\W_]+(?:['.][^\W_]+)*"
QUERY = rf"(\((?:(?:{WORD}(?:\^16|\*\^4|~[12])|(?:first|last)NameFolded:\*[^\W_]+\*) ?)+\) ?)+"


def test_a_role_searches_the_fields_that_it_may_read() -> None:
    assert lucene("Ruiz", Fields(("code", "nameFolded"))) == (
        "(code:(ruiz^16 ruiz*^4 ruiz~1) nameFolded:(ruiz^16 ruiz*^4 ruiz~1))"
    )
    assert "lastNameFolded:*vargas*" not in lucene("vargas", Fields(("code",)))
    [query] = queries(Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE})))
    assert query.startswith("(code:(ruiz^16 ")
    assert not [name for name in ("lastName", "street", "city", "number:", "aNumber") if name in query]
    assert queries(EVERYTHING) == ["(ruiz^16 ruiz*^4 ruiz~1)"]
    with pytest.raises(Forbidden, match="may read nothing that is searched"):
        queries(Access(frozenset()))


def test_a_field_that_several_labels_have_is_searched_when_all_of_them_may_be_read() -> None:
    [query] = queries(Access(EVERYTHING.sensitivities, withheld=frozenset({("Sponsor", "lastName")})))
    assert "firstName:(" in query
    assert "lastName" not in query


def test_scores_tell_nothing_of_hidden_nodes_to_who_may_not_see_all() -> None:
    access = Access(EVERYTHING.sensitivities, rows=frozenset({RowRule("Child", {"sex": {"eq": "FEMALE"}})}))
    assert queries(access) == ["(/ruiz/^16 ruiz*^4)"]
    program, _ = compile_text(SEARCH, access=access)
    assert "queryNodes('search', $p[1], {})" in program.statement
    assert "WHERE (NOT (n0:Child) OR (n0.sex = $p[2]))" in program.statement


SEARCH = '{ search(text: "Ruiz") { score } }'


def queries(access: Access) -> list[str]:
    program, variables = compile_text(SEARCH, access=access)
    found = program.bind(variables, {}).parameters
    return [value for value in found if isinstance(value, str) and "ruiz" in value]


@given(st.text(max_size=200))
def test_nothing_of_a_text_is_syntax(text: str) -> None:
    try:
        query = lucene(text)
    except BadInput:
        return
    marks_as_letters = "".join("a" if unicodedata.category(c).startswith("M") else c for c in query)
    assert re.fullmatch(QUERY, marks_as_letters)


@pytest.mark.parametrize(("text", "words"), [("", "no letter"), ("*:* ~ __", "no letter"), ("x" * 201, "longer")])
def test_a_text_that_cannot_be_looked_for_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        lucene(text)
