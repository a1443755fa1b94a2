from __future__ import annotations

import pytest

from api.access.policy import (
    ASK,
    INVESTIGATOR,
    MONITOR,
    READ_METRICS,
    READ_SCHEMA,
    ROLES,
    Access,
    Actor,
    Role,
)
from graph.errors import Forbidden
from graph.model import MODEL, Property, Sensitivity

AUDITOR = Role(
    name="auditor",
    doc="Counts, and sees no person.",
    actions=frozenset({ASK}),
    access=Access(frozenset({Sensitivity.PUBLIC, Sensitivity.CASE}), withheld=frozenset({("Hearing", "outcome")})),
)


def test_an_investigator_may_do_and_read_everything() -> None:
    actor = Actor("a test", INVESTIGATOR)
    actor.require(ASK)
    actor.require(READ_SCHEMA)
    for node in MODEL.nodes:
        for prop in node.properties:
            assert actor.access.may_read(node.label, prop)


def test_another_role_is_a_row_of_data() -> None:
    actor = Actor("a test", AUDITOR)
    actor.require(ASK)
    with pytest.raises(Forbidden, match="The role 'auditor' may not read the schema"):
        actor.require(READ_SCHEMA)
    name = Property("firstName", str, "First name.", Sensitivity.IDENTITY)
    outcome = Property("outcome", str, "What came of it.", Sensitivity.CASE)
    assert not actor.access.may_read("Child", name)
    assert not actor.access.may_read("Hearing", outcome)
    assert actor.access.may_read("ContactAttempt", outcome)


def test_access_is_a_key() -> None:
    assert {AUDITOR.access: 1, INVESTIGATOR.access: 2}[Access(frozenset(Sensitivity))] == 2


def test_roles_are_found_by_name() -> None:
    assert ROLES == {"investigator": INVESTIGATOR, "monitor": MONITOR}


def test_a_monitor_sees_nothing_on_record() -> None:
    assert MONITOR.actions == {READ_METRICS}
    assert not MONITOR.access.sensitivities
