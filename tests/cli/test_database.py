from __future__ import annotations

import json

from graph.counts import refresh_counts
from graph.open import Opened
from graph.store import Store
from tests.cli.conftest import Command


async def test_status_says_how_to_reach_the_database(sightline: Command, empty: Store, opened: Opened) -> None:
    await empty.write("CREATE (:Child {key: 'a'})-[:SIBLING_OF]->(:Child {key: 'b'})")

    done = sightline("db", "status", "--format", "json")

    status = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert (status["uri"], status["user"], status["database"]) == (opened.access.uri, "neo4j", "neo4j")
    assert status["version"] == (await empty.status()).version
    assert (status["embedded"], status["synthetic"], status["referenceDate"]) == (True, False, None)
    assert (status["counts"]["Child"], status["counts"]["Sponsor"]) == (2, 0)
    assert status["relationships"]["SIBLING_OF"] == 1


async def test_the_password_is_shown_only_when_asked_for(sightline: Command, opened: Opened) -> None:
    hidden, shown = sightline("db", "status"), sightline("db", "status", "--show-password")
    machine = json.loads(sightline("db", "status", "--format", "json", "--show-password").out)

    assert opened.access.password not in hidden.out
    assert opened.access.password in shown.out
    assert machine["password"] == opened.access.password


async def test_data_that_is_not_made_up_is_deleted_only_by_name(sightline: Command, empty: Store) -> None:
    await empty.write("CREATE (:Child {key: 'hhs-1'})")

    refused = sightline("db", "reset", "--yes")
    wrong = sightline("db", "reset", "--yes", "--store", "graph")
    kept = await empty.read("MATCH (n) RETURN count(n)")
    done = sightline("db", "reset", "--yes", "--store", "neo4j")

    assert "1 records that are not synthetic" in refused.sentence
    assert "named neo4j" in wrong.sentence
    assert kept == [[1]]
    assert (done.status, done.out) == (0, "Deleted 1 nodes and 0 relationships.\n")
    assert await empty.read("MATCH (n) RETURN count(n)") == [[0]]


async def test_wrong_counts_and_texts_are_found_and_mended(sightline: Command, empty: Store) -> None:
    await empty.write(
        "CREATE (:Child {key: 'c'})-[:HAS_PLACEMENT]->(:Placement {key: 'p'})"
        "-[:WITH_SPONSOR]->(:Sponsor {key: 's', lastName: 'Peña', childCount: 7, unrelatedChildCount: 0})"
    )

    found = sightline("db", "counts")
    mended = sightline("db", "counts", "--refresh")
    right = sightline("db", "counts")

    assert "Sponsor.childCount on 1 nodes, Sponsor.lastName on 1 nodes" in found.sentence
    assert mended.out == "The kept counts and folded texts are right; 2 values were mended.\n"
    assert (right.status, right.out) == (0, "The kept counts and folded texts are right.\n")
    assert await refresh_counts(empty) == 0


def test_a_server_that_does_not_answer_is_one_sentence(alone: Command) -> None:
    done = alone("db", "status", environment={"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "x"})

    assert done.sentence == "the database cannot be reached; check that it runs and that NEO4J_URI is right."
