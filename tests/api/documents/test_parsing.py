from __future__ import annotations

import pytest
from graphql import GraphQLSchema, OperationType, get_introspection_query

from api.documents import Document, Documents
from api.documents.limits import Limits
from api.errors import ParseFailed, ValidationFailed
from graph.errors import BadInput, CostLimitExceeded


@pytest.fixture
def documents(small_schema: GraphQLSchema) -> Documents:
    return Documents(small_schema, limits=Limits())


def load(documents: Documents, text: str) -> Document:
    return documents.validate(documents.parse(text))


def test_a_document_is_one_object_while_it_is_remembered(documents: Documents) -> None:
    first = load(documents, "{ greeting }")
    assert load(documents, "{ greeting }") is first
    assert load(documents, "{  greeting }") is not first


def test_an_operation_is_measured_once_for_each_name_that_chooses_it(documents: Documents) -> None:
    text = "query Greet { greeting }"
    document = load(documents, text)
    assert load(documents, text).measured == {None}
    assert documents.validate(document, "Greet").measured == {None, "Greet"}
    assert load(documents, "{ a: greeting }").measured == {None}


def test_the_least_recently_used_are_forgotten(small_schema: GraphQLSchema) -> None:
    documents = Documents(small_schema, limits=Limits(cached_tokens=12))
    a, b, c = (load(documents, f"{{ {name}: greeting }}") for name in "abc")
    assert documents.parse(a.text) is not a
    assert documents.parse(b.text) is b
    load(documents, "{ d: greeting }")
    assert documents.parse(b.text) is b
    assert documents.parse(c.text) is not c


def test_a_document_that_is_not_graphql_is_refused_with_its_place(documents: Documents) -> None:
    with pytest.raises(ParseFailed) as failed:
        documents.parse("{\n  greeting(")
    assert failed.value.errors[0].locations == [(2, 12)]


@pytest.mark.parametrize("text", ["", "   ", "#", "{", "\x00", '{ child(id: "\\ud800") { id } }', "{ a: }", "query"])
def test_other_texts_that_are_not_graphql(documents: Documents, text: str) -> None:
    with pytest.raises(ParseFailed):
        documents.parse(text)


def test_a_wrong_field_is_told_with_the_likely_one(documents: Documents) -> None:
    with pytest.raises(ValidationFailed, match="Did you mean 'greeting'"):
        load(documents, "{ greting }")


def test_errors_are_told_up_to_a_number(documents: Documents) -> None:
    with pytest.raises(ValidationFailed) as failed:
        load(documents, "{ " + " ".join(f"wrong{number}" for number in range(40)) + " }")
    assert len(failed.value.errors) == 6


@pytest.mark.parametrize(
    "text", ["fragment A on Query { greeting }", "type Query { greeting: String }", "{ greeting } { greeting }"]
)
def test_documents_that_cannot_be_run_are_not_valid(documents: Documents, text: str) -> None:
    with pytest.raises(ValidationFailed):
        load(documents, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" " * 100_001, "100,001 characters"),
        ("{ " + "greeting " * 4_001 + "}", "more than 4000 tokens"),
        ("#\n" * 4_001 + "{ greeting }", "more than 4000 comments"),
        ("{ child" * 300, "nested too deeply"),
        ("{ child(id: 1) " + "{ siblings " * 60 + "{ id }" + "}" * 61, "62 deep"),
        ("{ " + "child(id: 1) { id } " * 300 + "}", "root fields"),
        ("{ child(id: 1) { " + "id " * 1_500 + "} }", "repeats"),
    ],
)
def test_documents_over_a_limit_are_refused_with_the_number(documents: Documents, text: str, said: str) -> None:
    with pytest.raises(CostLimitExceeded, match=said):
        load(documents, text)


def test_the_introspection_of_tools_passes(documents: Documents) -> None:
    text = get_introspection_query(descriptions=True, schema_description=True, input_value_deprecation=True)
    assert load(documents, text).fragments.keys() == {"FullType", "InputValue", "TypeRef"}


def test_the_operation_is_chosen_by_name(documents: Documents) -> None:
    document = load(documents, "query A { greeting } mutation B { write }")
    assert document.operation("A").operation is OperationType.QUERY
    assert document.would_run("B") is OperationType.MUTATION
    assert document.would_run(None) is None
    with pytest.raises(BadInput, match="several operations"):
        document.operation(None)
    with pytest.raises(BadInput, match="no operation of the name"):
        document.operation("C")


def test_the_only_operation_needs_no_name(documents: Documents) -> None:
    named = load(documents, "query A { greeting }")
    assert named.operation(None) is named.operation("A")
    with pytest.raises(BadInput):
        load(documents, "{ greeting }").operation("A")
