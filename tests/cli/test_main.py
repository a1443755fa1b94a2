"""Every command ends with 0, or with 1 and one sentence."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.commands import app
from tests.cli.conftest import COMMAND, Command
from tests.test_development import version


def commands() -> Iterator[tuple[str, ...]]:
    """Give every command as the words that name it."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(app))]
    while waiting:
        words, command = waiting.pop()
        inner = getattr(command, "commands", None)
        if inner is None:
            yield words
        else:
            waiting += [((*words, name), one) for name, one in inner.items()]


@pytest.mark.parametrize("words", sorted(commands()), ids=" ".join)
def test_each_help_has_examples(alone: Command, words: tuple[str, ...]) -> None:
    done = alone(*words, "--help")

    assert (done.status, done.err) == (0, "")
    assert f"sightline {' '.join(words)}" in done.out.partition("Examples:")[2]


@pytest.mark.parametrize("words", [(), ("db",), ("schema",), ("import",)], ids=" ".join)
def test_a_group_alone_shows_its_commands(alone: Command, words: tuple[str, ...]) -> None:
    done = alone(*words)

    assert (done.status, done.err) == (0, "")
    assert "Commands" in done.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["quary"], "No such command 'quary'. Did you mean 'query'?"),
        (["--nonsense"], "No such option: --nonsense; see `sightline --help`."),
        (["import", "hhs-releases"], "Missing argument 'FILE'; see `sightline import hhs-releases --help`."),
        (["token", "--days", "0"], "the days must be more than 0 and at most 3650."),
        (["db", "reset"], "nobody can be asked here whether to go on; say --yes to go on without a question."),
        (["serve", "--seed-when-empty", "nope"], "There is no preset of that name; use demo or national."),
        (["seed"], "nobody can be asked here whether to go on; say --yes to go on without a question."),
    ],
)
def test_a_wrong_command_line_is_one_sentence(alone: Command, arguments: list[str], sentence: str) -> None:
    assert alone(*arguments).sentence == sentence


def test_a_wrong_format_names_the_right_ones(alone: Command) -> None:
    assert "'table', 'json', 'csv'" in alone("query", "--format", "yaml").sentence


def test_a_wrong_setting_names_it(alone: Command) -> None:
    assert "SIGHTLINE_PORT" in alone("token", environment={"SIGHTLINE_PORT": "many"}).sentence


def test_the_version_is_shown(alone: Command) -> None:
    assert alone("--version").out == f"sightline {version()}\n"


@pytest.mark.database
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    pipeline = f"set -o pipefail; '{COMMAND}' schema print | head -n 1 > /dev/null"
    done = subprocess.run(["bash", "-c", pipeline], capture_output=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.database
def test_output_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [COMMAND, "schema", "print"], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )

    assert (done.returncode, done.stderr.decode().splitlines()) == (
        1,
        ["Error: reading or writing failed (No space left on device)."],
    )


@pytest.mark.database
def test_an_interrupted_command_says_so(tmp_path: Path) -> None:
    """The database's start takes seconds; Ctrl-C then reaches a command at work."""
    process = subprocess.Popen(
        [COMMAND, "db", "status"],
        env={**os.environ, "SIGHTLINE_DATA_DIR": str(tmp_path / "data")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    while not (tmp_path / "data" / "engine.lock").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (1, b"", b"Error: interrupted.\n")


def test_a_data_folder_that_is_none_is_one_sentence(alone: Command, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    assert str(tmp_path) in alone("token").sentence
