"""What a body is made of: its brackets, the clauses at its end, and the columns that it returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from queries.library.cypher_text import Token

CLOSING = {"(": ")", "[": "]", "{": "}"}
_LAST_CLAUSES = ("ORDER", "SKIP", "OFFSET", "LIMIT")
_ENDS = ("UNION", "NEXT", "WHEN", "ELSE")


class Unbalanced(Exception):
    """A bracket that is never opened or never closed; `token` is that bracket."""

    def __init__(self, token: Token) -> None:
        super().__init__(token.text)
        self.token = token


@dataclass(frozen=True, slots=True)
class Returned:
    """An item that a body returns: its name, which is empty if it has none, and where it is.

    `start` and `end` are the positions of its first token and of the one after its last.
    """

    name: str
    token: Token
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Returning:
    """A `RETURN` at a body's end: its items, whether it returns `everything` (`*`), and whether it is `distinct`.

    `bounded` is the first token of its own order or limit, if it has one.
    """

    token: Token
    items: tuple[Returned, ...]
    everything: bool
    bounded: Token | None
    distinct: bool = False


def opened(tokens: Sequence[Token]) -> list[tuple[int, ...]]:
    """Return, for each token, the positions of the brackets and `CASE`s that are open around it, outermost first.

    Raises `Unbalanced`.
    """
    stack: list[int] = []
    around = []
    for position, token in enumerate(tokens):
        innermost = tokens[stack[-1]] if stack else None
        ends_case = innermost is not None and innermost.is_word("CASE") and _is_keyword(tokens, position, "END")
        if ends_case or token.is_symbol(*CLOSING.values()):
            if innermost is None or CLOSING.get(innermost.text, "END") != token.text.upper():
                raise Unbalanced(token)
            stack.pop()
        around.append(tuple(stack))
        if token.is_symbol(*CLOSING) or _is_keyword(tokens, position, "CASE"):
            stack.append(position)
    if stack:
        raise Unbalanced(tokens[stack[-1]])
    return around


def _is_keyword(tokens: Sequence[Token], position: int, word: str) -> bool:
    if not tokens[position].is_word(word) or (position and tokens[position - 1].is_symbol(".", ":", "$")):
        return False
    return position + 1 == len(tokens) or not tokens[position + 1].is_symbol(":")


def last_returns(tokens: Sequence[Token]) -> list[Returning]:
    """Return what the body's last part returns: one `RETURN`, or several if it combines or chooses among queries."""
    depths = opened(tokens)
    level = [position for position, around in enumerate(depths) if not around]
    last = max((place for place, position in enumerate(level) if tokens[position].is_word("NEXT")), default=-1)
    return [
        _returning(tokens, depths, level[place], _end(tokens, level, place))
        for place in range(last + 1, len(level))
        if tokens[level[place]].is_word("RETURN")
    ]


def _end(tokens: Sequence[Token], level: Sequence[int], place: int) -> int:
    for later in level[place + 1 :]:
        if tokens[later].is_word(*_ENDS):
            return later
    return len(tokens)


def _returning(tokens: Sequence[Token], depths: Sequence[tuple[int, ...]], start: int, end: int) -> Returning:
    first = start + 1
    distinct = first < end and tokens[first].is_word("DISTINCT")
    if first < end and tokens[first].is_word("DISTINCT", "ALL"):
        first += 1
    bounded = next((at for at in range(first, end) if not depths[at] and _bounds(tokens, at)), end)
    items = tuple(_items(tokens, depths, first, bounded))
    everything = first < end and tokens[first].is_symbol("*")
    return Returning(tokens[start], items, everything, tokens[bounded] if bounded < end else None, distinct)


def _bounds(tokens: Sequence[Token], position: int) -> bool:
    return tokens[position].is_word(*_LAST_CLAUSES) and not (
        tokens[position - 1].is_word("AS") or tokens[position - 1].is_symbol(".", ",")
    )


def _items(tokens: Sequence[Token], depths: Sequence[tuple[int, ...]], start: int, end: int) -> Iterator[Returned]:
    begin = start
    for position in range(start, end + 1):
        if position == end or (tokens[position].is_symbol(",") and not depths[position]):
            if begin < position:
                yield replace(_item(tokens[begin:position]), start=begin, end=position)
            begin = position + 1


def _item(tokens: Sequence[Token]) -> Returned:
    last = tokens[-1]
    if len(tokens) == 1 or tokens[-2].is_word("AS"):
        return Returned(last.name if last.named else "", last)
    return Returned("", tokens[0])
