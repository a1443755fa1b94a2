from __future__ import annotations

import pytest
from graphql import GraphQLEnumType, GraphQLSchema

from api.schema.orders import OrderField, counted_links, upper_snake
from graph.model import MODEL, Point


@pytest.mark.parametrize(
    ("name", "wanted"), [("key", "KEY"), ("aNumber", "A_NUMBER"), ("unrelatedChildCount", "UNRELATED_CHILD_COUNT")]
)
def test_names_of_values(name: str, wanted: str) -> None:
    assert upper_snake(name) == wanted


def test_every_property_but_positions_and_every_one_hop_link_orders(core: GraphQLSchema) -> None:
    for node in MODEL.nodes:
        kind = core.type_map[f"{node.label}OrderField"]
        assert isinstance(kind, GraphQLEnumType)
        wanted = {
            upper_snake(name): OrderField(property=name)
            for name, prop in node.all_properties.items()
            if prop.type is not Point
        }
        wanted |= {
            f"{upper_snake(name)}_COUNT": OrderField(link=name)
            for name, link in MODEL.links(node.label).items()
            if link.many and len(link.hops) == 1
        }
        assert {name: value.value for name, value in kind.values.items()} == wanted


def test_counted_links_of_a_sponsor() -> None:
    assert [link.name for link in counted_links(MODEL, "Sponsor")] == [
        "placements",
        "addresses",
        "phones",
        "concernReports",
        "householdMembers",
        "backgroundChecks",
        "sponsorApplications",
        "identityDocuments",
        "sources",
        "findings",
    ]
