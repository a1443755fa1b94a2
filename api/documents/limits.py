"""How large a document may be, measured in one pass that visits each fragment once.

Sizes of lists, and the product of page sizes, are counted when the statement is compiled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph.errors import CostLimitExceeded

_ASTRONOMIC = 10**9


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest request that is answered.

    `body` is in bytes, `text` in characters. `depth` counts nested fields. `selections`, `aliases` and `directives` are
    counted in an operation after its fragments are expanded. `errors` is how many errors of a document are reported.
    `merge_comparisons` bounds the one validation rule that takes quadratic time, and `introspected_fields` the size of
    an introspection. `cached_tokens` bounds the document cache (about half a kilobyte per token; a hundred characters
    count as one token). `operations` and `exports` are how many run at once for one
    token, and `upload` is the largest uploaded file, in bytes.

    For an operation's arguments, `conditions` are the operands in filters, and `searches` those that look for part of a
    text. `hops` are all relationships that filters follow, and `chain` those that follow each other. `nesting` is how
    deep objects are nested, `orders` the number of fields in orders, and `values` the items of lists; `examined` bounds
    everything in them. `operand` and `argument` are the characters of a text in a filter and elsewhere.
    """

    body: int = 1_048_576
    text: int = 100_000
    tokens: int = 4_000
    depth: int = 40
    root_fields: int = 50
    selections: int = 2_000
    aliases: int = 200
    directives: int = 200
    errors: int = 5
    merge_comparisons: int = 20_000
    introspected_fields: int = 100_000
    cached_tokens: int = 200_000
    conditions: int = 2_000
    searches: int = 40
    hops: int = 40
    chain: int = 6
    nesting: int = 30
    orders: int = 40
    values: int = 10_000
    examined: int = 100_000
    operand: int = 1_000
    argument: int = 10_000
    operations: int = 4
    exports: int = 2
    upload: int = 104_857_600


@dataclass(slots=True)
class Size:
    """The measure of an operation, or of a fragment wherever it is spread."""

    depth: int = 0
    root_fields: int = 0
    selections: int = 0
    aliases: int = 0
    directives: int = 0

    def add(self, other: Size, *, depth: int) -> None:
        """Add a fragment that is spread below `depth` fields."""
        self.depth = max(self.depth, depth + other.depth)
        self.selections += other.selections
        self.aliases += other.aliases
        self.directives += other.directives
        if depth == 0:
            self.root_fields += other.root_fields


_ADVICE = {
    "depth": ("nests its fields {} deep", "follow fewer links in one operation"),
    "root_fields": ("has {} root fields", "split it into several requests"),
    "selections": ("selects {} fields and fragments", "select fewer, or split it into several requests"),
    "aliases": ("uses {} aliases", "use fewer, or split it into several requests"),
    "directives": ("uses {} directives", "use fewer"),
    "conditions": ("has {} conditions in its filters", "ask for fewer at once"),
    "searches": ("looks for a part of a text {} times", "use fewer contains and startsWith"),
    "hops": ("follows {} links in its filters", "use fewer conditions on what is linked"),
    "chain": ("follows {} links one after the other in a filter", "filter by what is nearer"),
    "nesting": ("nests its arguments {} deep", "use fewer and, or and not in one another"),
    "orders": ("orders by {} fields", "use fewer"),
    "values": ("has {} values in its lists", "send fewer at once"),
}


def check(document: DocumentNode, limits: Limits, name: str | None = None) -> None:
    """Raise `CostLimitExceeded`, with the number and the limit, when the operation with that name is too large.

    Without a name all operations are checked. Other operations may be larger, but not deeper, because they are
    validated too. Cycles and unknown fragments do not count: validation reports them.
    """
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    sizes = _measure_fragments(fragments)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            size, spreads = _measure(definition.selection_set)
            size.directives += len(definition.directives or ())
            _expand(size, spreads, sizes)
            runs = name is None or (definition.name is not None and definition.name.value == name)
            for part in fields(size) if runs else fields(size)[:1]:
                compare(part.name, getattr(size, part.name), getattr(limits, part.name))


def compare(part: str, number: int, limit: int) -> None:
    """Raise `CostLimitExceeded`, with the number and the limit, when an operation has too many of something."""
    if number > limit:
        shown = f"{number:,}" if number < _ASTRONOMIC else f"more than {_ASTRONOMIC:,}"
        saying, advice = _ADVICE[part]
        raise CostLimitExceeded(f"The operation {saying.format(shown)}; the limit is {limit:,}: {advice}.")


def _measure(selection_set: SelectionSetNode) -> tuple[Size, list[tuple[str, int]]]:
    """Measure one definition by itself; also return its spreads, each with the number of fields above it."""
    size = Size()
    spreads: list[tuple[str, int]] = []
    stack = [(selection_set, 0)]
    while stack:
        selected, depth = stack.pop()
        for selection in selected.selections:
            size.selections += 1
            size.directives += len(selection.directives or ())
            if isinstance(selection, FragmentSpreadNode):
                spreads.append((selection.name.value, depth))
                continue
            below = depth
            if isinstance(selection, FieldNode):
                below = depth + 1
                size.depth = max(size.depth, below)
                size.aliases += selection.alias is not None
                size.root_fields += depth == 0
            nested: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if nested is not None:
                stack.append((nested, below))
    return size, spreads


def _expand(size: Size, spreads: list[tuple[str, int]], sizes: Mapping[str, Size]) -> None:
    for name, depth in spreads:
        if name in sizes:
            size.add(sizes[name], depth=depth)


def _measure_fragments(fragments: Mapping[str, FragmentDefinitionNode]) -> dict[str, Size]:
    """Measure every fragment including what it spreads, inner fragments first, without recursion."""
    alone = {name: _measure(fragment.selection_set) for name, fragment in fragments.items()}
    sizes: dict[str, Size] = {}
    for root in alone:
        if root in sizes:
            continue
        path: list[tuple[str, Iterator[tuple[str, int]]]] = [(root, iter(alone[root][1]))]
        entered = {root}
        while path:
            name, spreads = path[-1]
            inner = next((s for s, _ in spreads if s in alone and s not in sizes and s not in entered), None)
            if inner is not None:
                entered.add(inner)
                path.append((inner, iter(alone[inner][1])))
                continue
            path.pop()
            size, own = alone[name]
            _expand(size, own, sizes)
            sizes[name] = size
    return sizes
