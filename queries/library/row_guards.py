"""Applies row rules to bodies: each node pattern gets a condition, so that the body never sees a hidden node.

Rows, `EXISTS`, `COUNT` and `COLLECT` all come from patterns. A node pattern that can have a label with a rule gets the
rule as a condition, `(child:Child WHERE ...)`, unless it names a node that an earlier pattern has bound. A relationship
that is followed several times becomes a group whose nodes have the condition too, since the nodes in between have no
pattern.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from graph.model import Model
from queries.library.bound_names import rebinding
from queries.library.cypher_text import Kind, Token, tokenize
from queries.library.node_patterns import NodePattern, NodePatterns, Unclear, read_node_patterns
from queries.library.vocabulary import READING_PROCEDURES

Predicate = Callable[[str, str], str]
"""Makes the condition, in Cypher, that the rule of a label sets for a variable."""


def guard_rows(body: str, model: Model, ruled: Collection[str], predicate: Predicate) -> str:
    """Return a body that sees only the nodes that the rules of the `ruled` labels allow.

    Raises `Unclear`, with the reason, if the body cannot be changed in this way without understanding more of it.
    """
    return _Guards(body, model, frozenset(ruled), predicate).text() if ruled else body


class _Guards:
    def __init__(self, body: str, model: Model, ruled: frozenset[str], predicate: Predicate) -> None:
        self._all = list(tokenize(body))
        self._places = [at for at, token in enumerate(self._all) if token.kind not in (Kind.SPACE, Kind.COMMENT)]
        self._tokens = [self._all[at] for at in self._places]
        self._ruled = ruled
        self._predicate = predicate
        self._found = read_node_patterns(self._tokens, model)
        self._names = _fresh(self._tokens)
        self._before: defaultdict[int, list[str]] = defaultdict(list)
        self._after: defaultdict[int, list[str]] = defaultdict(list)
        self._named_in: set[tuple[int, ...]] = set()

    def text(self) -> str:
        self._refuse_procedures()
        bound = rebinding(self._tokens, self._found.nodes)
        for node in self._found.nodes:
            if node.start not in bound and (hidden := node.labels & self._ruled):
                self._guard(node, hidden)
        for repeated in self._found.repeated:
            if hidden := repeated.labels & self._ruled:
                first, last = (self._group_node(repeated.labels, hidden) for _ in range(2))
                self._before[repeated.start].append(f"({first}")
                self._after[repeated.end].append(f"{last})")
                self._named_in.add(self._found.around[repeated.start])
        self._refuse_stars(self._found)
        places = {place: position for position, place in enumerate(self._places)}
        return "".join(self._with_additions(places.get(at), token) for at, token in enumerate(self._all))

    def _with_additions(self, position: int | None, token: Token) -> str:
        if position is None:
            return token.text
        return "".join([*self._before[position], token.text, *self._after[position]])

    def _guard(self, node: NodePattern, hidden: frozenset[str]) -> None:
        name = self._tokens[node.start + 1].text if node.name else next(self._names)
        if not node.name:
            if not node.names:
                raise Unclear("a pattern that stands for its truth has a node without a name; use EXISTS")
            self._after[node.start].append(name)
            self._named_in.add(self._found.around[node.start])
        rule = self._rule(name, node.labels, hidden)
        if node.condition is None:
            self._before[node.end].append(f" WHERE {rule}")
        else:
            self._after[node.condition].append(f" {rule} AND (")
            self._before[node.end].append(")")

    def _group_node(self, labels: frozenset[str], hidden: frozenset[str]) -> str:
        name = next(self._names)
        return f"({name} WHERE {self._rule(name, labels, hidden)})"

    def _rule(self, name: str, labels: frozenset[str], hidden: frozenset[str]) -> str:
        if labels == hidden and len(hidden) == 1:
            return self._predicate(next(iter(hidden)), name)
        return " AND ".join(f"(NOT {name}:{label} OR {self._predicate(label, name)})" for label in sorted(hidden))

    def _refuse_procedures(self) -> None:
        names = {name.rpartition(".")[2] for name in READING_PROCEDURES}
        if any(token.named and token.name in names for token in self._tokens):
            raise Unclear("it searches an index, whose scores depend on all nodes")

    def _refuse_stars(self, found: NodePatterns) -> None:
        """Raise `Unclear` if a `*` would include a new variable, which could then make rows distinct."""
        for position, token in enumerate(self._tokens):
            taken = token.is_symbol("*") and self._tokens[position - 1].is_word("WITH", "RETURN", "DISTINCT")
            if taken and found.around[position] in self._named_in:
                raise Unclear("WITH * would take variables that the rules add; name the variables")


def _fresh(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield names that no token of the body has."""
    taken = {token.name for token in tokens if token.named}
    number = 0
    while True:
        number += 1
        if f"ruled{number}" not in taken:
            yield f"ruled{number}"
