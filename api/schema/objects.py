"""Object types, one for each label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.schema.connections import link_connection, node_arguments
from api.schema.registry import Output, Registry
from api.schema.values import property_output
from graph.model import KEY, Link, Model, Pointer

NODE = "Node"
_ID = Output("id", "ID!", "The node's global id, opaque; `node(id)` and the single fields take it.")
_KEY = Output("key", "String!", KEY.doc)


def add_objects(registry: Registry, model: Model, further: Mapping[str, Sequence[Output]]) -> None:
    """Make the `Node` interface, an object type for each label, and the rows of its pointers.

    `further` are fields that are neither properties nor links, by the label that they belong to.
    """
    registry.add_interface(NODE, "Anything in the graph that has an identity.", (_ID, _KEY))
    for node in model.nodes:
        outputs = [property_output(prop) for prop in node.properties]
        outputs += [_link_output(link) for link in model.links(node.label).values()]
        outputs += [_pointer_output(one) for one in model.pointers if one.source == node.label]
        outputs += further.get(node.label, ())
        registry.add_object(node.label, node.doc, outputs, interface=NODE)
    for pointer in model.pointers:
        if pointer.row:
            registry.add_object(pointer.row, f"One of these: {pointer.doc}", _pointer_row())


def _pointer_output(pointer: Pointer) -> Output:
    return Output(pointer.name, f"[{pointer.row}!]!" if pointer.row else NODE, pointer.doc)


def _pointer_row() -> tuple[Output, ...]:
    return Output("column", "String!", "Column of the row that named it."), Output("node", f"{NODE}!", "The node.")


def _link_output(link: Link) -> Output:
    if link.many:
        return Output(link.name, f"{link_connection(link)}Connection!", link.doc, node_arguments(link.target))
    return Output(link.name, link.target, f"{link.doc} Null when none is known.")
