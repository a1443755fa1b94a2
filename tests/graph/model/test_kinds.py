from __future__ import annotations

import pytest

from graph.model.derived import Hop
from graph.model.kinds import End, Link, Model, Node, Property, Relationship, Sensitivity

BOX = Node("Box", "A box.", (Property("name", str, "Its name.", Sensitivity.PUBLIC),))
TOY = Node("Toy", "A toy.", ())
HOLDS = Relationship("HOLDS", "Box", "Toy", End("toys", "Toys in it."), End("box", "The box around it.", many=False))


def test_a_relationship_gives_a_link_at_each_end() -> None:
    model = Model((BOX, TOY), (HOLDS,))

    assert {name: (one.target, one.many, one.hops) for name, one in model.links("Box").items()} == {
        "toys": ("Toy", True, (Hop("HOLDS", ">", "Toy", True),))
    }
    assert {name: (one.target, one.many, one.hops) for name, one in model.links("Toy").items()} == {
        "box": ("Box", False, (Hop("HOLDS", "<", "Box", True),))
    }


def test_a_symmetric_relationship_is_followed_both_ways() -> None:
    beside = Relationship("BESIDE", "Box", "Box", End("neighbors", "Boxes beside it."), End("", ""), symmetric=True)

    assert Model((BOX,), (beside,)).links("Box")["neighbors"].hops == (Hop("BESIDE", "-", "Box", True),)


def test_a_type_that_leads_to_several_labels_says_so() -> None:
    inner = Relationship("HOLDS", "Box", "Box", End("boxes", "Boxes in it."), End("outer", "The box around it."))
    links = Model((BOX, TOY), (HOLDS, inner)).links("Box")

    assert links["toys"].hops == (Hop("HOLDS", ">", "Toy", False),)
    assert Model((BOX, TOY), (HOLDS, inner)).ends("HOLDS") == ("Toy", "Box")


@pytest.mark.parametrize(
    "link",
    [
        Link("name", "Taken by a property.", "Box", "Toy", True, (Hop("HOLDS", ">", "Toy", True),), ()),
        Link("toys", "Taken by a link.", "Box", "Toy", True, (Hop("HOLDS", ">", "Toy", True),), ()),
        Link("lid", "Leads nowhere.", "Box", "Lid", True, (Hop("HAS", ">", "Lid", True),), ()),
    ],
    ids=["property", "link", "nowhere"],
)
def test_a_link_with_a_taken_name_or_without_an_end_is_refused(link: Link) -> None:
    with pytest.raises(ValueError, match=f"Box.{link.name} is declared twice or leads to no node"):
        Model((BOX, TOY), (HOLDS,), (link,))
