"""The root fields of the query library: a connection of rows for each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from api.schema.connections import PAGING, add_connection
from api.schema.objects import root_outputs
from api.schema.registry import SCALARS, Argument, Output, Registry, named_type
from graph.errors import QueryFileError
from graph.model import Model
from queries.question import TODAY, Column, Parameter, Question


def row_stem(question: Question) -> str:
    """Return the stem of a question's types: `<stem>Connection`, `<stem>Edge` and, for its rows, `<stem>Row`."""
    return question.name[0].upper() + question.name[1:]


def add_questions(registry: Registry, model: Model, questions: Sequence[Question]) -> None:
    """Make the row and the connection of each question.

    Raises `QueryFileError` for a name that the API has already, and for a type that it does not have.
    """
    values = set(SCALARS) | {enumeration.name for enumeration in model.enumerations}
    for question in questions:
        _check_types(question, question.columns, values | set(model.labels))
        _check_types(question, question.parameters, values)
        stem = row_stem(question)
        for name in (f"{stem}Row", f"{stem}Edge", f"{stem}Connection"):
            if name in registry:
                raise QueryFileError(f"{question.path}: the API has a type {name} already; choose another name")
        registry.add_object(
            f"{stem}Row",
            f"A row of: {_sentence(question.title)} {question.text}",
            [_column_output(question, column) for column in question.columns],
        )
        add_connection(registry, stem, f"{stem}Row", f"rows of: {question.title.rstrip('.')}")


def question_outputs(model: Model, questions: Sequence[Question]) -> Iterator[Output]:
    """Yield the root field of each question; raises `QueryFileError` for a name that is taken."""
    taken = {output.name for output in root_outputs(model)}
    paging = {argument.name for argument in PAGING}
    for question in questions:
        if question.name in taken:
            raise QueryFileError(f"{question.path}: the API has a field {question.name} already; choose another name")
        if clash := paging & {parameter.name for parameter in question.parameters}:
            raise QueryFileError(f"{question.path}: parameter {min(clash)} belongs to paging; choose another name")
        taken.add(question.name)
        yield Output(
            question.name,
            f"{row_stem(question)}Connection!",
            f"{_sentence(question.title)} {_sentence(question.text)} Source: {_sentence(question.source)}",
            (*(_argument(parameter) for parameter in question.parameters), *PAGING),
        )


def _check_types(question: Question, declared: Sequence[Column | Parameter], known: Set[str]) -> None:
    for item in declared:
        if named_type(item.type) not in known:
            raise QueryFileError(
                f"{question.path}: {item.name} has the type {item.type}; use one of {', '.join(sorted(known))}"
            )


def _column_output(question: Question, column: Column) -> Output:
    sure = column.name in question.key and not column.type.endswith("!")
    return Output(column.name, f"{column.type}!" if sure else column.type, column.doc)


def _argument(parameter: Parameter) -> Argument:
    if parameter.default == TODAY:
        return Argument(parameter.name, parameter.type, f"{_sentence(parameter.doc)} Today in UTC unless given.")
    if parameter.default is None:
        return Argument(parameter.name, f"{parameter.type.rstrip('!')}!", parameter.doc)
    return Argument(parameter.name, parameter.type, parameter.doc, parameter.default)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
