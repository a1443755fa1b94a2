"""The real command, as a process of its own, against the run's server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from graph.opening import Opened

COMMAND = Path(sys.executable).parent / "sightline"


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error of a command that failed, without its `Error: `."""
        assert (self.status, self.out, self.err.count("\n")) == (1, "", 1), self
        return self.err.removeprefix("Error: ").removesuffix("\n")


class Command(Protocol):
    """Runs the command."""

    def __call__(self, *arguments: str | Path, environment: Mapping[str, str] = ...) -> Finished: ...


def run(arguments: Sequence[str | Path], environment: Mapping[str, str]) -> Finished:
    done = subprocess.run(
        [COMMAND, *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def alone(tmp_path: Path) -> Command:
    """The command with a data folder of its own, in which no database runs."""

    def command(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Finished:
        return run(arguments, {"SIGHTLINE_DATA_DIR": str(tmp_path / "data"), **(environment or {})})

    return command


@pytest.fixture
def sightline(opened: Opened, environment: Mapping[str, str]) -> Command:
    """The command, joining the run's server."""
    shared = environment

    def command(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Finished:
        return run(arguments, {**shared, **(environment or {})})

    return command
