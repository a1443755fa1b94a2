"""Search: looks up the words of a text in the full-text index; exact matches come before near ones.

The index has each text as its analyzer splits it, and each folded text as one word without spaces and punctuation
(`obrien`, `delacruzpena`). So the words of a query are looked up both separately and joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from api.compiler.arguments import argument_slot
from api.compiler.context import Context
from api.compiler.objects import bound_part
from api.compiler.operation import Selection
from api.compiler.parameters import Converted
from api.compiler.projection import Projection
from api.compiler.shapes import Listed
from api.fields.field import Capability, CompiledObject, Field
from api.fields.numbers import A_NUMBER_DIGITS, a_number, numbers
from api.schema.limits import DEFAULT_PAGE, PageSize
from api.schema.objects import NODE
from api.schema.registry import Argument
from api.schema.sense import Sense
from graph.cypher import (
    TRUE,
    Literal,
    MapOf,
    Order,
    Parameter,
    Procedure,
    PropertyOf,
    Variable,
    With,
    collect,
    returning,
)
from graph.errors import BadInput, Forbidden
from graph.maintenance.schema import FULL_TEXT_INDEX
from graph.model import MODEL, Sensitivity
from graph.text import clean, fold

LONGEST = 200
MOST_WORDS = 12
MOST_JOINED = 4
"""How many words are joined at most, as in `de la Cruz Peña`."""
_WORD = re.compile(r"[^\W_]+")
_INNER = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)+")
_FUZZY_FROM = 4
_INSIDE_FROM = 5
_NAMES = sorted(
    {
        prop.twin
        for node in MODEL.nodes
        for prop in node.properties
        if prop.search and prop.folded and prop.sensitivity is Sensitivity.IDENTITY
    }
)
"""The twins of people's names."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the index in which a search looks; all of them if none are named.

    With `alike`, all matches have the same score, whatever else is in the index. Otherwise scores would reveal how rare
    a word is among all nodes, and words with a typing error which words other nodes have.
    """

    names: tuple[str, ...] = ()
    alike: bool = False

    @classmethod
    def of(cls, ctx: Context) -> Fields:
        """Return the fields that an actor may search; raises `Forbidden` when there are none."""
        readable: dict[str, bool] = {}
        for node in ctx.model.nodes:
            for prop in node.properties:
                for name in (prop.name, prop.twin)[: 1 + prop.folded] if prop.search else ():
                    readable[name] = readable.get(name, True) and ctx.access.may_read(node.label, prop)
        names = tuple(sorted(name for name, may in readable.items() if may))
        if not names:
            raise Forbidden("Your role may read nothing that is searched; ask for other fields.")
        return cls(() if len(names) == len(readable) else names, alike=bool(ctx.access.rows))

    def clause(self, forms: Sequence[str], inside: str = "") -> str:
        """Return the query for any of these forms of a word, and for part of a name."""
        names = [name for name in _NAMES if inside and (not self.names or name in self.names)]
        parts = [f"{name}:*{inside}*" for name in names]
        found = " ".join(forms)
        among = [f"{name}:({found})" for name in self.names] or forms
        return f"({' '.join([*among, *parts])})"

    def exactly(self, word: str) -> str:
        """Return the form that finds exactly this word."""
        return f"/{word}/^16" if self.alike else f"{word}^16"


EVERYWHERE = Fields()


def lucene(text: object, fields: Fields = EVERYWHERE) -> str:
    """Return the full-text query for a text: every word in it exactly, as a beginning, or with a typing error.

    Only letters, digits and signs that occur in names get into the query, so that nothing in it is syntax. Raises
    `BadInput` when no word is left, or for a text longer than anybody types.
    """
    given = clean(str(text))
    if len(given) > LONGEST:
        raise BadInput(f"The text to search for is longer than {LONGEST} characters; give fewer words.")
    words = [word for part in _WORD.findall(given) if (word := fold(part))][:MOST_WORDS]
    if not words:
        raise BadInput("The text to search for has no letter or digit; give a name, a number or an address.")
    clauses = dict.fromkeys(_word(word, fields) for word in [*words, *_numbers(given, words)])
    for joined in _joined(words):
        clauses.setdefault(fields.clause([fields.exactly(joined), f"{joined}*^4"]))
    for cut in _INNER.findall(given.lower().replace("\u2019", "'")) if not fields.alike else ():
        clauses.setdefault(fields.clause([f"{cut}^16"]))
    return " ".join(clauses)


def _numbers(given: str, words: list[str]) -> list[str]:
    """Return the numbers that a text contains in pieces or in another form, in the graph's form."""
    found = numbers(given)
    alone = [a_number(given)] if "".join(found) != "".join(words) else []
    long = [number for number in [*filter(None, alone), *found] if len(number) > _INSIDE_FROM]
    short = [number.zfill(5) for number in found if found == words and len(number) in (3, 4)]
    padded = [number.zfill(A_NUMBER_DIGITS) for number in long if len(number) in (7, 8)]
    return [*long, *padded, *short]


def _joined(words: list[str]) -> list[str]:
    spans = [words[i : i + size] for size in range(2, MOST_JOINED + 1) for i in range(len(words) - size + 1)]
    return ["".join(span) for span in spans if all(map(str.isalpha, span))]


def _word(word: str, fields: Fields) -> str:
    number = word.isdigit()
    forms = [fields.exactly(word)]
    if len(word) > 2:
        forms.append(f"{word}*^4")
    if len(word) >= _FUZZY_FROM and not fields.alike:
        forms.append(f"{word}~{1 if number or len(word) < 8 else 2}")
    if number and len(word) == 10:
        forms.append(fields.exactly(f"1{word}"))
    return fields.clause(forms, word if word.isalpha() and len(word) >= _INSIDE_FROM else "")


TEXT = Argument(
    "text", "String!", "What to look for, in plain words; a typing error is tolerated.", sense=Sense(personal=True)
)
FIRST = Argument("first", "Int", "Number of rows, {limit}.", DEFAULT_PAGE, limit=PageSize())


def search_part(ctx: Context, selection: Selection) -> Projection:
    """Return the projection of the nodes that a text finds, the best matches first.

    An actor who may not see all nodes gets the first of the visible ones, so that hidden nodes do not take their place.
    """
    number = argument_slot(ctx, selection, FIRST)
    node, score = Variable("n"), Variable("score")
    with ctx.page(number):
        part = ROW.part(ctx, selection, node, score)
    fields = Fields.of(ctx)
    limit, text = Parameter(number), argument_slot(ctx, selection, TEXT)
    query = Parameter(Converted(text, partial(lucene, fields=fields)))
    seen = ctx.visible(node, _labels(ctx))
    rows = collect(
        Procedure(
            "db.index.fulltext.queryNodes",
            (Literal(FULL_TEXT_INDEX), query, MapOf(() if fields.alike else (("limit", limit),))),
            (("node", node), ("score", score)),
        ),
        *([] if seen == TRUE else [With((node, score), where=seen)]),
        With((node, score), order=(Order(score, descending=True), Order(PropertyOf(node, "key"))), limit=limit),
        returning(part.expression),
    )
    return Projection(rows, Listed(part.shape))


def _labels(ctx: Context) -> list[str]:
    """Return the labels of which anything is searched."""
    return [one.label for one in ctx.model.nodes if any(prop.search for prop in one.properties)]


def _node(ctx: Context, selection: Selection, node: Variable, score: Variable) -> Projection:
    return bound_part(ctx, selection, node, _labels(ctx))


ROW: CompiledObject[[Variable, Variable]] = CompiledObject(
    "SearchRow",
    "A node that a search found.",
    (
        Field("node", f"{NODE}!", "The node.", _node),
        Field(
            "score",
            "Float!",
            "How well it matches; greater is better, comparable within one search.",
            lambda ctx, _, node, score: Projection(score),
        ),
    ),
)
CAPABILITY = Capability(
    types=(ROW,),
    queries=(
        Field(
            "search",
            f"[{ROW.name}!]!",
            "Nodes whose names, numbers or addresses match a text: exact matches first, then near ones.",
            search_part,
            (TEXT, FIRST),
        ),
    ),
)
