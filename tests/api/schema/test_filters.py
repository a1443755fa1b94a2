from __future__ import annotations

import pytest
from graphql import GraphQLInputObjectType, GraphQLSchema

from api.schema.filters import filter_type
from graph.model import MODEL, Point

SAME = {"eq", "ne", "in", "notIn", "isNull"}
RANGE = SAME | {"lt", "lte", "gt", "gte"}


def inputs(core: GraphQLSchema, name: str) -> dict[str, str]:
    kind = core.type_map[name]
    assert isinstance(kind, GraphQLInputObjectType)
    return {key: str(field.type) for key, field in kind.fields.items()}


@pytest.mark.parametrize(
    ("name", "operands"),
    [
        ("ID", SAME),
        ("String", RANGE | {"contains", "startsWith"}),
        ("Int", RANGE),
        ("Float", RANGE),
        ("Date", RANGE),
        ("DateTime", RANGE),
        ("Boolean", {"eq", "ne", "isNull"}),
        ("SponsorCategory", SAME),
        ("Point", {"isNull"}),
    ],
)
def test_operands(core: GraphQLSchema, name: str, operands: set[str]) -> None:
    got = inputs(core, f"{name}Filter")
    assert set(got) == operands
    for operand, kind in got.items():
        assert kind == {"isNull": "Boolean", "in": f"[{name}!]", "notIn": f"[{name}!]"}.get(operand, name)


def test_every_label_has_its_conditions(core: GraphQLSchema) -> None:
    for node in MODEL.nodes:
        wanted = {name: filter_type(prop) for name, prop in node.all_properties.items()}
        for link in MODEL.links(node.label).values():
            wanted[link.name] = f"{link.target}LinkFilter" if link.many else f"{link.target}Filter"
        own = f"{node.label}Filter"
        wanted |= {"id": "IDFilter", "isNull": "Boolean", "and": f"[{own}!]", "or": f"[{own}!]", "not": own}
        assert inputs(core, own) == wanted


def test_links_to_many_are_quantified_and_counted(core: GraphQLSchema) -> None:
    some = "PlacementFilter"
    assert inputs(core, "PlacementLinkFilter") == {"some": some, "none": some, "every": some, "count": "IntFilter"}


def test_position_is_only_known_or_not() -> None:
    assert filter_type(MODEL.node("Address").named("location")) == "PointFilter"
    assert MODEL.node("Address").named("location").type is Point
