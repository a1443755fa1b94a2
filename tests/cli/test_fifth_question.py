"""A question is one file: dropped into a folder, it is a field, a command and a part of the schema's text."""

from __future__ import annotations

import json
from pathlib import Path

from graph.store import Store
from queries.library import load_library
from tests.api.compiler.asking import Asker
from tests.cli.conftest import Command

FILE = """\
// name: childrenFromCountry
// title: Children from a country
// question: Which children were born in a country?
// parameters:
//   country: String! -- The country's English name.
//   least: Int = 1 (at least 1) -- Least number of releases.
// columns:
//   child: Child -- The child.
//   releases: Int! -- How often the child was released.
// key: child
// order: releases DESC
// severity: LOW
// source: default
// example: { childrenFromCountry(country: "Honduras") { totalCount } }

MATCH (child:Child)
WHERE child.countryOfBirth = $country AND child.key IS NOT NULL
WITH child, COUNT { (child)-[:HAS_PLACEMENT]->() } AS releases
WHERE releases >= $least
RETURN child, releases
"""
GRAPH = """
UNWIND [['a', 'Honduras', 2], ['b', 'Honduras', 1], ['c', 'Honduras', 0], ['d', 'Peru', 3]] AS row
CREATE (c:Child {key: row[0], countryOfBirth: row[1]})
FOREACH (i IN range(1, row[2]) | CREATE (c)-[:HAS_PLACEMENT]->(:Placement {key: row[0] + i}))
"""
ASKED = """
query ($country: String!) {
  childrenFromCountry(country: $country, first: 1) {
    totalCount
    nodes { releases child { key placements { totalCount } } }
  }
}
"""


async def test_a_fifth_question_takes_one_file(empty: Store, tmp_path: Path, sightline: Command) -> None:
    (tmp_path / "fromCountry.cypher").write_text(FILE)
    await empty.write(GRAPH)

    answer = await Asker(empty, list(load_library(tmp_path))).ask(ASKED, {"country": "Honduras"})
    assert answer["childrenFromCountry"] == {
        "totalCount": 2,
        "nodes": [{"releases": 2, "child": {"key": "a", "placements": {"totalCount": 2}}}],
    }

    own = {"SIGHTLINE_QUERIES": str(tmp_path)}
    asked = sightline("query", "childrenFromCountry", "-p", "country=Honduras", "--format", "json", environment=own)
    rows = json.loads(asked.out)
    assert [(row["child"]["key"], row["releases"]) for row in rows] == [("a", 2), ("b", 1)]

    schema = sightline("schema", "print", environment=own).out
    assert "childrenFromCountry(" in schema
    assert "childrenFromCountry(" not in sightline("schema", "print").out
