from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from api.fields.dimensions import (
    DAYS,
    DIMENSIONS,
    SUBJECTS,
    Grain,
    chosen_dimensions,
    dimension_named,
    paths_of,
    subject_named,
)
from graph.errors import BadInput
from graph.model import MODEL


def test_every_declared_path_is_the_models() -> None:
    for subject, dimension in product(SUBJECTS, DIMENSIONS):
        for path in paths_of(MODEL, subject, dimension) if dimension.name in subject.paths else ():
            assert all(link.hops for link in path.links)
            assert (path.owner == "Agency") == (dimension.grain is Grain.AGENCY)
    assert {name for subject in SUBJECTS for name in subject.paths} == {dimension.name for dimension in DIMENSIONS}


def test_every_day_is_the_models() -> None:
    owned = {node.label: set(node.all_properties) for node in MODEL.nodes}
    owned |= {one.type: {prop.name for prop in one.properties} for one in MODEL.relationships if one.properties}
    assert all(set(days) <= owned[owner] for owner, days in DAYS.items())


def test_a_path_of_nothing_is_refused() -> None:
    subject = replace(subject_named("CHILDREN"), paths={"STATE": ("placements.house.state",)})
    with pytest.raises(KeyError):
        paths_of(MODEL, subject, dimension_named("STATE"))


def test_what_cannot_be_counted_by() -> None:
    placements = subject_named("PLACEMENTS")
    assert [one.name for one in chosen_dimensions(placements, ["STATE", "MONTH"])] == ["STATE", "MONTH"]
    with pytest.raises(BadInput) as error:
        chosen_dimensions(placements, ["OUTCOME"])
    assert str(error.value) == (
        "PLACEMENTS cannot be counted by OUTCOME; they can be by FISCAL_YEAR, MONTH, STATE, COURT, COUNTRY, "
        "SPONSOR_CATEGORY, RELATIONSHIP."
    )
    with pytest.raises(BadInput, match="STATE is given twice"):
        chosen_dimensions(placements, ["STATE", "STATE"])
