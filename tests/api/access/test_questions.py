from __future__ import annotations

from dataclasses import replace

import pytest

from api.access.policy import EVERYTHING, Access, RowRule
from api.access.questions import (
    access_to_findings,
    check_ask,
    check_column,
    may_ask,
    may_read,
    may_use_kept,
    refused_columns,
)
from graph.errors import Forbidden
from graph.model import MODEL, Sensitivity
from queries.library import load_library
from queries.library.question import Column
from queries.library.shown import owners
from tests.queries.files import declared

LIBRARY = load_library()
NOWHERE = Access(frozenset(Sensitivity) - {Sensitivity.LOCATION})
SOME_ROWS = Access(frozenset(Sensitivity), rows=frozenset({RowRule("Child", {"sex": {"eq": "FEMALE"}})}))
SHOWING = replace(
    declared(),
    body="MATCH (p:Placement)-[:RELEASED_TO]->(address) RETURN p AS placement, address.city AS city",
    columns=(
        Column("placement", "Placement", "The release."),
        Column("city", "String", "Where.", of=(("Address", "city"),)),
    ),
    key=("placement",),
    order=(),
)


def test_a_question_that_reads_what_a_role_may_not_is_refused_in_one_sentence() -> None:
    with pytest.raises(Forbidden) as refused:
        check_ask(MODEL, NOWHERE, LIBRARY["releaseAddressesUnusable"])
    assert str(refused.value) == (
        "Your role may not read Address.deliverability, and releaseAddressesUnusable depends on it; "
        "ask another question."
    )
    check_ask(MODEL, NOWHERE, LIBRARY["missedHearingsNotTold"])
    check_ask(MODEL, EVERYTHING, LIBRARY["releaseAddressesUnusable"])
    assert [may_ask(MODEL, access, LIBRARY["releaseSpikes"]) for access in (NOWHERE, EVERYTHING)] == [False, True]


def test_a_single_property_that_is_withheld_counts_for_questions_too() -> None:
    access = Access(frozenset(Sensitivity), withheld=frozenset({("Hearing", "outcome")}))
    assert not may_ask(MODEL, access, LIBRARY["missedHearingsNotTold"])
    assert may_ask(MODEL, access, LIBRARY["sponsorsWithMultipleChildren"])


def test_a_column_that_merely_shows_a_property_is_refused_alone() -> None:
    check_ask(MODEL, NOWHERE, SHOWING)
    check_column(MODEL, NOWHERE, SHOWING, "placement")
    check_column(MODEL, EVERYTHING, SHOWING, "city")
    with pytest.raises(Forbidden, match=r"may not read Address\.city, which busySponsors\.city shows; leave it out\."):
        check_column(MODEL, NOWHERE, SHOWING, "city")
    assert refused_columns(MODEL, NOWHERE, SHOWING) == {"city": ("Address", "city")}
    assert refused_columns(MODEL, EVERYTHING, SHOWING) == {}


def test_values_of_findings_are_withheld_where_a_column_is() -> None:
    values = owners(MODEL)["Finding"]["values"]
    assert not access_to_findings(MODEL, NOWHERE, [SHOWING]).may_read("Finding", values)
    assert access_to_findings(MODEL, NOWHERE, LIBRARY).may_read("Finding", values)


def test_kept_counts_are_not_used_by_who_may_not_see_all_nodes() -> None:
    question = LIBRARY["sponsorsWithMultipleChildren"]
    assert [may_use_kept(MODEL, access, question) for access in (EVERYTHING, NOWHERE, SOME_ROWS)] == [True, True, False]
    kept = owners(MODEL)["Sponsor"]["childCount"]
    assert [access.may_read("Sponsor", kept) for access in (EVERYTHING, SOME_ROWS)] == [True, False]


def test_a_property_of_a_relationship_is_read_by_every_link_that_has_it() -> None:
    since = owners(MODEL)["HAS_PHONE"]["since"]
    withheld = Access(frozenset(Sensitivity), withheld=frozenset({("Sponsor.phones", "since")}))
    assert may_read(MODEL, EVERYTHING, "HAS_PHONE", since)
    assert not may_read(MODEL, withheld, "HAS_PHONE", since)


def test_row_rules_are_part_of_what_access_is_known_by() -> None:
    other = Access(frozenset(Sensitivity), rows=frozenset({RowRule("Child", {"sex": {"eq": "MALE"}})}))
    again = Access(frozenset(Sensitivity), rows=frozenset({RowRule("Child", {"sex": {"eq": "FEMALE"}})}))
    assert len({EVERYTHING, SOME_ROWS, other, again}) == 3
