from __future__ import annotations

import pytest
import strawberry
from graphql import print_type

from api.schema.build import core_schema
from api.schema.registry import Argument, Output, Registry, python_type, words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Child!", "Child"),
        ("Int", "Optional[Int]"),
        ("[Child!]!", "list[Child]"),
        ("[Node]!", "list[Optional[Node]]"),
        ("[[Int!]!]", "Optional[list[list[Int]]]"),
    ],
)
def test_graphql_types_as_annotations(text: str, wanted: str) -> None:
    assert python_type(text) == wanted


def test_words() -> None:
    assert [words(name) for name in ("noticesToAppear", "child", "Phone")] == ["notices to appear", "child", "phone"]


def test_types_refer_to_one_another_in_any_order() -> None:
    registry = Registry()
    registry.add_object(
        "Query",
        "Root.",
        (
            Output(
                "tree", "[Tree!]!", "Trees.", (Argument("by", "TreeFilter", "Which."), Argument("in", "Int!", "X.", 3))
            ),
        ),
    )
    registry.add_interface("Thing", "A thing.", (Output("id", "ID!", "Its id."),))
    registry.add_object("Tree", "A tree.", (Output("parent", "Tree", "Above."),), interface="Thing")
    registry.add_input(
        "TreeFilter", "Which trees.", (Argument("not", "TreeFilter", "No."), Argument("in", "[Sort!]", "S."))
    )
    registry.add_enum("Sort", "Sorts.", {"OAK_1": ("1", "Oak."), "FIR": ("FIR", "Fir.")})
    core = core_schema(strawberry.Schema(query=registry.type("Query")))
    assert print_type(core.type_map["Query"]) == (
        '"""Root."""\ntype Query {\n  """Trees."""\n  tree(\n    """Which."""\n    by: TreeFilter\n\n    """X."""\n'
        "    in: Int! = 3\n  ): [Tree!]!\n}"
    )
    assert print_type(core.type_map["Tree"]) == (
        '"""A tree."""\ntype Tree implements Thing {\n  """Its id."""\n  id: ID!\n\n  """Above."""\n  parent: Tree\n}'
    )
    assert print_type(core.type_map["TreeFilter"]) == (
        '"""Which trees."""\ninput TreeFilter {\n  """No."""\n  not: TreeFilter\n\n  """S."""\n  in: [Sort!]\n}'
    )
    assert print_type(core.type_map["Sort"]) == (
        '"""Sorts."""\nenum Sort {\n  """Oak."""\n  OAK_1\n\n  """Fir."""\n  FIR\n}'
    )
