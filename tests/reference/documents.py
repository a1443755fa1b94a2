"""Random documents: always valid, bounded in size, the same for the same seed.

Their fields merge by construction: a field with arguments has an alias of its own, except where it is repeated as it
stands, and a field without arguments means the same wherever it occurs for one type. Fields of types that share a
selection through an interface all have aliases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_required_argument,
)

from graph.model import MODEL
from tests.reference.arguments import Arguments, root_questions
from tests.reference.small import SmallGraph
from tests.reference.wire import Variables

NODE = "Node"
Parts = list[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a selection stands: how many links may follow, whether pages are small, whether types are mixed."""

    depth: int
    small: bool = False
    mixed: bool = False

    @property
    def deeper(self) -> Scope:
        return Scope(self.depth - 1, small=True)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A named fragment that is written, with what it adds wherever it is spread."""

    name: str
    type: str
    scope: Scope
    lists: int
    fields: int
    text: str


def random_document(
    random: Random,
    schema: GraphQLSchema,
    graph: SmallGraph,
    *,
    depth: int = 4,
    lists: int = 12,
    fields: int = 60,
    roots: int = 3,
    name: str = "",
) -> tuple[str, dict[str, Any]]:
    """Return a query and its variables, in the form of JSON.

    It follows at most `depth` links and has up to `roots` root fields, or the one of a `name`; once its fragments are
    spread it has about as many connections as `lists` and as many fields as `fields` say. Every root field that the
    model or a question gives can occur.
    """
    writer = Writer(random, schema, graph, lists=lists, fields=fields)
    return writer.document(depth=depth, names=[name] if name else [""] * random.randint(1, roots))


class Writer:
    """Writes one document."""

    def __init__(self, random: Random, schema: GraphQLSchema, graph: SmallGraph, *, lists: int, fields: int) -> None:
        self._random = random
        self._schema = schema
        self._lists = lists
        self._fields = fields
        self._aliases = 0
        self._fragments: list[Fragment] = []
        self.arguments = Arguments(random, graph)
        self.variables = Variables(random)

    def document(self, *, depth: int, names: Sequence[str]) -> tuple[str, dict[str, Any]]:
        """Return the document with root fields of these names, an empty one for any, and its variables."""
        scope = Scope(depth)
        fields = [
            self.field(self._root(), name, scope, aliased=True) if name else self.root_field(scope) for name in names
        ]
        return self.operation(fields), self.variables.values

    def operation(self, fields: Sequence[str]) -> str:
        """Return the text of the operation with these root fields, and of its fragments."""
        variables = f"({self.variables.declarations})" if self.variables else ""
        head = "" if not variables and self._chance(0.5) else f"query {self._pick(('', 'Asked'))}{variables} "
        texts = [f"{head}{{ {' '.join(fields)} }}", *(fragment.text for fragment in self._fragments)]
        self._random.shuffle(texts)
        return "\n".join(texts)

    def root_field(self, scope: Scope) -> str:
        """Return the text of one root field."""
        if self._chance(0.05):
            return "__typename"
        root = self._root()
        chance = self._random.random()
        if chance < 0.1:
            return self.field(root, self._pick(("node", "nodes")), scope, aliased=True)
        labels = [node for node in MODEL.nodes for _ in range(1 + len(MODEL.links(node.label)) // 3)]
        node = self._pick(labels)
        if chance < 0.25:
            return self.field(root, node.field, scope, aliased=True)
        questions = root_questions(self._schema)
        name = self._pick(questions) if questions and chance < 0.45 else node.fields
        return self.field(root, name, scope, aliased=self._chance(0.7) or _asks(root.fields[name]))

    def field(self, parent: GraphQLObjectType, name: str, scope: Scope, *, aliased: bool) -> str:
        """Return the text of a field, at times twice; the scope is that of the selection below it."""
        field = parent.fields[name]
        kind = get_named_type(field.type)
        arguments = self._arguments(field, scope) if aliased else ""
        alias = f"{self._alias()}: " if aliased else ""
        head = f"{alias}{name}{arguments}"
        self._lists -= kind.name.endswith("Connection")
        self._fields -= 1

        def below() -> str:
            if isinstance(kind, GraphQLInterfaceType):
                return f" {self._braces(self._node(scope))}"
            return f" {self.selection(kind, scope)}" if isinstance(kind, GraphQLObjectType) else ""

        again = f" {head}{below()}" if self._chance(0.1) else ""
        return f"{head}{self._directives()}{below()}{again}"

    def selection(self, kind: GraphQLObjectType, scope: Scope) -> str:
        """Return a selection set on an object type."""
        return self._braces(self._label(kind, scope) if kind.name in MODEL.labels else self._record(kind, scope))

    def _arguments(self, field: GraphQLField, scope: Scope) -> str:
        """Return the arguments of a field: a connection may go without unless its pages must be small."""
        kind = get_named_type(field.type).name
        if not kind.endswith("Connection"):
            given = self._identities(field, None if kind == NODE else kind)
        elif scope.small or _asks(field) or self._chance(0.85):
            given = self.arguments.of_connection(field, small=scope.small)
        else:
            given = {}
        parts = [f"{name}: {self.variables.place(v, field.args[name].type)}" for name, v in given.items()]
        return f"({', '.join(parts)})" if parts else ""

    def _identities(self, field: GraphQLField, label: str | None) -> dict[str, Any]:
        if "ids" in field.args:
            ids = [self.arguments.identity() for _ in range(self._random.randrange(6))]
            return {"ids": [*ids, *ids[:1]]}
        return {"id": self.arguments.identity(label)} if "id" in field.args else {}

    def _label(self, parent: GraphQLObjectType, scope: Scope) -> Parts:
        """Return selections on a node of a label."""
        links = MODEL.links(parent.name)
        own = ["id", *MODEL.node(parent.name).all_properties]
        parts: Parts = []
        for _ in range(self._pick((1, 2, 2, 3, 4))):
            chance = self._random.random()
            if chance < 0.45 and scope.depth and self._lists > 0 and self._fields > 0 and links:
                link = self._pick([one for one in links.values() for _ in range(1 if one.name == "sources" else 4)])
                aliased = scope.mixed or self._chance(0.2 if not link.many else 1.0 if scope.small else 0.6)
                parts.append(self.field(parent, link.name, scope.deeper, aliased=aliased))
            elif 0.45 < chance < 0.52 and self._fields > 0:
                parts.append(self._inline(parent, scope))
            elif 0.52 < chance < 0.6 and self._fields > 0:
                parts.append(self._spread(parent, scope))
            elif chance > 0.95:
                parts.append(f"{self._named('__typename')}{self._directives()}")
            else:
                name = self._pick(own)
                parts.append(self.field(parent, name, scope, aliased=scope.mixed or self._chance(0.15)))
        return parts

    def _node(self, scope: Scope) -> Parts:
        """Return selections on the interface, with fragments for some of its types."""
        mixed = replace(scope, mixed=True)
        parts = [
            f"{self._named(name)}{self._directives()}" for name in ("id", "key", "__typename") if self._chance(0.5)
        ]
        for label in self._random.sample(MODEL.labels, self._random.randrange(4)):
            kind = self._schema.type_map[label]
            assert isinstance(kind, GraphQLObjectType)
            if self._chance(0.3):
                parts.append(self._spread(kind, mixed))
            else:
                parts.append(f"... on {label}{self._directives()} {self._braces(self._label(kind, mixed))}")
        if self._chance(0.2):
            parts.append(f"... on {NODE} {{ key }}")
        return parts or ["id"]

    def _record(self, parent: GraphQLObjectType, scope: Scope) -> Parts:
        """Return selections on a connection, an edge, a row, or another type whose fields take no arguments."""
        names = self._random.sample(list(parent.fields), self._random.randint(1, len(parent.fields)))
        if parent.name.endswith("Connection") and self._chance(0.7) and "nodes" not in names:
            names.append("nodes")
        parts = [self.field(parent, name, scope, aliased=self._chance(0.15)) for name in names]
        if self._chance(0.1):
            parts.append(f"...{self._directives()} {{ {self._named('__typename')} }}")
        return parts

    def _inline(self, parent: GraphQLObjectType, scope: Scope) -> str:
        condition = self._pick((f" on {parent.name}", ""))
        if self._chance(0.2):
            return f"... on {NODE}{self._directives()} {{ key {self._named('id')} }}"
        return f"...{condition}{self._directives()} {self._braces(self._label(parent, scope))}"

    def _spread(self, parent: GraphQLObjectType, scope: Scope) -> str:
        """Return the spread of a fragment, of one that is there already when it fits."""
        fitting = [f for f in self._fragments if f.type == parent.name and self._fits(f, scope)]
        if fitting and self._chance(0.6):
            fragment = self._pick(fitting)
            self._lists -= fragment.lists
            self._fields -= fragment.fields
        else:
            fragment = self._fragment(parent, scope)
        return f"...{fragment.name}{self._directives()}"

    def _fits(self, fragment: Fragment, scope: Scope) -> bool:
        return (
            fragment.scope.depth <= scope.depth
            and fragment.lists <= self._lists
            and (fragment.scope.small or not scope.small)
            and (fragment.scope.mixed or not scope.mixed)
        )

    def _fragment(self, parent: GraphQLObjectType, scope: Scope) -> Fragment:
        lists, fields = self._lists, self._fields
        body = self._braces(self._label(parent, scope))
        name = f"F{len(self._fragments)}"
        text = f"fragment {name} on {parent.name} {body}"
        fragment = Fragment(name, parent.name, scope, lists - self._lists, fields - self._fields, text)
        self._fragments.append(fragment)
        return fragment

    def _directives(self) -> str:
        if self._chance(0.9):
            return ""
        name = self._pick(("skip", "include"))
        value = self._chance(0.3 if name == "skip" else 0.7)
        condition = self.variables.declare("Boolean!", value) if self._chance(0.7) else str(value).lower()
        return f" @{name}(if: {condition})"

    def _named(self, name: str) -> str:
        return f"{self._alias()}: {name}" if self._chance(0.2) else name

    def _alias(self) -> str:
        self._aliases += 1
        return f"a{self._aliases}"

    def _root(self) -> GraphQLObjectType:
        root = self._schema.query_type
        assert root is not None
        return root

    def _braces(self, parts: Parts) -> str:
        return f"{{ {' '.join(parts)} }}"

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _pick(self, choices: Sequence[Any]) -> Any:
        return self._random.choice(choices)


def _asks(field: GraphQLField) -> bool:
    """Tell whether a field must be given an argument."""
    return any(is_required_argument(argument) for argument in field.args.values())
