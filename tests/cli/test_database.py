from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path

from graph.maintenance.contents import is_empty
from graph.maintenance.lease import begin, hold
from graph.maintenance.upgrades import newest
from graph.opening import Opened
from graph.store import Store
from graph.writing.derived import refresh_all
from seed.seeding import seed_store
from tests.cli.conftest import Command

HEADER = (
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,Sponsor Zipcode,"
    "Sponsor Category,Relationship of Sponsor\n"
)


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
    kept = await empty.read("MATCH (c:Child) RETURN count(c)")
    done = sightline("db", "reset", "--yes", "--store", "neo4j")

    assert "1 records that are not synthetic" in refused.sentence
    assert "named neo4j" in wrong.sentence
    assert kept == [[1]]
    assert (done.status, done.out) == (0, "Deleted 1 nodes and 0 relationships.\n")
    assert await is_empty(empty)


async def test_wrong_counts_and_texts_are_found_and_mended(sightline: Command, empty: Store) -> None:
    await empty.write(
        "CREATE (:Child {key: 'c'})-[:HAS_PLACEMENT]->(:Placement {key: 'p'})"
        "-[:WITH_SPONSOR]->(:Sponsor {key: 's', lastName: 'Peña', childCount: 7, unrelatedChildCount: 0})"
    )

    found = sightline("db", "derive")
    mended = sightline("db", "derive", "--refresh")
    right = sightline("db", "derive", "--check")
    formerly = sightline("db", "counts")

    assert "Sponsor.childCount on 1 nodes, Sponsor.lastName on 1 nodes" in found.sentence
    assert mended.out == "The derived properties and folded texts are right; 3 values were mended.\n"
    assert (right.status, right.out) == (0, "The derived properties and folded texts are right.\n")
    assert (formerly.status, formerly.out) == (0, right.out)
    assert formerly.err.endswith("Use `sightline db derive` instead of `sightline db counts`.\n")
    assert await refresh_all(empty) == 0


async def test_what_breaks_the_model_is_named_with_its_keys(sightline: Command, empty: Store) -> None:
    await empty.write(
        "CREATE (:SightlineStore {key: 'store'}), (:Revoked {key: 'token', expires: 1.0}), "
        "(p:Placement {key: 'p'})-[:WITH_SPONSOR]->(:Sponsor {key: 's'})"
    )
    await refresh_all(empty)
    whole = sightline("db", "check", "--format", "json")
    await empty.write("MATCH (p:Placement {key: 'p'}) CREATE (p)-[:WITH_SPONSOR]->(:Sponsor {key: 't', childCount: 0})")
    await refresh_all(empty)

    broken = sightline("db", "check", "--format", "json")

    assert (whole.status, json.loads(whole.out)) == (0, [])
    [breach] = json.loads(broken.out)
    assert (broken.status, breach["where"], breach["number"], breach["examples"]) == (1, "Placement.sponsor", 1, "p")
    assert broken.err.endswith("Error: the graph breaks a rule of the model; correct the records, or their import.\n")


async def test_status_says_who_changes_the_store_and_what_was_interrupted(sightline: Command, empty: Store) -> None:
    def status() -> dict[str, object]:
        found: dict[str, object] = json.loads(sightline("db", "status", "--format", "json").out)
        return found

    await seed_store(empty, scale=0.01)
    assert {name: status()[name] for name in ("complete", "lease", "trouble")} == {
        "complete": True,
        "lease": None,
        "trouble": None,
    }
    assert (status()["schemaVersion"], status()["writtenBy"]) == (newest(), version("sightline"))
    await empty.write("MATCH ()-[r:HAS_PLACEMENT]->() WITH r LIMIT 1 DELETE r")
    async with hold(empty, "reset", seconds=900) as lease:
        held = status()
        await begin(empty, lease)
        told = sightline("db", "reset", "--yes").sentence
        raised = sightline("seed", "--yes", "--scale", "0.01").sentence
    assert held["complete"] is False
    assert str(held["lease"]).startswith(f"the store is being emptied (process {os.getpid()}, since 20")
    assert held["trouble"] == "the store is being emptied, so records are missing until it has ended"
    assert told == raised == "the store is being emptied; wait until it has ended, and try again."
    assert "1 of HAS_PLACEMENT" in str(status()["trouble"])


async def test_a_store_of_a_newer_version_is_refused_by_every_command(
    sightline: Command, empty: Store, tmp_path: Path
) -> None:
    file = tmp_path / "releases.csv"
    file.write_text(HEADER, encoding="utf-8")
    await empty.write("CREATE (:SightlineStore {key: 'store', schemaVersion: 99, writtenBy: '8.0'})")
    await empty.write("CREATE (:Child {key: 'c'})")
    for command in (
        ("db", "status"),
        ("db", "reset", "--yes", "--store", "neo4j"),
        ("seed", "--yes", "--scale", "0.01", "--store", "neo4j"),
        ("import", "hhs-releases", file, "--yes"),
        ("sweep",),
        ("serve", "--port", "0"),
        ("query", "childrenPlacedAgain"),
    ):
        assert sightline(*command).sentence.startswith("Sightline 8.0 wrote this store (version 99, and")
    assert await empty.read("MATCH (c:Child) RETURN c.key") == [["c"]]


def test_a_server_that_does_not_answer_is_one_sentence(alone: Command) -> None:
    done = alone("db", "status", environment={"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "x"})

    assert done.sentence == "the database cannot be reached; check that it runs and that NEO4J_URI is right."
