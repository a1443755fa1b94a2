"""What the playground knows about each question: its text, its parameters, and a document that asks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graphql import FieldNode, GraphQLSyntaxError, OperationDefinitionNode, SelectionSetNode, parse, print_ast

from queries.library.question import GROWN_UP, TODAY, Parameter, Question
from queries.library.values import SCALARS

PAGE = {"first": "Int", "after": "String"}
_PAGE_INFO = "pageInfo { hasNextPage endCursor }"
_LEANS = re.compile(r"\$|\.\.\.(?!\s*on\b)")
"""A variable or a fragment that is defined elsewhere in the document."""


def describe_questions(questions: Sequence[Question], *, page: int) -> dict[str, Any]:
    """Return the library's description for the page, as JSON types; `page` is the largest number of rows at once."""
    return {"questions": [_describe(question) for question in questions], "maxPageSize": page}


def question_document(question: Question) -> str:
    """Return an operation that asks the question, with the selection of its example and a variable for each parameter.

    The variable `first` is the number of rows, and `after` is the cursor of the row before the page. The answer says
    whether more rows follow.
    """
    return _document(question, PAGE, _selection(question))


def left_out_document(question: Question) -> str | None:
    """Return an operation that counts the rows left out because they are about people who have turned 18, if any are.

    It is apart from the rows, because it counts the whole answer twice.
    """
    if all(one.name != GROWN_UP for one in question.parameters):
        return None
    return _document(question, {}, "{ grownUpLeftOut }")


def _document(question: Question, more: Mapping[str, str], selection: str) -> str:
    types = {**{parameter.name: _variable_type(parameter) for parameter in question.parameters}, **more}
    variables = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    arguments = ", ".join(f"{name}: ${name}" for name in types)
    operation = question.name[0].upper() + question.name[1:]
    return print_ast(parse(f"query {operation}({variables}) {{ {question.name}({arguments}) {selection} }}"))


def _describe(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title,
        "text": _text(question),
        "source": question.source,
        "rules": [
            {"citation": rule.citation, "text": rule.doc, "inForce": rule.in_force, "secondary": rule.secondary}
            for rule in question.rules
        ],
        "omits": question.omits,
        "severity": question.severity.value,
        "parameters": [_describe_parameter(parameter) for parameter in question.parameters],
        "columns": [{"name": column.name, "type": column.kind, "doc": column.doc} for column in question.columns],
        "document": question_document(question),
        "leftOut": left_out_document(question),
    }


def _text(question: Question) -> str:
    """Return the question's text, and which rows are more severe than the others."""
    raised = question.raised
    return f"{question.text} Severity is {raised.severity.value} where {raised.where}." if raised else question.text


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    enumeration = parameter.enumeration
    choices = (
        [{"value": enumeration.graphql_name(value), "doc": doc} for value, doc in enumeration.values.items()]
        if enumeration
        else []
    )
    return {
        "name": parameter.name,
        "type": parameter.type,
        "doc": parameter.doc,
        "required": parameter.required,
        "default": _default(parameter),
        "minimum": parameter.minimum,
        "choices": choices,
    }


def _default(parameter: Parameter) -> object:
    """Return the default as JSON; the current day is left to the server, so that it is the same everywhere."""
    if parameter.default == TODAY:
        return None
    if isinstance(parameter.default, date):
        return parameter.default.isoformat()
    if parameter.enumeration is not None and isinstance(parameter.default, str):
        return parameter.enumeration.graphql_name(parameter.default)
    return parameter.default


def _variable_type(parameter: Parameter) -> str:
    return f"{parameter.type.rstrip('!')}!" if parameter.required else parameter.type


def _selection(question: Question) -> str:
    """Return the example's selection below the question's field, or the plain columns if it does not work alone."""
    for field in _fields(question.example):
        if field.name.value == question.name and field.selection_set is not None:
            selection = print_ast(field.selection_set)
            if not _LEANS.search(selection):
                return _with_page_info(field.selection_set)
    columns = " ".join(
        column.name if column.kind in SCALARS else f"{column.name} {{ id key }}" for column in question.columns
    )
    return f"{{ totalCount nodes {{ {columns} }} {_PAGE_INFO} }}"


def _with_page_info(selections: SelectionSetNode) -> str:
    told = any(isinstance(field, FieldNode) and field.name.value == "pageInfo" for field in selections.selections)
    text = print_ast(selections).rstrip().removesuffix("}")
    return f"{text}{'' if told else f' {_PAGE_INFO}'} }}"


def _fields(document: str) -> list[FieldNode]:
    try:
        definitions = parse(document).definitions
    except GraphQLSyntaxError:
        return []
    operations = [definition for definition in definitions if isinstance(definition, OperationDefinitionNode)]
    selections = [selection for operation in operations for selection in operation.selection_set.selections]
    return [selection for selection in selections if isinstance(selection, FieldNode)]
