"""The properties that a question's columns show: read from the header, and checked against the model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from graph.model import Enumeration, Model, Point, Property
from graph.model.kinds import PropertyType
from queries.library.header import Entry, Header
from queries.library.names import did_you_mean

_KINDS: Mapping[PropertyType, tuple[str, ...]] = {
    str: ("String",),
    int: ("Int",),
    float: ("Float",),
    bool: ("Boolean",),
    date: ("Date",),
    datetime: ("DateTime", "Date"),
    Point: (),
}
"""The scalars that a column of a property can have; the column of an instant may show only its day."""


def owners(model: Model) -> dict[str, dict[str, Property]]:
    """Return the properties of every label and every relationship type, by name."""
    found: dict[str, dict[str, Property]] = {node.label: dict(node.all_properties) for node in model.nodes}
    for relationship in model.relationships:
        found.setdefault(relationship.type, {}).update({prop.name: prop for prop in relationship.properties})
    return found


def shown_by(header: Header, item: Entry, model: Model, found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Return the properties that a column says it shows, each by its owner and name.

    Raises `QueryFileError` for a property that the model does not have, or whose type does not fit that of the column.
    """
    if found["of"] is None:
        return ()
    return tuple(_shown(header, item, model, found, text) for text in re.split(r"\s+or\s+", found["of"]))


def _shown(header: Header, item: Entry, model: Model, found: re.Match[str], text: str) -> tuple[str, str]:
    owner, _, name = text.partition(".")
    known = owners(model)
    if owner not in known:
        hint = did_you_mean(owner, known)
        raise header.refuse(item.line, f"the model has no label or relationship type {owner}{hint}")
    if name not in known[owner]:
        hint = did_you_mean(name, known[owner])
        raise header.refuse(item.line, f"{owner} has no property {name or 'of no name'}{hint}")
    kind, type_ = found["type"].removesuffix("!"), known[owner][name].type
    kinds = ("String",) if isinstance(type_, Enumeration) else _KINDS[type_]
    if kind not in kinds:
        mend = f"make it {' or '.join(kinds)}" if kinds else "a column cannot show it"
        raise header.refuse(item.line, f"{found['name']} is {kind}, and {text} is not; {mend}")
    return owner, name
