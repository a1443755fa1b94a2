"""The properties that a question reads, and those that its columns only show: what a role must be able to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Model
from queries.library.cypher_text import Kind, Token, significant
from queries.library.mentions import Mention, Mentions, What, read_mentions
from queries.library.node_patterns import NodePatterns, Unclear, read_node_patterns
from queries.library.question import Question
from queries.library.shown import owners
from queries.library.structure import Returning, last_returns
from queries.library.vocabulary import READING_PROCEDURES

Read = tuple[str, str]
"""A property that is read: its label or relationship type, and its name."""
_AGGREGATES = frozenset(
    {"count", "collect", "sum", "avg", "min", "max", "stdev", "stdevp", "percentilecont", "percentiledisc"}
)


@dataclass(frozen=True, slots=True)
class Reads:
    """What a question reads: `rows` decide which rows there are and in what order; `columns` are only shown.

    If the body leaves open which label or type has a property, the property counts for each that may have it.
    """

    rows: frozenset[Read]
    columns: Mapping[str, frozenset[Read]]


def reads_of(question: Question, model: Model) -> Reads:
    """Return what a question's body reads; see `kept_reads` for the body that reads kept counts."""
    raised = () if question.raised is None else (question.raised.column,)
    fixed = frozenset([*question.key, *(part.column for part in question.order), *raised])
    shown = tuple((column.name, frozenset(column.of)) for column in question.columns if column.of)
    return _reads(question.body, shown, fixed, model)


def kept_reads(question: Question, model: Model) -> frozenset[Read]:
    """Return what the body that reads kept counts reads; nothing if there is none."""
    return _reads(question.kept, (), frozenset(), model).rows if question.kept else frozenset()


def statement_reads(text: str, model: Model) -> frozenset[Read]:
    """Return what a statement of our own reads."""
    return _reads(text, (), frozenset(), model).rows


@lru_cache(maxsize=512)
def _reads(body: str, shown: tuple[tuple[str, frozenset[Read]], ...], fixed: frozenset[str], model: Model) -> Reads:
    reader = _Reader(significant(body), model)
    items = reader.items()
    rows: set[Read] = set()
    for position, found in reader.reads():
        column = next((name for name, place in items.items() if position in place), "")
        if column in fixed or not found <= dict(shown).get(column, frozenset()):
            rows |= found
    return Reads(frozenset(rows), {name: of for name, of in shown if of - rows})


class _Reader:
    def __init__(self, tokens: Sequence[Token], model: Model) -> None:
        self._tokens = tokens
        self._mentions: Mentions = read_mentions(tokens)
        self._stored: dict[str, set[Read]] = {}
        for owner, properties in owners(model).items():
            for prop in properties.values():
                for name in (prop.name, prop.twin) if prop.folded else (prop.name,):
                    self._stored.setdefault(name, set()).add((owner, prop.name))
        self._searched = frozenset(
            (node.label, prop.name) for node in model.nodes for prop in node.properties if prop.search
        )
        self._all = frozenset().union(*self._stored.values())
        self._rebound = self._mentions.rebound | {
            tokens[at].name for at in range(2, len(tokens)) if tokens[at - 2].is_word("REDUCE")
        }
        self._patterns: NodePatterns | None = None
        with suppress(Unclear):
            self._patterns = read_node_patterns(tokens, model)

    def items(self) -> dict[str, range]:
        """Return where the last `RETURN` makes each column; nothing if shown values may decide which rows there are."""
        returns = last_returns(self._tokens)
        if len(returns) != 1 or returns[0].distinct or self._aggregates(returns[0]):
            return {}
        return {item.name: range(item.start, item.end) for item in returns[0].items}

    def reads(self) -> Iterator[tuple[int, frozenset[Read]]]:
        """Yield each position at which properties are read, and which properties they may be."""
        for mention in self._mentions.names:
            if mention.what is What.PROPERTY and mention.name in self._stored:
                yield mention.position, self._read(mention)
        for position, token in enumerate(self._tokens):
            if self._reads_any(position):
                yield position, self._all
            elif token.kind is Kind.STRING and self._tokens[position - 1].is_symbol("[", ","):
                yield position, frozenset(self._stored.get(token.text[1:-1], ()))
            elif token.named and token.name in {name.rpartition(".")[2] for name in READING_PROCEDURES}:
                yield position, self._searched

    def _read(self, mention: Mention) -> frozenset[Read]:
        """Return the properties that a mention may mean, by the owners that it or the patterns of its variable name."""
        possible = self._stored[mention.name]
        variable = self._variable(mention.position)
        if variable in self._rebound or self._patterns is None:
            return frozenset(possible)
        named = mention.owners | self._patterns.labels_of(variable)
        return frozenset(read for read in possible if read[0] in named) or frozenset(possible)

    def _variable(self, position: int) -> str:
        """Return the variable before a dot; an empty text if there is an expression."""
        token = self._tokens[position - 1]
        plain = self._tokens[position].is_symbol(".") and token.named
        return token.name if plain and not self._tokens[position - 2].is_symbol(".") else ""

    def _reads_any(self, position: int) -> bool:
        """Tell whether all properties of something are read here, whichever it has."""
        token = self._tokens[position]
        if token.is_symbol("*"):
            return self._tokens[position - 1].is_symbol(".")
        return token.is_word("PROPERTIES") and position + 1 < len(self._tokens) and self._follows(position, "(")

    def _follows(self, position: int, symbol: str) -> bool:
        return self._tokens[position + 1].is_symbol(symbol)

    def _aggregates(self, returning: Returning) -> bool:
        """Tell whether the returned items are grouped, so that a shown value decides which rows there are."""
        for item in returning.items:
            for position in range(item.start, item.end - 1):
                token = self._tokens[position]
                if token.named and token.name.lower() in _AGGREGATES and self._follows(position, "("):
                    return True
        return False
