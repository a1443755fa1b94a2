from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.serving.service import build_api, create_service
from cli.tokens import make_token
from graph.settings import Settings
from graph.store import Store
from queries.export.cells import BYTE_ORDER_MARK
from queries.library import load_library
from tests.cli.conftest import COMMAND, Command
from tests.queries.export.reading import Graph, sheets
from tests.queries.files import BODY, HEADER

SPONSORS = 30
DAY = "2024-05-31"
QUESTION = "sponsorsWithMultipleChildren"


@pytest.fixture
async def sponsors(empty: Store) -> Store:
    """Thirty sponsors; sponsor n took in n children, every other of them as a family friend."""
    await empty.write(
        f"""
        UNWIND range(1, {SPONSORS}) AS n
        CREATE (s:Sponsor {{key: 'sponsor-' + n, firstName: 'Ana', lastName: '=Reyes, "' + n + '"'}})
        WITH s, n UNWIND range(1, n) AS m
        CREATE (:Child {{key: 'child-' + n + '-' + m}})-[:HAS_PLACEMENT]->(:Placement {{
          key: 'placement-' + n + '-' + m, releasedOn: date('2024-01-01'),
          relationship: CASE m % 2 WHEN 0 THEN 'FAMILY_FRIEND' ELSE 'PARENT' END
        }})-[:WITH_SPONSOR]->(s)
        """
    )
    return empty


async def graphql(settings: Settings, store: Store, query: str) -> Any:
    """Ask the API, as a client would."""
    token = make_token(settings, name="a test", lifetime=timedelta(hours=1))
    transport = httpx.ASGITransport(create_service(settings, store, build_api(list(load_library()))))
    async with httpx.AsyncClient(transport=transport, base_url="http://sightline") as client:
        response = await client.post("/graphql", json={"query": query}, headers={"authorization": f"Bearer {token}"})
    return response.json()["data"]


async def test_the_rows_are_those_of_the_api(sightline: Command, sponsors: Store, settings: Settings) -> None:
    done = sightline("query", QUESTION, "--param", "minChildren=3", "--param", f"asOf={DAY}", "--format", "json")
    asked = await graphql(
        settings,
        sponsors,
        f'{{ {QUESTION}(minChildren: 3, asOf: "{DAY}", first: 100) '
        "{ nodes { sponsor { key firstName lastName dateOfBirth } childCount unrelatedCount siblingGroups } } }",
    )

    rows = [
        {**row, "sponsor": {name: row["sponsor"][name] for name in ("key", "firstName", "lastName", "dateOfBirth")}}
        for row in json.loads(done.out)
    ]
    assert (done.status, done.err) == (0, "")
    assert rows == asked[QUESTION]["nodes"]
    assert len(rows) == SPONSORS - 2


async def test_csv_has_every_row_and_property(sightline: Command, sponsors: Store) -> None:
    done = sightline("query", QUESTION, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix(BYTE_ORDER_MARK))))
    assert done.err == ""
    assert (len(rows), rows[0]["sponsor.key"], rows[0]["childCount"]) == (SPONSORS - 1, "sponsor-30", "30")
    assert rows[0]["sponsor.dateOfBirth"] == ""


async def test_a_spreadsheet_takes_no_text_for_a_formula(sightline: Command, sponsors: Store) -> None:
    done = sightline("query", QUESTION, "--first", "1", "--format", "csv")

    [row] = csv.DictReader(io.StringIO(done.out.removeprefix(BYTE_ORDER_MARK)))
    assert row["sponsor.lastName"] == '\'=Reyes, "30"'


async def test_json_keeps_texts_as_they_are(sightline: Command, sponsors: Store) -> None:
    [row] = json.loads(sightline("query", QUESTION, "--first", "1", "--format", "json").out)

    assert row["sponsor"]["lastName"] == '=Reyes, "30"'


def workbook(environment: Mapping[str, str]) -> bytes:
    """Return the workbook that the command writes."""
    command: list[str | Path] = [COMMAND, "query", QUESTION, "--format", "xlsx"]
    surroundings = {**os.environ, **environment}
    done = subprocess.run(
        command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=True
    )
    return done.stdout


async def test_workbooks_and_graphs(sightline: Command, sponsors: Store, environment: Mapping[str, str]) -> None:
    graph = Graph(sightline("query", QUESTION, "--first", "2", "--format", "graphml").out.encode())

    assert [key for key in graph.nodes if key.startswith("Sponsor:")] == ["Sponsor:sponsor-30", "Sponsor:sponsor-29"]
    [sheet] = sheets(workbook(environment))
    assert len(sheet) == SPONSORS
    assert ("s", '\'=Reyes, "30"') in sheet[1]


def test_a_list_of_questions_is_no_graph(alone: Command) -> None:
    assert "graphml is for the rows of a question" in alone("query", "--format", "graphml").sentence


async def test_a_table_shows_the_first_rows_and_says_how_many_more(sightline: Command, sponsors: Store) -> None:
    done = sightline("query", QUESTION)

    assert 'Ana =Reyes, "30" (sponsor-30)' in done.out
    assert done.out.count("(sponsor-") == 25
    assert done.err == "The first 25 of 29 rows; --first 29 shows all, --format csv writes all.\n"


async def test_a_terminal_is_told_nothing_to_obey(sightline: Command, empty: Store) -> None:
    await empty.write(
        "CREATE (s:Sponsor {key: 's', lastName: 'x\\u001b[31m[red]y'}) WITH s UNWIND [1, 2] AS n "
        "CREATE (:Child {key: 'c' + n})-[:HAS_PLACEMENT]->(:Placement {key: 'p' + n, releasedOn: date('2024-01-01')})"
        "-[:WITH_SPONSOR]->(s)"
    )

    assert "x\N{REPLACEMENT CHARACTER}[31m[red]y (s)" in sightline("query", QUESTION).out


async def test_no_rows(sightline: Command, empty: Store) -> None:
    assert sightline("query", QUESTION, "--format", "json").out == "[]\n"
    assert sightline("query", QUESTION, "--format", "csv").out.startswith(
        f"{BYTE_ORDER_MARK}sponsor.key,sponsor.firstName,"
    )
    assert sightline("query", QUESTION).err == "0 rows.\n"


async def test_a_question_of_ones_own_needs_one_file(sightline: Command, sponsors: Store, tmp_path: Path) -> None:
    (tmp_path / "busySponsors.cypher").write_text(f"{HEADER}\n{BODY}")
    own = {"SIGHTLINE_QUERIES": str(tmp_path)}

    listed = json.loads(sightline("query", "--format", "json", environment=own).out)
    rows = json.loads(sightline("query", "busySponsors", "--format", "json", "--first", "2", environment=own).out)

    assert "busySponsors" in [question["name"] for question in listed]
    assert [(row["sponsor"]["key"], row["childCount"]) for row in rows] == [("sponsor-30", 30), ("sponsor-29", 29)]


def test_the_questions_are_listed_without_a_database(alone: Command, tmp_path: Path) -> None:
    done = alone("query", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix(BYTE_ORDER_MARK))))
    assert [row["name"] for row in rows] == [question.name for question in load_library()]
    parameters = {row["name"]: row["parameters"] for row in rows}
    assert parameters["addressesSharedBySponsors"] == "minSponsors: Int = 3, maxSharing: Int = 40, asOf: Date = today"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["sponsorsWithManyChildren"], "did you mean sponsorsWithMultipleChildren?"),
        ([QUESTION, "--param", "minChildren"], "name=value"),
        ([QUESTION, "--param", "minChildren=many"], "minChildren must be a whole number"),
        ([QUESTION, "--param", "fewest=2"], "has no parameter fewest"),
        ([QUESTION, "--first", "0"], "--first"),
        ([QUESTION, "--first", "9" * 30], "first must be a whole number from 1 to 2147483647"),
    ],
)
def test_what_cannot_be_asked_is_told_before_a_database_is_started(
    alone: Command, tmp_path: Path, arguments: list[str], part: str
) -> None:
    assert part in alone("query", *arguments).sentence
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("format_", ["table", "csv"])
async def test_a_key_that_no_record_has_is_an_error(sightline: Command, sponsors: Store, format_: str) -> None:
    asked = ["query", "shortestChainBetweenPeople", "--format", format_, "--param", "from=sponsor-2"]
    unknown = sightline(*asked, "--param", "to=Ana Lopez").sentence
    assert unknown.startswith("there is no child or sponsor with the key that to gives")
    assert "Ana" not in unknown
    assert sightline(*asked, "--param", "to=child-2-1").status == 0
    assert "there is no child with the key that child gives" in (
        sightline("query", "childTimeline", "--format", format_, "--param", "child=sponsor-2").sentence
    )


def test_questions_whose_names_are_near_are_told(alone: Command) -> None:
    assert "did you mean childTimeline?" in alone("query", "timelin").sentence
    assert "`sightline query` lists them all" in alone("query", "nope").sentence
