"""What a touched node affects: which subjects a sweep must look at again, and the body that looks only at them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import ARROWS
from queries.findings.patterns import Edge, Unclear, read_patterns
from queries.findings.thresholds import node_keys
from queries.library.cypher_text import Kind, Token, tokenize
from queries.library.question import Column, Question
from queries.library.structure import last_returns, opened

MOST_PATHS = 96
"""If a node of a body has more paths than this to the subject, the body is asked in full."""
_CLAUSES = ("MATCH", "OPTIONAL", "WITH", "RETURN", "UNWIND", "CALL", "WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT")
_SEVERAL = ("UNION", "NEXT", "WHEN", "ELSE")
_BOUNDS = ("ORDER", "SKIP", "OFFSET", "LIMIT")


@dataclass(frozen=True, slots=True)
class Reach:
    """How a question can be asked about single subjects.

    A subject is the node in `column`, which is one of the columns of the key, at position `place`; `label` is its
    label. `body` takes the subject from outside and is otherwise the question's body. `ways` are the paths by which
    nodes of a label lead to subjects; each is a chain of clauses from `n0` to the last variable.
    """

    column: str
    place: int
    label: str
    body: str
    ways: Mapping[str, tuple[tuple[str, str], ...]]

    def walks(self, label: str) -> list[str]:
        """Return the statements that find the keys of the subjects that nodes of a label affect.

        There are none if the label affects nothing. `$p` holds the nodes' keys, then the most subjects to return.
        Questions share these short statements, so that fewer must be planned.
        """
        return [
            f"CYPHER 25 UNWIND $p[0] AS key_ MATCH (n0:{label} {{key: key_}}) {chain} "
            f"WITH DISTINCT {last}.key AS found_ LIMIT $p[1] RETURN collect(found_)"
            for chain, last in self.ways.get(label, ())
        ]


def reach_of(question: Question) -> Reach:
    """Return how a question can be asked about single subjects; raises `Unclear`, with the reason, if it cannot."""
    reasons = []
    for place, name in enumerate(node_keys(question)):
        try:
            return _reach(question, question.column(name), place)
        except Unclear as reason:
            reasons.append(str(reason))
    raise Unclear("; ".join(reasons))


def _reach(question: Question, subject: Column, place: int) -> Reach:
    raw = list(tokenize(question.body))
    tokens = [token for token in raw if token.kind not in (Kind.SPACE, Kind.COMMENT)]
    _check_scope(tokens, subject.name)
    body = _own(raw, tokens, subject.name)
    patterns = read_patterns(tokens)
    _check_values(tokens, patterns.labels)
    ways: dict[str, dict[tuple[str, str], None]] = {}
    for node in patterns.labels:
        paths = patterns.paths(node, subject.name, most=MOST_PATHS)
        if not paths:
            raise Unclear(f"nothing leads from its {node.strip('#') or 'nodes'} to its {subject.name}")
        for label in patterns.possible(node):
            ways.setdefault(label, {}).update({_chain(path, subject.kind): None for path in paths})
    return Reach(subject.name, place, subject.kind, body, {label: tuple(found) for label, found in ways.items()})


def _chain(path: Sequence[Edge], label: str) -> tuple[str, str]:
    """Return the clauses of a path, one for each hop, and the variable at its end."""
    clauses, place = [], 0
    for edge in path:
        if edge.types:
            left, right = ARROWS[edge.direction]
            step = f"{left}[:{'|'.join(edge.types)}]{right}{edge.quantifier}"
            clauses.append(f"MATCH (n{place}){step}(n{place + 1})")
            place += 1
    return " ".join([*clauses, f"WITH n{place} WHERE n{place}:{label}"]), f"n{place}"


def _check_scope(tokens: Sequence[Token], subject: str) -> None:
    """Raise `Unclear` unless the subject is bound first, by a plain `MATCH`, and carried through the whole body."""
    around = opened(tokens)
    level = [position for position, outside in enumerate(around) if not outside]
    if any(tokens[position].is_word(*_SEVERAL) for position in level):
        raise Unclear("it joins or chooses among several queries")
    words = [position for position in level if tokens[position].is_word(*_CLAUSES)]
    first = next((place for place, token in enumerate(tokens) if _is_variable(tokens, place, subject)), None)
    before = [position for position in words if first is not None and position < first]
    matched = next((position for position in before if tokens[position].is_word("MATCH", "CALL")), len(tokens))
    part = [at for at in before if at > matched and tokens[at].is_word("WITH", "UNWIND", "CALL", "RETURN")]
    plain = bool(before) and tokens[before[-1]].is_word("MATCH") and not tokens[before[-1] - 1].is_word("OPTIONAL")
    if first is None or part or not plain or len(around[first]) != 1 or not tokens[first - 1].is_symbol("("):
        raise Unclear(f"it does not begin by matching its {subject}")
    if any(tokens[position].is_word(*_BOUNDS) for position in words):
        raise Unclear("it orders or limits rows on the way")
    for place, position in enumerate(words):
        if tokens[position].is_word("WITH") and position > first:
            end = words[place + 1] if place + 1 < len(words) else len(tokens)
            items = list(_items(tokens, around, position + 1, end))
            if not any(_keeps(item, subject) for item in items):
                raise Unclear(f"it goes on without its {subject}")


def _check_values(tokens: Sequence[Token], nodes: Container[str]) -> None:
    """Raise `Unclear` when nodes are joined by equal properties, because no relationship connects them."""
    for place, token in enumerate(tokens):
        if token.is_symbol("=") and place > 2 and place + 2 < len(tokens):
            left, right = tokens[place - 3 : place], tokens[place + 1 : place + 3]
            dotted = left[1].is_symbol(".") and right[1].is_symbol(".")
            if dotted and left[0].name != right[0].name and left[0].name in nodes and right[0].name in nodes:
                raise Unclear(f"it joins {left[0].name} and {right[0].name} by a value")


def _is_variable(tokens: Sequence[Token], place: int, name: str) -> bool:
    token = tokens[place]
    before = tokens[place - 1] if place else None
    return token.named and token.name == name and not (before is not None and before.is_symbol(".", ":", "|"))


def _items(
    tokens: Sequence[Token], around: Sequence[tuple[int, ...]], start: int, end: int
) -> Iterator[Sequence[Token]]:
    begin = start + tokens[start].is_word("DISTINCT")
    for position in range(begin, end + 1):
        if position == end or (tokens[position].is_symbol(",") and not around[position]):
            yield tokens[begin:position]
            begin = position + 1


def _keeps(item: Sequence[Token], name: str) -> bool:
    if len(item) == 1:
        return item[0].is_symbol("*") or item[0].name == name
    return len(item) == 3 and item[1].is_word("AS") and item[0].name == item[2].name == name


def _own(raw: Sequence[Token], tokens: Sequence[Token], subject: str) -> str:
    """Return the body with its subject returned under another name, because an outer variable cannot be returned."""
    returned = [item for one in last_returns(tokens) for item in one.items if item.name == subject]
    if len(returned) != 1:
        raise Unclear(f"it does not return its {subject} once")
    token = returned[0].token
    at = next(place for place, one in enumerate(raw) if one is token)
    place = next(place for place, one in enumerate(tokens) if one is token)
    alone = not tokens[place - 1].is_word("AS")
    if not alone and not (tokens[place - 2].name == subject and not tokens[place - 3].is_symbol(".")):
        raise Unclear(f"it does not return its {subject} as it was matched")
    renamed = f"{token.text} AS own_" if alone else "own_"
    return "".join([*(one.text for one in raw[:at]), renamed, *(one.text for one in raw[at + 1 :])])
