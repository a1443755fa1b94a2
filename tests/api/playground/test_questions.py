from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from graphql import parse, validate

from api.playground.questions import describe_questions, left_out_document, question_document
from queries.library.question import Parameter, Question
from tests.api.compiler.compiling import library, schema

QUESTIONS = list(library())
SPONSORS = library()["sponsorsWithMultipleChildren"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_documents_fit_the_schema(question: Question) -> None:
    assert validate(schema(), parse(question_document(question))) == []


def test_a_document_has_a_variable_for_each_parameter() -> None:
    head = question_document(SPONSORS).partition(")")[0]
    names = "$minChildren: Int, $minUnrelated: Int, $asOf: Date, $first: Int, $after: String"
    assert head == f"query SponsorsWithMultipleChildren({names}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_documents_ask_whether_rows_follow(question: Question) -> None:
    document = question_document(question)
    assert "after: $after" in document
    assert document.count("pageInfo {") == document.count("hasNextPage") == document.count("endCursor") == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_what_is_left_out_is_counted_apart(question: Question) -> None:
    assert "grownUpLeftOut" not in question_document(question)
    document = left_out_document(question)
    assert (document is not None) == any(one.name == "includeGrownUp" for one in question.parameters)
    assert document is None or validate(schema(), parse(document)) == []


def test_what_an_example_asks_of_its_page_is_kept() -> None:
    example = "{ sponsorsWithMultipleChildren { nodes { childCount } pageInfo { endCursor hasNextPage } } }"
    assert question_document(replace(SPONSORS, example=example)).count("pageInfo") == 1


@pytest.mark.parametrize(
    "example",
    [
        "{ sponsorsWithMultipleChildren { ...all } } "
        "fragment all on SponsorsWithMultipleChildrenConnection { totalCount }",
        "query ($n: Int) { sponsorsWithMultipleChildren { nodes { sponsor { children(first: $n) { totalCount } } } } }",
        "{ sponsorsWithMultipleChildren }",
        "{ sponsorsWithMultipleChildren",
    ],
)
def test_an_example_that_cannot_stand_alone_gives_the_columns(example: str) -> None:
    document = question_document(replace(SPONSORS, example=example))
    assert " ".join(document.split("{", 2)[2].split()) == (
        "totalCount nodes { sponsor { id key } childCount unrelatedCount siblingGroups } "
        "pageInfo { hasNextPage endCursor } } }"
    )


def test_what_the_form_needs_is_told() -> None:
    parameters = (
        Parameter("least", "Int", 2, "Least.", minimum=1),
        Parameter("day", "Date", date(2024, 5, 31), "A day."),
        Parameter("name", "String", None, "A name."),
    )
    (told,) = describe_questions([replace(SPONSORS, parameters=parameters)], page=100)["questions"]
    assert [(entry["default"], entry["required"], entry["minimum"]) for entry in told["parameters"]] == [
        (2, False, 1),
        ("2024-05-31", False, None),
        (None, True, None),
    ]
    assert "$name: String!" in told["document"]
    assert (told["severity"], told["title"]) == ("MEDIUM", "Sponsors of several children")
    assert told["text"].endswith(" Severity is HIGH where unrelatedCount >= 2.")
