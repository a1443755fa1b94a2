"""Connections: edges, nodes, page information and a total, with the arguments that page through them."""

from __future__ import annotations

from api.schema.limits import DEFAULT_PAGE, PageSize
from api.schema.registry import Argument, Output, Registry, words
from api.schema.sense import Role, Sense
from api.schema.values import property_output
from graph.model import Link, Model

PAGE_INFO = "PageInfo"
FIRST = Argument(
    "first",
    "Int",
    f"Number of rows from the start, {{limit}}; {DEFAULT_PAGE} when neither first nor last is given.",
    limit=PageSize(),
)
LAST = Argument("last", "Int", "Number of rows from the end, {limit}; not together with first.", limit=PageSize())
PAGING = (
    FIRST,
    Argument("after", "String", "Cursor of a row: only rows after it."),
    LAST,
    Argument("before", "String", "Cursor of a row: only rows before it."),
)


def node_arguments(label: str) -> tuple[Argument, ...]:
    """Return the arguments of a connection of nodes with that label."""
    return (
        Argument("filter", f"{label}Filter", "Only those for which this holds."),
        Argument(
            "orderBy",
            f"[{label}Order!]",
            "The order, most important part first; by key when not given.",
            sense=Sense(Role.ORDER),
        ),
        *PAGING,
    )


def link_connection(link: Link) -> str:
    """Return the stem of a link's connection: its own if edges have properties, or else that of its target."""
    return f"{link.source}{link.name[0].upper()}{link.name[1:]}" if link.properties else link.target


def add_page_info(registry: Registry) -> None:
    """Make the type of page information."""
    registry.add_object(
        PAGE_INFO,
        "Where a page stands among all rows.",
        (
            Output("hasNextPage", "Boolean!", "Whether rows follow; when paging backwards, whether before was given."),
            Output(
                "hasPreviousPage",
                "Boolean!",
                "Whether rows precede; when paging forwards, whether after was given.",
            ),
            Output("startCursor", "String", "Cursor of the first row; null on an empty page."),
            Output("endCursor", "String", "Cursor of the last row; null on an empty page."),
        ),
    )


def add_connection(
    registry: Registry,
    stem: str,
    row: str,
    rows: str,
    *,
    edge: tuple[Output, ...] = (),
    count: str = "",
    beside: tuple[Output, ...] = (),
) -> None:
    """Make `<stem>Connection` and `<stem>Edge` for rows of type `row`, with the fields in `edge` and `beside`."""
    registry.add_object(
        f"{stem}Edge",
        f"One of the {rows}, with its cursor" + (" and what the relationship says." if edge else "."),
        (
            Output("cursor", "String!", "Place of this row in the order, for after and before."),
            Output("node", f"{row}!", "The row itself."),
            *edge,
        ),
    )
    registry.add_object(
        f"{stem}Connection",
        f"A page of {rows}.",
        (
            Output("edges", f"[{stem}Edge!]!", "The page's rows with their cursors."),
            Output("nodes", f"[{row}!]!", "The page's rows: the node of each edge, in the same order."),
            Output("pageInfo", f"{PAGE_INFO}!", "Where the page stands among all rows."),
            Output("totalCount", "Int!", count or "Number of rows on all pages; counted only when asked for."),
            *beside,
        ),
    )


def add_connections(registry: Registry, model: Model) -> None:
    """Make a connection for each label, and one for each link whose relationships have properties."""
    for node in model.nodes:
        add_connection(registry, node.label, node.label, words(node.fields))
        for link in model.links(node.label).values():
            if link.many and link.properties:
                add_connection(
                    registry,
                    link_connection(link),
                    link.target,
                    f"{words(link.name)} of {words(node.fields)}",
                    edge=tuple(property_output(prop) for prop in link.properties),
                    count="Number of relationships on all pages; counted only when asked for.",
                )
