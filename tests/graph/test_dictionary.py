from __future__ import annotations

from datetime import date
from pathlib import Path

from graph.dictionary import dictionary_text
from graph.model import (
    MODEL,
    PUBLISHED,
    PUBLISHED_RELATIONSHIPS,
    End,
    Enumeration,
    Model,
    Node,
    Property,
    Relationship,
    Sensitivity,
)

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_committed_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary_text(MODEL)


def test_page_names_everything_of_the_model() -> None:
    page = dictionary_text(MODEL)
    for node in MODEL.nodes:
        assert f"### {node.label}\n\n{node.doc}\n" in page
        for name in (*node.all_properties, *MODEL.links(node.label)):
            assert f"| `{name}` |" in page
    for relationship in MODEL.relationships:
        assert f"[:{relationship.type}]" in page
        for prop in relationship.properties:
            assert f"`{prop.name}`: " in page
    for enumeration in MODEL.enumerations:
        assert f"### {enumeration.name}\n\n{enumeration.doc}\n" in page
        for value in enumeration.values:
            assert f"| `{value}` | `{enumeration.graphql_name(value)}` |" in page


def test_page_of_a_small_model() -> None:
    colour = Enumeration("Colour", "A colour.", {"1": "Red."}, prefix="COLOUR_")
    box = Node(
        "Box",
        "A box.",
        (
            Property("name", str, "Its name.", Sensitivity.PUBLIC, index=True, search=True, folded=True),
            Property("madeOn", date, "Day it was made."),
        ),
        plural="boxes",
    )
    inside = Relationship(
        "IN",
        "Box",
        "Box",
        End("around", "The box around it.", many=False),
        End("content", "Boxes in it."),
        (Property("colour", colour, "Colour of the lid.", Sensitivity.PUBLIC),),
    )
    page = dictionary_text(Model((box,), (inside,)))
    wanted = """
### Box

A box.

In GraphQL: `box` and `boxes`.

| property | type | sensitivity | indexes | meaning | public files |
| --- | --- | --- | --- | --- | --- |
| `key` | text | PUBLIC | unique | KEY |  |
| `name` | text | PUBLIC | range, full text, folded twin `nameFolded` | Its name. |  |
| `madeOn` | date | CASE |  | Day it was made. |  |

| link | leads to | through | meaning |
| --- | --- | --- | --- |
| `around` | one Box | `(Box)-[:IN]->(Box)` | The box around it. |
| `content` | many Box | `(Box)<-[:IN]-(Box)` | Boxes in it. |

## Relationships

| relationship | properties | public files |
| --- | --- | --- |
| `(Box)-[:IN]->(Box)` | `colour`: [Colour](#colour), PUBLIC. Colour of the lid. |  |

## Enumerations

### Colour

A colour.

| stored | in GraphQL | meaning |
| --- | --- | --- |
| `1` | `COLOUR_1` | Red. |
"""
    assert page.endswith(wanted.replace("KEY", box.all_properties["key"].doc))


def test_what_public_files_fill_is_in_the_model() -> None:
    for label, properties in PUBLISHED.items():
        assert set(properties) <= set(MODEL.node(label).all_properties)
        for name, columns in properties.items():
            assert f"| {columns} |" in dictionary_text(MODEL), name
    page = dictionary_text(MODEL).splitlines()
    for relationship, columns in PUBLISHED_RELATIONSHIPS.items():
        [row] = [line for line in page if line.startswith(f"| `{relationship}` | ")]
        assert row.endswith(f" | {columns} |"), relationship
