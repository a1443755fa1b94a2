from __future__ import annotations

from graphql import GraphQLObjectType, GraphQLSchema

from api.schema.connections import link_connection, node_arguments
from graph.model import MODEL


def fields(core: GraphQLSchema, name: str) -> dict[str, str]:
    kind = core.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return {key: str(field.type) for key, field in kind.fields.items()}


def test_connection_of_a_label(core: GraphQLSchema) -> None:
    assert fields(core, "ChildConnection") == {
        "edges": "[ChildEdge!]!",
        "nodes": "[Child!]!",
        "pageInfo": "PageInfo!",
        "totalCount": "Int!",
    }
    assert fields(core, "ChildEdge") == {"cursor": "String!", "node": "Child!"}


def test_connection_over_relationships_shows_their_properties(core: GraphQLSchema) -> None:
    assert link_connection(MODEL.links("Child")["addresses"]) == "ChildAddresses"
    assert fields(core, "ChildAddressesEdge") == {
        "cursor": "String!",
        "node": "Address!",
        "since": "Date",
        "until": "Date",
        "reportedBy": "String",
        "reportedOn": "Date",
    }
    assert fields(core, "ChildAddressesConnection")["edges"] == "[ChildAddressesEdge!]!"
    assert fields(core, "ChildAddressesConnection")["nodes"] == "[Address!]!"


def test_page_info(core: GraphQLSchema) -> None:
    assert fields(core, "PageInfo") == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def test_every_connection_takes_the_same_arguments(core: GraphQLSchema) -> None:
    assert core.query_type is not None
    for node in MODEL.nodes:
        wanted = {argument.name: argument.type for argument in node_arguments(node.label)}
        since = {"since": "DateTime"} if node.since else {}
        root = core.query_type.fields[node.fields]
        assert {name: str(argument.type) for name, argument in root.args.items()} == wanted | since
        for link in MODEL.links(node.label).values():
            if link.many:
                kind = core.type_map[node.label]
                assert isinstance(kind, GraphQLObjectType)
                got = {name: str(argument.type) for name, argument in kind.fields[link.name].args.items()}
                assert got == {argument.name: argument.type for argument in node_arguments(link.target)}
