"""A tokenizer for Cypher text, good enough to find what a body uses without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a token is."""

    SPACE = "SPACE"
    COMMENT = "COMMENT"
    STRING = "STRING"
    QUOTED = "QUOTED"
    PARAMETER = "PARAMETER"
    NUMBER = "NUMBER"
    NAME = "NAME"
    UNENDED = "UNENDED"
    SYMBOL = "SYMBOL"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `line` counts from 1. A keyword is a NAME, and an escaped name is QUOTED.

    UNENDED is a string, comment or escaped name that is never closed: the rest of the text.
    """

    kind: Kind
    text: str
    line: int

    @property
    def name(self) -> str:
        """The name that a NAME, QUOTED or PARAMETER stands for."""
        text = self.text[1:] if self.kind is Kind.PARAMETER else self.text
        return text[1:-1].replace("``", "`") if text.startswith("`") else text

    @property
    def named(self) -> bool:
        """Tell whether the token can name a variable, label or property."""
        return self.kind in (Kind.NAME, Kind.QUOTED)

    def is_word(self, *words: str) -> bool:
        """Tell whether the token is one of these keywords, given in capitals."""
        return self.kind is Kind.NAME and self.text.upper() in words

    def is_symbol(self, *symbols: str) -> bool:
        """Tell whether the token is one of these characters."""
        return self.kind is Kind.SYMBOL and self.text in symbols


_TOKEN = re.compile(
    r"""
      (?P<SPACE>\s+)
    | (?P<COMMENT>//[^\n\r]*|/\*.*?\*/)
    | (?P<STRING>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<QUOTED>`(?:[^`]|``)*`)
    | (?P<PARAMETER>\$(?:`(?:[^`]|``)*`|\w+))
    | (?P<NUMBER>\d(?:\w|\.(?=\d)|(?<=[eE])[+-](?=\d))*)
    | (?P<NAME>\w+)
    | (?P<UNENDED>(?:/\*|['"`]).*)
    | (?P<SYMBOL>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, including spaces and comments: joined, they give the text again."""
    line = 1
    for found in _TOKEN.finditer(text):
        yield Token(Kind(found.lastgroup), found.group(), line)
        line += found.group().count("\n")


def significant(text: str) -> list[Token]:
    """Return the tokens that have a meaning, without spaces and comments."""
    return [token for token in tokenize(text) if token.kind not in (Kind.SPACE, Kind.COMMENT)]


def parameters(text: str) -> list[Token]:
    """Return the parameters that a text uses, in order, each as often as it occurs."""
    return [token for token in tokenize(text) if token.kind is Kind.PARAMETER]


def replace_parameters(text: str, replacements: Mapping[str, str]) -> str:
    """Return the text with `$name` replaced by `replacements["name"]`, but not in strings, comments and names.

    Raises `KeyError` for a parameter that has no replacement.
    """
    return "".join(replacements[token.name] if token.kind is Kind.PARAMETER else token.text for token in tokenize(text))
