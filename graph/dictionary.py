"""The data dictionary: a page that describes every node, relationship, link and enumeration of the model.

`python -m graph.dictionary docs/data-dictionary.md` writes the page; with `--check` it fails when the page is stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from graph.generated_pages import keep_page
from graph.model import (
    MODEL,
    PUBLISHED,
    PUBLISHED_RELATIONSHIPS,
    Choice,
    Derived,
    Enumeration,
    Hop,
    Link,
    Model,
    Node,
    Point,
    Pointer,
    Property,
    Relationship,
)
from graph.model.arrows import arrow
from graph.model.kinds import PropertyType

_TYPES: Mapping[object, str] = MappingProxyType(
    {
        str: "text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        date: "date",
        datetime: "instant",
        Point: "position",
    }
)
_INTRODUCTION = """# Data dictionary

This page is made from the model in `graph/model`; to change it, change the model and run
`python -m graph.dictionary docs/data-dictionary.md`.

Every value except a key may be unknown. Sensitivity says who may be harmed when a value is seen: PUBLIC values tell
nothing of a person, CASE values describe a case, LOCATION values tell where a person is, IDENTITY values who it is.
The last column names what a public file can fill, by the file and its columns: HHS releases obtained under FOIA, the
immigration courts' public dump (EOIR), and the Labor Department's compliance actions (WHD). What stands in none is
known from agencies' own records alone. Unknown is never no.

A derived property is given by no record: it follows from the graph, along the paths that its row names. What writes
through Sightline keeps it right. A hidden one is read by statements of Sightline's own, and is no field of the API.
"""


def dictionary_text(model: Model) -> str:
    """Return the page in Markdown; the same model gives the same text."""
    parts = [_INTRODUCTION, "## Nodes\n"]
    parts += [_node_section(model, node) for node in model.nodes]
    parts += ["## Relationships\n", _relationships(model), "## Enumerations\n"]
    parts += [_enumeration_section(enumeration) for enumeration in model.enumerations]
    return "\n".join(parts)


def _node_section(model: Model, node: Node) -> str:
    published = PUBLISHED.get(node.label, {})
    lines = [f"### {node.label}", "", node.doc, "", f"In GraphQL: `{node.field}` and `{node.fields}`.", ""]
    derived = ("derived from",) if len(node.given) < len(node.properties) or node.hidden else ()
    lines += _table(
        ("property", "type", "sensitivity", "indexes", "meaning", "public files", *derived),
        [
            *(
                (*_property_row(prop), published.get(prop.name, ""), *(_derived(node, prop.derived) for _ in derived))
                for prop in node.all_properties.values()
            ),
            *(
                (f"`{one.name}`", "list of numbers", "hidden", "range", one.doc, "", _derived(node, one.derived))
                for one in node.hidden
            ),
        ],
    )
    links = model.links(node.label).values()
    if links:
        pointers = [_pointer_row(one) for one in model.pointers if one.source == node.label]
        rows = [*(_link_row(link) for link in links), *pointers]
        lines += ["", *_table(("link", "leads to", "through", "meaning"), rows)]
    return "\n".join(lines) + "\n"


def _property_row(prop: Property) -> tuple[str, ...]:
    return f"`{prop.name}`", _type(prop.type), prop.sensitivity.value, _indexes(prop), prop.doc


def _indexes(prop: Property) -> str:
    kinds = (
        ("unique", prop.name == "key"),
        ("range", prop.index),
        ("full text", prop.search),
        (f"folded twin `{prop.twin}`", prop.folded),
    )
    return ", ".join(name for name, present in kinds if present)


def _derived(node: Node, derived: Derived | None) -> str:
    """Return what a derived property depends on; an empty text for other properties."""
    if derived is None:
        return ""
    return "<br>".join(_path(node.label, path) for path in derived.paths) or "its own properties"


def _link_row(link: Link) -> tuple[str, ...]:
    through = "; else ".join(_choice(link.source, choice) for choice in link.choices) or _path(link.source, link.hops)
    return f"`{link.name}`", f"many {link.target}" if link.many else f"one {link.target}", through, link.doc


def _pointer_row(pointer: Pointer) -> tuple[str, ...]:
    many = "many nodes" if pointer.row else "one node"
    return f"`{pointer.name}`", f"{many} of any label", f"({pointer.source})-[:{pointer.type}]->()", pointer.doc


def _path(source: str, hops: Sequence[Hop]) -> str:
    return f"`({source}){''.join(f'{arrow(hop)}({hop.label})' for hop in hops)}`"


def _choice(source: str, choice: Choice) -> str:
    hops = (choice.hop, choice.then) if choice.then else (choice.hop,)
    latest, standing = f"latest `{choice.latest}`", f"`{choice.open}` unknown"
    words = f"{standing}, {latest}" if choice.on_relationship else f"{latest}, {standing}"
    return f"{_path(source, hops)}, {words}"


def _relationships(model: Model) -> str:
    rows = [
        (f"`{pattern}`", _properties(relationship), PUBLISHED_RELATIONSHIPS.get(pattern, ""))
        for relationship in model.relationships
        for pattern in [_pattern(relationship)]
    ]
    return "\n".join(_table(("relationship", "properties", "public files"), rows)) + "\n"


def _pattern(relationship: Relationship) -> str:
    arrow = "-" if relationship.symmetric else "->"
    return f"({relationship.start})-[:{relationship.type}]{arrow}({relationship.end})"


def _properties(relationship: Relationship) -> str:
    own = (
        f"`{prop.name}`: {_type(prop.type)}, {prop.sensitivity.value}. {prop.doc}" for prop in relationship.properties
    )
    return "<br>".join(own)


def _enumeration_section(enumeration: Enumeration) -> str:
    rows = [(f"`{value}`", f"`{enumeration.graphql_name(value)}`", doc) for value, doc in enumeration.values.items()]
    lines = [f"### {enumeration.name}", "", enumeration.doc, "", *_table(("stored", "in GraphQL", "meaning"), rows)]
    return "\n".join(lines) + "\n"


def _type(kind: PropertyType) -> str:
    return f"[{kind.name}](#{kind.name.lower()})" if isinstance(kind, Enumeration) else _TYPES[kind]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    keep_page(dictionary_text(MODEL), command="python -m graph.dictionary")
