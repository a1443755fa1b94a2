"""The README and the pages in `docs` are true: what they name exists, what exists they name, and the outputs that they
show are the commands' own.

`python -m tests.test_readme` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import typer

from api.http.responses import STATUSES
from cli import main
from cli.commands import app
from cli.help import help_when_alone
from graph.opening import Opened
from graph.settings import Settings
from queries.findings.review import CONFLICT
from tests.api.compiler.compiling import library
from tests.pages import DOCS, code_in, shown, written_pages

USING, OPERATING, API = DOCS / "using.md", DOCS / "operating.md", DOCS / "api.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
SETTING = re.compile(r"\b(?:NEO4J|SIGHTLINE)_[A-Z_]+\b")
COMMAND = re.compile(r"\bsightline ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
QUESTION = re.compile(r"sightline query ([a-z]\w+)")
WIDTH = "160"


def run(command: str, environment: Mapping[str, str]) -> str:
    """Return what a command prints; it runs in this process, since starting one takes longer than most commands."""
    out = TextIOWrapper(BytesIO(), encoding="utf-8")
    before = dict(os.environ)
    os.environ.update({**environment, "COLUMNS": WIDTH})
    try:
        with redirect_stdout(out), ThreadPoolExecutor(1) as thread:
            status = thread.submit(main.run, shlex.split(command)[1:]).result(timeout=300)
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert status == 0
    out.flush()
    text = out.buffer.getvalue().decode()
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def commands(group: typer.Typer, prefix: str = "sightline") -> Iterator[str]:
    for command in group.registered_commands:
        assert command.callback is not None
        yield f"{prefix} {command.name or command.callback.__name__.replace('_', '-')}"
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        assert inner.typer_instance.registered_callback is not None
        if inner.typer_instance.registered_callback.callback is not help_when_alone:
            yield f"{prefix} {inner.name}"
        yield from commands(inner.typer_instance, f"{prefix} {inner.name}")


def first_cells(page: Path, pattern: str) -> set[str]:
    """Return what stands in code in the first cells of a page's tables and matches the pattern."""
    return set(re.findall(rf"^\| `({pattern})` \|", page.read_text(), re.MULTILINE))


def settings() -> set[str]:
    return {str(field.alias) for field in Settings.model_fields.values()}


def blocks() -> Iterator[tuple[Path, re.Match[str]]]:
    """Yield every command with its output, with the page that shows it."""
    for page in written_pages():
        for block in CONSOLE.finditer(page.read_text()):
            yield page, block


def test_settings_are_those_of_the_table() -> None:
    assert first_cells(OPERATING, SETTING.pattern) == settings()


@pytest.mark.parametrize("page", written_pages(), ids=shown)
def test_a_page_names_no_setting_that_does_not_exist(page: Path) -> None:
    assert set(SETTING.findall(page.read_text())) <= settings()


def test_commands_are_those_of_the_table() -> None:
    assert first_cells(USING, "sightline [^`]+") == set(commands(app))


@pytest.mark.parametrize("page", written_pages(), ids=shown)
def test_a_page_names_no_command_that_does_not_exist(page: Path) -> None:
    known = set(commands(app))
    named = [match.groups(default="") for code in code_in(page) for match in COMMAND.finditer(code)]
    wrong = [words for words in named if known.isdisjoint({f"sightline {words[0]}", f"sightline {' '.join(words)}"})]
    assert wrong == []


def test_questions_are_those_of_the_table() -> None:
    assert set(QUESTION.findall(USING.read_text())) == {question.name for question in library()}


@pytest.mark.parametrize("page", written_pages(), ids=shown)
def test_a_page_asks_no_question_that_does_not_exist(page: Path) -> None:
    assert set(QUESTION.findall(page.read_text())) <= {question.name for question in library()}


def test_error_codes_are_those_of_the_table() -> None:
    assert first_cells(API, "[A-Z_]+") == {*STATUSES, CONFLICT}


def test_the_readme_and_the_guide_show_outputs() -> None:
    assert {shown(page) for page, _ in blocks()} == {"README.md", "docs/using.md"}


@pytest.mark.parametrize("block", [block for _, block in blocks()], ids=lambda match: match["command"][:60])
def test_outputs_are_what_the_commands_print(demo: Mapping[str, str], block: re.Match[str]) -> None:
    assert block["output"] == run(block["command"], demo)


@pytest.fixture(scope="module")
def demo(opened: Opened, environment: dict[str, str]) -> dict[str, str]:
    """The run's server with the demo graph."""
    run("sightline seed --preset demo --yes --store neo4j", environment)
    return environment


def write_outputs() -> None:
    """Write the output of every command that a page shows."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SIGHTLINE_DATA_DIR": folder, "SIGHTLINE_HEAP": "512m"}
        run("sightline seed --preset demo --yes", environment)
        for page in {page: None for page, _ in blocks()}:
            text = CONSOLE.sub(
                lambda block: f"```console\n$ {block['command']}\n{run(block['command'], environment)}```",
                page.read_text(),
            )
            page.write_text(text)


if __name__ == "__main__":
    write_outputs()
