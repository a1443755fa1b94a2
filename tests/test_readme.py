"""The README is true: what it names exists, what exists it names, and its outputs are the commands' own.

`python -m tests.test_readme` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer

from api.responses import STATUSES
from cli.commands import app
from graph.open import Opened
from graph.settings import Settings
from queries.library import load_library

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
VARIABLE = re.compile(r"\b(?:NEO4J|SIGHTLINE)_[A-Z_]+\b")
WIDTH = "120"


def run(command: str, environment: Mapping[str, str]) -> str:
    program = Path(sys.executable).parent / "sightline"
    done = subprocess.run(
        [program, *shlex.split(command)[1:]],
        env={**os.environ, **environment, "COLUMNS": WIDTH},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def commands(group: typer.Typer, prefix: str = "sightline") -> Iterator[str]:
    for command in group.registered_commands:
        assert command.callback is not None
        yield f"{prefix} {command.name or command.callback.__name__.replace('_', '-')}"
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{prefix} {inner.name}")


def test_settings_are_those_of_the_readme() -> None:
    assert set(VARIABLE.findall(README.read_text())) == {field.alias for field in Settings.model_fields.values()}


def test_commands_are_those_of_the_readme() -> None:
    listed = set(re.findall(r"^\| `(sightline [^`]+)` \|", README.read_text(), re.MULTILINE))
    assert listed == set(commands(app))


def test_questions_are_those_of_the_readme() -> None:
    asked = set(re.findall(r"sightline query (\w+)", README.read_text()))
    assert asked == {question.name for question in load_library()}


def test_error_codes_are_those_of_the_readme() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \| ", README.read_text(), re.MULTILINE))
    codes = {code for code in listed if not VARIABLE.fullmatch(code)}
    assert codes == set(STATUSES)


@pytest.mark.parametrize("block", list(CONSOLE.finditer(README.read_text())), ids=lambda match: match["command"][:60])
def test_outputs_are_what_the_commands_print(demo: Mapping[str, str], block: re.Match[str]) -> None:
    assert block["output"] == run(block["command"], demo)


@pytest.fixture(scope="module")
def demo(opened: Opened, environment: dict[str, str]) -> dict[str, str]:
    """The run's server with the demo graph."""
    run("sightline seed --preset demo --yes --store neo4j", environment)
    return environment


def main() -> None:
    """Write the output of every command in the README."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SIGHTLINE_DATA_DIR": folder, "SIGHTLINE_HEAP": "512m"}
        run("sightline seed --preset demo --yes", environment)
        text = CONSOLE.sub(
            lambda block: f"```console\n$ {block['command']}\n{run(block['command'], environment)}```",
            README.read_text(),
        )
    README.write_text(text)


if __name__ == "__main__":
    main()
