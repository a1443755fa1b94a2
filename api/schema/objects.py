"""Object types, one for each label, and the root fields that find nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.schema.connections import link_connection, node_arguments
from api.schema.registry import Argument, Output, Registry, words
from api.schema.values import property_output
from graph.model import KEY, Link, Model, Node, Pointer

NODE = "Node"
SEARCH_ROW = "SearchRow"
DEFAULT_SEARCH_SIZE = 25
_ID = Output("id", "ID!", "The node's global id, opaque; `node(id)` and the single fields take it.")
_KEY = Output("key", "String!", KEY.doc)


def add_objects(registry: Registry, model: Model, further: Mapping[str, Sequence[Output]]) -> None:
    """Make the `Node` interface, an object type for each label, and the row of a search.

    `further` are fields that are no property and no link, by the label that they belong to.
    """
    registry.add_interface(NODE, "Anything in the graph that has an identity.", (_ID, _KEY))
    for node in model.nodes:
        outputs = [property_output(prop) for prop in node.properties]
        outputs += [_link_output(link) for link in model.links(node.label).values()]
        outputs += [_pointer_output(one) for one in model.pointers if one.source == node.label]
        outputs += further.get(node.label, ())
        registry.add_object(node.label, node.doc, outputs, interface=NODE)
    registry.add_object(
        SEARCH_ROW,
        "A node that a search found.",
        (
            Output("node", f"{NODE}!", "The node."),
            Output("score", "Float!", "How well it matches; greater is better, comparable within one search."),
        ),
    )

    for pointer in model.pointers:
        if pointer.row:
            registry.add_object(pointer.row, f"One of these: {pointer.doc}", _pointer_row())


def _pointer_output(pointer: Pointer) -> Output:
    return Output(pointer.name, f"[{pointer.row}!]!" if pointer.row else NODE, pointer.doc)


def _pointer_row() -> tuple[Output, ...]:
    return Output("column", "String!", "Column of the row that named it."), Output("node", f"{NODE}!", "The node.")


def root_outputs(model: Model) -> Iterator[Output]:
    """Yield the root fields that find nodes: by id, by search, and two for each label."""
    yield Output("node", NODE, "The node of that global id, or null.", (Argument("id", "ID!", "A global id."),))
    yield Output(
        "nodes",
        f"[{NODE}]!",
        "The nodes of those global ids, in their order; null where there is none.",
        (Argument("ids", "[ID!]!", "Global ids; one may be given more than once."),),
    )
    yield Output(
        "search",
        f"[{SEARCH_ROW}!]!",
        "Nodes whose names, numbers or addresses match a text: exact matches first, then near ones.",
        (
            Argument("text", "String!", "What to look for, in plain words; a typing error is tolerated."),
            Argument("first", "Int", "Number of rows, 1 to 100.", DEFAULT_SEARCH_SIZE),
        ),
    )
    for node in model.nodes:
        yield _single(node)
        yield _plural(node)


def _single(node: Node) -> Output:
    return Output(
        node.field,
        node.label,
        f"The {words(node.field)} of that global id, or null. {node.doc}",
        (Argument("id", "ID!", f"The global id of the {words(node.field)}."),),
    )


def _plural(node: Node) -> Output:
    arguments = node_arguments(node.label)
    if node.since:
        doc = f"Only those whose {node.since} is this instant or later; the order is then by it, unless one is given."
        arguments = (Argument("since", "DateTime", doc), *arguments)
    return Output(node.fields, f"{node.label}Connection!", f"All {words(node.fields)}. {node.doc}", arguments)


def _link_output(link: Link) -> Output:
    if link.many:
        return Output(link.name, f"{link_connection(link)}Connection!", link.doc, node_arguments(link.target))
    return Output(link.name, link.target, f"{link.doc} Null when none is known.")
