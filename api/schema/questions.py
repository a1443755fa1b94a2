"""The root fields of the query library: a connection of rows for each question.

The library has checked names and types already: no question has the name of another field or type of the API.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.schema.connections import PAGING, add_connection
from api.schema.registry import Argument, Output, Registry
from queries.question import TODAY, Column, Parameter, Question


def row_stem(question: Question) -> str:
    """Return the stem of a question's types: `<stem>Connection`, `<stem>Edge` and, for its rows, `<stem>Row`."""
    return question.name[0].upper() + question.name[1:]


def add_questions(registry: Registry, questions: Sequence[Question]) -> None:
    """Make the row and the connection of each question."""
    for question in questions:
        stem = row_stem(question)
        registry.add_object(
            f"{stem}Row",
            f"A row of: {_sentence(question.title)} {question.text}",
            [_column_output(question, column) for column in question.columns],
        )
        add_connection(registry, stem, f"{stem}Row", f"rows of: {question.title.rstrip('.')}")


def question_outputs(questions: Sequence[Question]) -> Iterator[Output]:
    """Yield the root field of each question."""
    for question in questions:
        yield Output(
            question.name,
            f"{row_stem(question)}Connection!",
            f"{_sentence(question.title)} {_sentence(question.text)} Source: {_sentence(question.source)}",
            (*(_argument(parameter) for parameter in question.parameters), *PAGING),
        )


def _column_output(question: Question, column: Column) -> Output:
    """Return the field of a column; one that identifies the row is never null."""
    sure = column.name in question.key and not column.type.endswith("!")
    return Output(column.name, f"{column.type}!" if sure else column.type, column.doc)


def _argument(parameter: Parameter) -> Argument:
    doc = _sentence(parameter.doc)
    if parameter.minimum is not None:
        doc = f"{doc} At least {parameter.minimum}."
    if parameter.default == TODAY:
        return Argument(parameter.name, parameter.type, f"{doc} Today in UTC unless given.")
    if parameter.required:
        return Argument(parameter.name, f"{parameter.type}!", doc)
    return Argument(parameter.name, parameter.type, doc, parameter.default)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
