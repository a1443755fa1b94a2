from __future__ import annotations

from graphql import GraphQLObjectType, GraphQLSchema, print_type

from graph.model import MODEL, RECORDS

FURTHER = {label: {"history", "conflicts", "provenance"} for label in RECORDS.labels}
FURTHER["Child"].add("timeline")
FURTHER["Source"].add("coverage")
"""Fields that are neither properties nor links."""
OPTIONAL = {"Source": {"importedAt"}}
"""Such fields that may be unknown."""


def test_type_of_a_label_has_its_properties_and_links(core: GraphQLSchema) -> None:
    for node in MODEL.nodes:
        kind = core.type_map[node.label]
        assert isinstance(kind, GraphQLObjectType)
        assert [interface.name for interface in kind.interfaces] == ["Node"]
        pointers = {one.name: one for one in MODEL.pointers if one.source == node.label}
        further = FURTHER.get(node.label, set())
        own = {*node.all_properties, *MODEL.links(node.label), *pointers}
        assert set(kind.fields) == {"id", *own, *further, *OPTIONAL.get(node.label, set())}
        required = {name for name, field in kind.fields.items() if str(field.type).endswith("!")}
        many = {link.name for link in MODEL.links(node.label).values() if link.many}
        assert required == {"id", "key"} | many | further | {name for name, one in pointers.items() if one.row}


def test_root_fields_of_nodes(core: GraphQLSchema) -> None:
    query = core.query_type
    assert query is not None
    for node in MODEL.nodes:
        assert str(query.fields[node.field].type) == node.label
        assert str(query.fields[node.fields].type) == f"{node.label}Connection!"
    named = {"noticeToAppear", "noticesToAppear", "homeStudies", "addresses", "agencies", "children", "postalAreas"}
    assert named <= set(query.fields)


def test_values_have_their_own_types(core: GraphQLSchema) -> None:
    address, notification = core.type_map["Address"], core.type_map["Notification"]
    assert isinstance(address, GraphQLObjectType)
    assert isinstance(notification, GraphQLObjectType)
    assert str(address.fields["location"].type) == "GeoPoint"
    assert str(address.fields["deliverability"].type) == "Deliverability"
    assert str(notification.fields["sentAt"].type) == "DateTime"


def test_interface_and_search(core: GraphQLSchema) -> None:
    query = core.query_type
    assert query is not None
    assert "interface Node {" in print_type(core.type_map["Node"])
    assert {name: str(field.type) for name, field in query.fields.items() if name in ("node", "nodes", "search")} == {
        "node": "Node",
        "nodes": "[Node]!",
        "search": "[SearchRow!]!",
    }
    assert {name: str(argument.type) for name, argument in query.fields["search"].args.items()} == {
        "text": "String!",
        "first": "Int",
    }
    assert query.fields["search"].args["first"].default_value == 25
