"""What a derived property declares is held against the model."""

from __future__ import annotations

import pytest

from graph.model import Derived, Hop, Model, Property
from tests.graph.writing.deriving import derived_model


def _model(derived: Derived) -> Model:
    return derived_model(Property("made", int, "Made.", derived=derived))


@pytest.mark.parametrize(
    ("derived", "message"),
    [
        (
            Derived("COUNT { (n)-[:HAS_PLACEMENT]->() }", ((Hop("HAS_PLACEMENT", "<", "Placement"),),)),
            "Child.made: HAS_PLACEMENT does not lead from Child to Placement in the model",
        ),
        (
            Derived(
                "COUNT { (n)-[:HAS_PLACEMENT]->()-[:WITH_SPONSOR]->() }", ((Hop("HAS_PLACEMENT", ">", "Placement"),),)
            ),
            "Child.made reads HAS_PLACEMENT, WITH_SPONSOR; its paths lead over HAS_PLACEMENT",
        ),
        (
            Derived("size(n.firstName)", ((Hop("HAS_PLACEMENT", ">", "Placement"),),)),
            "Child.made reads nothing; its paths lead over HAS_PLACEMENT",
        ),
        (Derived("n.made + 1"), "Child.made reads made, which is derived itself"),
    ],
)
def test_a_declaration_that_does_not_hold_is_refused(derived: Derived, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _model(derived)
