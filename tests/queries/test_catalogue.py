"""The catalogue is made from the questions and the model, and its outputs are the commands' own.

`python -m tests.queries.test_catalogue` writes the outputs anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.engine.client import Engine
from graph.generated_pages import write_page
from graph.model import MODEL
from graph.opening import Opened
from graph.settings import read_settings
from queries.catalogue import catalogue_text, command, outputs_in
from queries.library.drawing import drawing, touched
from queries.library.question import Question
from tests.api.compiler.compiling import library
from tests.queries.files import BODY, HEADER, checked, declared
from tests.test_readme import run

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
QUESTIONS = list(library())


def test_committed_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_text(QUESTIONS, MODEL, outputs_in(PAGE))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_page_says_everything_of_a_question(question: Question) -> None:
    page = PAGE.read_text(encoding="utf-8")
    start = page.index(f'<a id="{question.name.lower()}">')
    section = page[start : page.find("\n### ", start) if "\n### " in page[start:] else None]
    for text in (question.title, question.text, question.source, question.example, command(question)):
        assert text in section
    for parameter in question.parameters:
        assert f"| `{parameter.name}` | `{parameter.type}` |" in section
    for column in question.columns:
        assert f"| `{column.name}` | `{column.type}` |" in section
    assert drawing(question, MODEL) in section


def test_a_command_takes_what_the_example_gives() -> None:
    assert command(checked()) == "sightline query busySponsors --param minChildren=3 --param asOf=2024-05-31 --first 3"
    texts = HEADER.replace(
        "busySponsors(minChildren: 3)", 'busySponsors(kinds: [LABOR, "OTHER"], after: "x", minChildren: 4)'
    )
    texts = texts.replace("//   minChildren", "//   kinds: [String!] = [] -- Kinds.\n//   minChildren", 1)
    asked = declared(texts, BODY)
    assert command(asked).startswith(
        "sightline query busySponsors --param kinds=LABOR,OTHER --param minChildren=4 --param"
    )


def test_a_drawing_has_what_the_body_reads() -> None:
    assert drawing(checked(), MODEL).splitlines() == [
        "flowchart LR",
        "  Sponsor([Sponsor])",
        "  Placement[Placement]",
        "  Placement -->|WITH_SPONSOR| Sponsor",
    ]


def test_of_a_type_between_several_labels_those_are_drawn_that_are_named() -> None:
    def read(pattern: str) -> list[tuple[str, str]]:
        body = BODY.replace("MATCH ", f"MATCH {pattern}\nMATCH ", 1)
        _, relationships = touched(checked(body=body), MODEL)
        return [(one.start, one.end) for one in relationships if one.type in ("RESIDES_AT", "SIBLING_OF")]

    assert read("(sponsor)-[:RESIDES_AT]->()") == [("Sponsor", "Address")]
    assert read("(child:Child)-[:RESIDES_AT]->(:Address)<-[:RESIDES_AT]-(sponsor)") == [
        ("Child", "Address"),
        ("Sponsor", "Address"),
    ]
    assert "Child ---|SIBLING_OF| Child" in drawing(checked(body=f"MATCH ()-[:SIBLING_OF]-()\n{BODY}"), MODEL)


@pytest.fixture(scope="module")
def demo(opened: Opened, environment: dict[str, str]) -> dict[str, str]:
    """The run's server with the demo graph."""
    run("sightline seed --preset demo --yes --store neo4j", environment)
    return environment


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_outputs_are_what_the_commands_print(demo: Mapping[str, str], question: Question) -> None:
    assert outputs_in(PAGE)[command(question)] == run(command(question), demo)


def main() -> None:
    """Write the output of every command in the page."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SIGHTLINE_DATA_DIR": folder, "SIGHTLINE_HEAP": "512m"}
        run("sightline seed --preset demo --yes", environment)
        with Engine.start(read_settings(data_dir=Path(folder), heap="512m")):
            outputs = {command(question): run(command(question), environment) for question in QUESTIONS}
    write_page(PAGE, catalogue_text(QUESTIONS, MODEL, outputs))


if __name__ == "__main__":
    main()
