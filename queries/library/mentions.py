"""The labels, relationship types and properties that a body names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from queries.library.cypher_text import Kind, Token
from queries.library.structure import opened

_BEFORE_CONDITION = ("WHERE", "AND", "OR", "NOT", "XOR", "WHEN", "FILTER")
_BEFORE_PATTERN = (
    *_BEFORE_CONDITION,
    *("MATCH", "SHORTEST", "ALL", "ANY", "PATH", "PATHS", "GROUP", "GROUPS", "WALK", "TRAIL", "ACYCLIC", "SEARCH"),
    *("EXISTS", "COUNT", "COLLECT", "CALL", "RETURN", "WITH", "UNWIND", "LET", "FOR", "DISTINCT"),
    *("AS", "BY", "IN", "ON", "CASE", "THEN", "ELSE"),
)
"""Words after which a round bracket is not that of a function call."""
_NOT_LABELS = ("NULL", "NOT", "TYPED", "NORMALIZED", "NFC", "NFD", "NFKC", "NFKD", "TRUE", "FALSE", "UNKNOWN")
_BINDING = ("AS", "UNWIND", "YIELD", "FOR", "LET")


class What(Enum):
    """What a name stands for; LABEL_OR_TYPE if that depends on the kind of the variable before it."""

    LABEL = "label"
    TYPE = "relationship type"
    LABEL_OR_TYPE = "label or relationship type"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a body; `owners` are the labels or types that are known to own a property, empty if none is known.

    `position` is that of the dot before the name of a property, or of the colon after it.
    """

    what: What
    name: str
    line: int
    owners: frozenset[str] = frozenset()
    position: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Mentions:
    """All names in a body, in order, and the keys of the maps that it makes, which can be read like properties.

    `rebound` are the variables whose value an expression gives, so that nothing is known about them.
    """

    names: tuple[Mention, ...]
    keys: frozenset[str]
    rebound: frozenset[str] = frozenset()


def read_mentions(tokens: Sequence[Token]) -> Mentions:
    """Return what a body names; raises `Unbalanced`."""
    reader = _Reader(tokens)
    labels = [found for position in range(len(tokens)) for found in reader.labels(position)]
    properties = [
        replace(found, position=position) for position in range(len(tokens)) for found in reader.properties(position)
    ]
    names = sorted([*labels, *properties], key=lambda mention: mention.line)
    return Mentions(tuple(names), frozenset(reader.keys), frozenset(reader.rebound))


class _Reader:
    """Reads the labels first, noting which variables they describe, then the properties."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        end = Token(Kind.SPACE, "", tokens[-1].line if tokens else 1)
        self._tokens = (*tokens, end, end, end)
        self._around = opened(tokens)
        self._owners: dict[str, set[str]] = {}
        self.keys: set[str] = set()
        pairs = list(pairwise(tokens))
        self.rebound = {after.name for before, after in pairs if before.is_word(*_BINDING) and after.named}
        self.rebound |= {before.name for before, after in pairs if after.is_word("IN") and before.named}

    def labels(self, position: int) -> Iterator[Mention]:
        """Yield the names of the label expression that starts at a position, if there is one."""
        tokens, bracket = self._tokens, self._bracket(position)
        if tokens[position].is_symbol(":"):
            if self._is_cast(position) or self._is_map_key(position) or tokens[position - 1].is_symbol("|"):
                return
            start = position + 1
        elif tokens[position].is_word("IS") and position and (tokens[position - 1].named or position - 1 == bracket):
            start = position + 1 + tokens[position + 1].is_word("NOT")
            if tokens[start].is_word(*_NOT_LABELS) or not tokens[start].named:
                return
        else:
            return
        names = list(self._expression(start, alternatives=bracket is None or not self._is_list(bracket)))
        if bracket is not None and self._describes_first(position, bracket):
            self._owners.setdefault(tokens[bracket + 1].name, set()).update(token.name for token in names)
        for token in names:
            yield Mention(self._what(bracket), token.name, token.line)

    def properties(self, position: int) -> Iterator[Mention]:
        """Yield the property that is read, projected or matched at a position, if there is one."""
        tokens, token = self._tokens, self._tokens[position]
        after, bracket = tokens[position + 1], self._bracket(position)
        if token.is_symbol(".") and after.named and position:
            before = tokens[position - 1]
            if before.is_symbol("{", ",") and bracket is not None and tokens[bracket - 1].named:
                yield self._property(after, tokens[bracket - 1].name)
            elif before.named and not (position > 1 and tokens[position - 2].is_symbol(".")):
                if not self._is_function(position):
                    yield self._property(after, before.name)
            elif (before.named or before.is_symbol(")", "]", "}")) and not self._is_function(position):
                yield Mention(What.PROPERTY, after.name, after.line)
        elif token.is_symbol(":") and self._is_map_key(position) and bracket is not None:
            yield from self._key(tokens[position - 1], bracket)

    def _key(self, key: Token, brace: int) -> Iterator[Mention]:
        bracket = self._bracket(brace)
        before = self._tokens[brace - 1]
        if bracket is None or not self._is_pattern(bracket) or not (brace - 1 == bracket or before.named):
            self.keys.add(key.name)
            return
        inside = range(bracket + 1, brace)
        owners = {mention.name for position in inside for mention in self.labels(position)}
        first = self._tokens[bracket + 1]
        if owners or not first.named:
            yield Mention(What.PROPERTY, key.name, key.line, frozenset(owners))
        else:
            yield self._property(key, first.name)

    def _property(self, name: Token, variable: str) -> Mention:
        owners = set() if variable in self.rebound else self._owners.get(variable, set())
        return Mention(What.PROPERTY, name.name, name.line, frozenset(owners))

    def _expression(self, start: int, *, alternatives: bool) -> Iterator[Token]:
        position = start
        joins = ("&", "|") if alternatives else ("&",)
        while True:
            while self._tokens[position].is_symbol("!", "(", ":"):
                position += 1
            if not self._tokens[position].named and not self._tokens[position].is_symbol("%"):
                return
            if self._tokens[position].named:
                yield self._tokens[position]
            position += 1
            while self._tokens[position].is_symbol(")") and self._tokens[position + 1].is_symbol(*joins):
                position += 1
            if not self._tokens[position].is_symbol(*joins):
                return
            position += 1

    def _describes_first(self, position: int, bracket: int) -> bool:
        chained = position - 2 > bracket and self._tokens[position - 2].is_symbol(":")
        starts = self._tokens[bracket + 1].named and (position - 2 == bracket or chained)
        return self._is_pattern(bracket) and starts and not self._joins_conditions(bracket)

    def _joins_conditions(self, bracket: int) -> bool:
        """Tell whether a bracket holds conditions, as in `(n:Child OR n:Sponsor)`, rather than a pattern."""
        for position in range(bracket + 1, len(self._around)):
            if bracket not in self._around[position]:
                return False
            if self._bracket(position) == bracket:
                token = self._tokens[position]
                if token.is_word("WHERE") or token.is_symbol("{"):
                    return False
                if token.is_word("AND", "OR", "XOR"):
                    return True
        return False

    def _what(self, bracket: int | None) -> What:
        if bracket is None or not self._is_pattern(bracket):
            return What.LABEL_OR_TYPE
        if self._tokens[bracket].is_symbol("["):
            return What.TYPE
        conditional = bracket > 0 and self._tokens[bracket - 1].is_word(*_BEFORE_CONDITION)
        return What.LABEL_OR_TYPE if conditional else What.LABEL

    def _bracket(self, position: int) -> int | None:
        around = self._around[position] if position < len(self._around) else ()
        return around[-1] if around else None

    def _is_pattern(self, bracket: int) -> bool:
        before = self._tokens[bracket - 1] if bracket else None
        if self._tokens[bracket].is_symbol("["):
            return before is not None and before.is_symbol("-")
        if not self._tokens[bracket].is_symbol("("):
            return False
        return before is None or not before.named or before.is_word(*_BEFORE_PATTERN)

    def _is_list(self, bracket: int) -> bool:
        return self._tokens[bracket].is_symbol("[") and not self._is_pattern(bracket)

    def _is_map_key(self, position: int) -> bool:
        bracket = self._bracket(position)
        return (
            bracket is not None
            and self._tokens[bracket].is_symbol("{")
            and self._tokens[position - 1].named
            and self._tokens[position - 2].is_symbol("{", ",")
            and self._is_map(bracket)
        )

    def _is_map(self, brace: int) -> bool:
        first, second = self._tokens[brace + 1], self._tokens[brace + 2]
        return first.is_symbol(".") or (first.named and second.is_symbol(":", ",", "}"))

    def _is_cast(self, position: int) -> bool:
        return self._tokens[position + 1].is_symbol(":") or self._tokens[position - 1].is_symbol(":")

    def _is_function(self, dot: int) -> bool:
        position = dot
        while self._tokens[position].is_symbol(".") and self._tokens[position + 1].named:
            position += 2
        return self._tokens[position].is_symbol("(")
