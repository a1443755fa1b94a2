"""Roles that see some records only: what they are told neither holds nor depends on what is hidden from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise
from random import Random

import orjson
import pytest
from graphql import GraphQLSchema

from api.access.policy import EVERYTHING, Access, Actor, Role
from api.access.questions import may_read
from api.compiler.ids import global_id
from api.compiler.row_rules import Permissions
from api.compiler.scope import Rule
from api.http.export import Asked, Exports
from graph.cypher import Printer, Variable
from graph.errors import BadInput, Forbidden, SightlineError
from graph.model import MODEL
from graph.store import Store
from queries.export.writers import FileFormat
from queries.library.cypher_text import Token, significant
from queries.library.node_patterns import read_node_patterns
from queries.library.question import AS_OF, Question
from queries.library.shown import owners
from tests.api.compiler.asking import Asker
from tests.api.compiler.compiling import compile_text, library
from tests.api.compiler.special import DAY, ONE_NODE, Operation, asking, outcome, special
from tests.clerk import CLERK, COLLEAGUE
from tests.reference import (
    SmallGraph,
    difference,
    disguised,
    random_document,
    random_graph,
    reference_answer,
    reference_schema,
    seen,
    settled,
    write_graph,
)

SEED = 20_261
"""Of the graphs and documents; a failure names the document that it is about."""
OPERATIONS = 2_000
"""Random operations, each compiled as the clerk asks it."""
EXECUTED = {CLERK.name: 16, COLLEAGUE.name: 12}
"""How many of them each role asks of both its graphs: the database takes a fifth of a second to plan a new one, and
several seconds under the rules of the clerk; neighborhoods are asked for by the colleague alone for that reason."""
SOME = ("missedHearingsNotTold", "childrenReturnedToCustody", "transfersAfterDeadline")
"""The questions that are asked, and read as files: under the rules of the clerk one takes seconds to plan."""


@pytest.fixture(scope="module")
def reference() -> GraphQLSchema:
    return reference_schema(list(library()))


@cache
def graph_of(seed: int) -> SmallGraph:
    return settled(Random(seed), random_graph(Random(seed), size=6))


def operation(reference: GraphQLSchema, number: int) -> Operation:
    return random_document(Random(SEED + number), reference, graph_of(SEED), lists=2, fields=6, roots=1)


# --- what is compiled -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Stands for the condition of a rule, so that it can be found in a statement."""

    label: str
    node: Variable

    def print(self, out: Printer) -> str:
        return f"ruled{self.label}({self.node.print(out)})"


def marked(permissions: Permissions) -> Permissions:
    """Return the permissions with a mark for the condition of each rule."""
    rules = {label: Rule(partial(Mark, label), rule.refusal) for label, rule in permissions.rules.items()}
    return replace(permissions, rules=rules)


def hidden_names(access: Access) -> set[str]:
    """Return the properties that may be read of no label and no relationship."""
    shown, hidden = set[str](), set[str]()
    for owner, properties in owners(MODEL).items():
        for prop in properties.values():
            names = {prop.name, prop.twin} if prop.folded else {prop.name}
            (shown if may_read(MODEL, access, owner, prop) else hidden).update(names)
    return hidden - shown


def unruled(tokens: Sequence[Token], ruled: frozenset[str]) -> list[str]:
    """Return the patterns of nodes that may have a ruled label, and that the rule is not about.

    Read with the library's reader of patterns, which knows nothing of the compiler. Names that end in a number are the
    compiler's, each of one node; the others stand in the bodies of questions, which have tests of their own.
    """
    marks: defaultdict[str, set[str]] = defaultdict(set)
    given = {after.name for before, after in pairwise(tokens) if before.is_word("AS")}
    for position, token in enumerate(tokens):
        if token.named and token.name.startswith("ruled") and tokens[position + 1].is_symbol("("):
            marks[tokens[position + 2].name].add(token.name.removeprefix("ruled"))
    nodes = read_node_patterns(tokens, MODEL).nodes
    possible: dict[str, frozenset[str]] = {}
    for node in nodes:
        possible[node.name] = node.labels & possible.get(node.name, node.labels) if node.name else frozenset()
    return [
        node.name or "a node without a name"
        for node in nodes
        if (not node.name or node.name[-1].isdigit())
        and node.name not in given
        and (possible[node.name] or node.labels) & ruled - marks[node.name]
    ]


@pytest.mark.slow
def test_each_of_2000_operations_is_refused_or_reads_nothing_that_is_hidden(reference: GraphQLSchema) -> None:
    permissions = marked(Permissions.of(MODEL, CLERK.access, {question.name: question for question in library()}))
    hidden, ruled = hidden_names(CLERK.access), frozenset(permissions.rules)
    assert {"lastName", "lastNameFolded", "street", "childCount"} < hidden
    refused, read = 0, 0
    for number in range(OPERATIONS):
        text, variables = operation(reference, number)
        try:
            program, _ = compile_text(text, variables, permissions=permissions, valid=True)
        except Forbidden:
            refused += 1
            continue
        except BadInput:
            continue
        tokens = significant(program.statement)
        read += bool(tokens)
        named = [after.name for before, after in pairwise(tokens) if before.is_symbol(".") and after.named]
        assert not hidden.intersection(named), text
        assert unruled(tokens, ruled) == [], f"{text}\n{program.statement}"
    assert (refused > OPERATIONS // 3, read > OPERATIONS // 3) == (True, True)


def test_a_pattern_without_its_rule_is_noticed() -> None:
    program, _ = compile_text("{ children { nodes { key placements { nodes { key } } } } }")
    assert unruled(significant(program.statement), frozenset({"Child"})) == ["c0", "c0"]
    assert unruled(significant(program.statement), frozenset({"Placement"})) == ["p1"]


def test_what_nobody_hides_is_compiled_as_ever() -> None:
    text = "{ children { totalCount nodes { key sponsors { totalCount } } } }"
    assert compile_text(text, access=EVERYTHING)[0].statement == compile_text(text)[0].statement


# --- what is answered -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What a role is told by a graph, and by another that differs only in what is hidden from it.

    The first of the operations are random ones; `left` is what the role may see.
    """

    role: Role
    left: SmallGraph
    asked: Sequence[Operation]
    answers: tuple[Sequence[bytes], Sequence[bytes]]
    files: tuple[Sequence[bytes], Sequence[bytes]]

    @property
    def random(self) -> Sequence[tuple[Operation, bytes]]:
        return list(zip(self.asked, self.answers[0], strict=True))[: EXECUTED[self.role.name]]


@pytest.fixture(scope="module", params=[CLERK, COLLEAGUE], ids=lambda role: role.name)
async def told(request: pytest.FixtureRequest, store: Store, reference: GraphQLSchema) -> Told:
    role: Role = request.param
    one = graph_of(SEED)
    other = disguised(Random(SEED), one, role.access)
    ask = Asker(store, actor=Actor("somebody", role))
    asked = [operation(reference, number) for number in range(EXECUTED[role.name])]
    asked += [*special(one, near=role is COLLEAGUE), *(asking(question) for question in _questions())]
    answers, files = [], []
    for graph in (one, other):
        await store.write("MATCH (n) DETACH DELETE n")
        await write_graph(store, graph)
        answers.append([await outcome(ask, each) for each in asked])
        files.append([await file(store, role.access, question) for question in _questions()])
    return Told(role, seen(one, role.access), asked, (answers[0], answers[1]), (files[0], files[1]))


def _questions() -> list[Question]:
    return [question for question in library() if question.name in SOME]


async def file(store: Store, access: Access, question: Question) -> bytes:
    """Return the file of a question, with what its rows are linked to, or why there is none."""
    given = {parameter.name: "child-1" for parameter in question.parameters if parameter.required}
    exports = Exports(store, MODEL, {question.name: question for question in library()})
    try:
        pieces = exports.file(question, FileFormat.GRAPHML, Asked({**given, AS_OF: DAY}, 100), access, ())
        return b"".join([piece async for piece in pieces])
    except SightlineError as error:
        return f"{type(error).__name__}: {error}".encode()


def test_answers_do_not_depend_on_what_is_hidden(told: Told) -> None:
    one, other = told.answers
    assert [(told.asked[place], text, other[place]) for place, text in enumerate(one) if text != other[place]] == []
    refused = [text for text in one if text.startswith(b"Forbidden")]
    assert len(refused) < len(one) * 3 // 4
    assert [text for text in one if not text.startswith((b"{", b"Forbidden", b"BadInput"))] == []


def test_files_do_not_depend_on_what_is_hidden(told: Told) -> None:
    one, other = told.files
    assert one == other
    assert any(b"</node>" in text and b"</edge>" in text for text in one)
    assert [text for text in one if not text.startswith((b"<", b"Forbidden"))] == []


def test_answers_are_those_of_a_graph_without_what_is_hidden(told: Told, reference: GraphQLSchema) -> None:
    answered = 0
    for (text, variables), got in told.random:
        if got.startswith(b"{"):
            wanted = reference_answer(told.left, reference, text, variables)
            assert difference(orjson.loads(got), wanted["data"]) is None, text
            answered += 1
    assert answered > len(told.random) // 4


def test_a_hidden_node_looks_like_one_that_is_not_there(told: Told) -> None:
    left = {thing.id for thing in told.left.things}
    answers = {
        variables["id"]: orjson.loads(got)
        for (text, variables), got in zip(told.asked, told.answers[0], strict=True)
        if text == ONE_NODE
    }
    hidden = [id_ for id_ in answers if id_ not in left]
    assert {global_id("Child", "nobody")} < {*hidden}
    assert [id_ for id_ in hidden if answers[id_] != {"node": None}] == []
    assert [id_ for id_ in left if answers[id_] == {"node": None}] == []
