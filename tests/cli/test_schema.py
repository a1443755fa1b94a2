from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command
from tests.queries.files import BODY, HEADER
from tests.test_repository import ROOT


def test_the_schema_is_the_committed_one(alone: Command, tmp_path: Path) -> None:
    done = alone("schema", "print")

    assert (done.status, done.err) == (0, "")
    assert done.out == (ROOT / "schema.graphql").read_text()
    assert not (tmp_path / "data").exists()


def test_a_question_of_ones_own_is_in_it(alone: Command, tmp_path: Path) -> None:
    (tmp_path / "busySponsors.cypher").write_text(f"{HEADER}\n{BODY}")

    assert "busySponsors(" in alone("schema", "print", environment={"SIGHTLINE_QUERIES": str(tmp_path)}).out


def test_a_wrong_question_names_its_file_and_line(alone: Command, tmp_path: Path) -> None:
    (tmp_path / "busySponsors.cypher").write_text(
        f"{HEADER}\n{BODY.replace('RETURN sponsor, childCount', 'RETURN sponsor')}"
    )

    done = alone("schema", "print", environment={"SIGHTLINE_QUERIES": str(tmp_path)})
    assert str(tmp_path / "busySponsors.cypher:") in done.sentence
