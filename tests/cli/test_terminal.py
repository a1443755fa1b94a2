from __future__ import annotations

import os
import pty
import re
import subprocess
from collections.abc import Mapping

import pytest

from cli.terminal import Lines
from graph.store import Store
from tests.cli.conftest import COMMAND


def at_a_terminal(arguments: list[str], environment: Mapping[str, str], *, answer: str) -> tuple[int, str]:
    """Run the command with a terminal, answer its first question, and return the status and all that was shown."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *arguments], env={**os.environ, **environment}, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    shown, answered = "", False
    with os.fdopen(controller, "r+b", buffering=0) as screen:
        while True:
            try:
                part = screen.read(4096)
            except OSError:
                break
            if not part:
                break
            shown += part.decode(errors="replace")
            if not answered and "[y/N]" in shown:
                answered = True
                screen.write(f"{answer}\n".encode())
    return process.wait(timeout=60), re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)


@pytest.mark.parametrize(("answer", "status", "left"), [("n", 1, 1), ("y", 0, 0)])
async def test_a_person_is_asked_before_data_is_deleted(
    environment: Mapping[str, str], empty: Store, answer: str, status: int, left: int
) -> None:
    await empty.write("CREATE (:Child {key: 'syn-1'})")

    ended, shown = at_a_terminal(["db", "reset"], environment, answer=answer)

    assert "Delete 1 nodes and 0 relationships of bolt://" in shown
    assert (ended, await empty.read("MATCH (n:!SightlineStore&!ChangeLog&!Change) RETURN count(n)")) == (
        status,
        [[left]],
    )


def test_progress_elsewhere_is_a_line_a_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines("Starting")
    for done in range(101):
        lines("Loading", done, 100)

    assert capsys.readouterr().err.splitlines() == [f"Loading: {n} %" for n in (0, 25, 50, 75, 100)]


def test_progress_in_bytes_says_how_fast_it_is_and_how_long_it_takes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 0.0, 4.0, 10.0])
    monkeypatch.setattr("cli.terminal.time.monotonic", lambda: next(clock))
    lines = Lines()
    for done in (0, 10_000_000, 40_000_000):
        lines("Importing", done, 40_000_000, in_bytes=True)
    assert capsys.readouterr().err.splitlines() == [
        "Importing: 0 %",
        "Importing: 25 % (2.5 MB/s, 12 s left)",
        "Importing: 100 %",
    ]
