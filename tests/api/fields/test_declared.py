"""Every field of the schema goes through the compiler, with the limits that it declares."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    get_named_type,
)

from api.compiler.context import CompileLimits
from api.compiler.ids import global_id
from api.compiler.program import Program
from api.fields import Fields, declare, reserved_names
from api.fields.field import Field
from api.schema.limits import Between
from api.schema.registry import Argument
from graph.errors import BadInput
from graph.model import MODEL
from tests.api.compiler.compiling import compile_text, fields, schema

BOUNDS = CompileLimits(lists=1_000, nested=100)
SAMPLES = {"ID": json.dumps(global_id("Child", "c")), "String": '"x"', "Int": "2", "Date": '"2024-05-31"'}
OTHER_END = json.dumps(global_id("Child", "d"))


def root(name: str) -> GraphQLObjectType:
    kind = schema().type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


QUERY, MUTATION = root("Query"), root("Mutation")
CASES = [
    *(pytest.param("query", name, field, id=name) for name, field in QUERY.fields.items()),
    *(pytest.param("mutation", name, field, id=name) for name, field in MUTATION.fields.items()),
]


def literal(kind: GraphQLInputType) -> str:
    """Return a value of a type as GraphQL writes it."""
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return f"[{literal(kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        return str(next(iter(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {name: one for name, one in kind.fields.items() if isinstance(one.type, GraphQLNonNull)}
        return f"{{{', '.join(f'{name}: {literal(one.type)}' for name, one in needed.items())}}}"
    return SAMPLES[get_named_type(kind).name]


def called(name: str, field: GraphQLField, **given: str) -> str:
    """Return a field with a value for each argument that needs one."""
    needed = {
        argument: OTHER_END if argument == "to" else literal(one.type)
        for argument, one in field.args.items()
        if isinstance(one.type, GraphQLNonNull) and one.default_value is Undefined
    }
    texts = ", ".join(f"{argument}: {value}" for argument, value in {**needed, **given}.items())
    return f"{name}({texts})" if texts else name


def selected(kind: GraphQLOutputType, seen: tuple[str, ...] = ()) -> str:
    """Return everything that an object has, at every depth, but of a node nothing but its key and further fields."""
    named = get_named_type(kind)
    if named.name == "Node":
        return "{ __typename id key }"
    if not isinstance(named, GraphQLObjectType):
        return ""
    known = dict(named.fields)
    if named.name in MODEL.labels:
        further = {name for label, name in fields().table.nodes if label == named.name and named.name not in seen}
        known = {name: field for name, field in known.items() if name == "key" or name in further}
    inner = (f"{called(name, one)} {selected(one.type, (*seen, named.name))}" for name, one in known.items())
    return f"{{ __typename {' '.join(inner)} }}"


def compiled(operation: str, name: str, field: GraphQLField, **given: str) -> Program:
    text = f"{operation} {{ {called(name, field, **given)} {selected(field.type)} }}"
    return compile_text(text, bounds=BOUNDS)[0]


@pytest.mark.parametrize(("operation", "name", "field"), CASES)
def test_a_root_field_and_all_below_it_compiles(operation: str, name: str, field: GraphQLField) -> None:
    program = compiled(operation, name, field)
    assert program.statement.startswith("CYPHER 25\nRETURN [")
    assert (program.effect is not None) == (operation == "mutation")


def test_every_type_is_below_a_root_field() -> None:
    found: set[str] = set()
    left: list[GraphQLNamedType] = [QUERY, MUTATION]
    while left:
        kind = left.pop()
        if isinstance(kind, GraphQLObjectType) and kind.name not in found:
            found.add(kind.name)
            left += [get_named_type(one.type) for one in kind.fields.values()]
    named = schema().type_map.items()
    objects = {name for name, kind in named if isinstance(kind, GraphQLObjectType) and not name.startswith("__")}
    assert objects == found


def test_the_compiler_has_the_root_fields_of_the_schema() -> None:
    table = fields().table
    assert table.queries.keys() - QUERY.fields.keys() == {"__schema", "__type"}
    assert QUERY.fields.keys() <= table.queries.keys()
    assert table.mutations.keys() == MUTATION.fields.keys()


def test_a_further_field_of_a_node_compiles() -> None:
    for label, name in fields().table.nodes:
        kind = schema().type_map[label]
        assert isinstance(kind, GraphQLObjectType)
        field = kind.fields[name]
        one = f"{label[0].lower()}{label[1:]}"
        program, _ = compile_text(f'{{ {one}(id: "x") {{ {called(name, field)} {selected(field.type)} }} }}')
        assert "MATCH" in program.statement


def numbers() -> Iterator[tuple[str, Argument, Between]]:
    for capability in fields().capabilities:
        for field in capability.queries:
            for argument in field.arguments:
                if isinstance(argument.limit, Between):
                    yield field.name, argument, argument.limit


@pytest.mark.parametrize(("name", "argument", "limit"), list(numbers()), ids=lambda one: getattr(one, "name", str(one)))
def test_a_number_is_held_to_what_its_description_says(name: str, argument: Argument, limit: Between) -> None:
    field = QUERY.fields[name]
    assert limit.words in (field.args[argument.name].description or "")
    for fits in (limit.least, limit.most):
        compiled("query", name, field, **{argument.name: str(fits)})
    wanted = f"give a number from {limit.least} to {limit.most}"
    for wrong in (str(limit.least - 1), str(limit.most + 1), "null"):
        with pytest.raises(BadInput, match=f"{argument.name} is {wrong}; {wanted}"):
            compiled("query", name, field, **{argument.name: wrong})


def test_a_limit_that_no_description_tells_cannot_be_declared() -> None:
    first = Argument("first", "Int", "How many.", limit=Between(1, 9))
    with pytest.raises(ValueError, match="no description of untold tells the limit of first"):
        Field("untold", "Int", "A number.", lambda ctx, selection: None, (first,))
    with pytest.raises(ValueError, match="a limit that it does not have"):
        Argument("first", "Int", "How many, {limit}.")


def test_no_two_fields_have_one_name() -> None:
    capabilities = declare(MODEL, ()).capabilities
    with pytest.raises(ValueError, match="node is declared twice"):
        Fields(MODEL, (*capabilities, capabilities[0]))


def test_a_field_without_what_it_compiles_to_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="compile"):
        Field("half", "Int", "A number.")  # type: ignore[call-arg]


def test_names_that_no_question_may_have() -> None:
    reserved = reserved_names(MODEL)
    assert {"node", "nodes", "search", "shortestPaths", "connection", "child", "children", "ring", "lookup"} <= reserved
    assert reserved.isdisjoint({"sponsorsWithMultipleChildren", "timeline"})
    assert reserved == declare(MODEL, ()).names
