"""Which tests are fast: those that need no database, browser or network, told from their fixtures.

`make test-fast` runs the tests marked `fast`. Nobody sets that mark: a test has it unless it uses one of the fixtures
below, through however many others, or bears one of the marks `database`, `browser`, `network` and `slow` itself. A fast
test that starts a server, the command or a browser all the same, or reaches for the network, fails and says why.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import pytest

FAST = "fast"
NEEDS = {**dict.fromkeys(("opened", "environment", "own", "alone"), "database"), "browser": "browser"}
"""What a test needs that uses a fixture. The command counts as a database: it may start one."""
SLOW = frozenset({*NEEDS.values(), "network", "slow"})
PROGRAMS = {"java": "database", "sightline": "database", "node": "browser", "chrome": "browser"}
"""What a program that is started is a sign of."""
QUICK_JAVA = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
"""Makes Java compile quickly and only once: a test's server lives for minutes, and nearly every statement is new."""
REFUSING_JAVA = {"JAVA_TOOL_OPTIONS": "-XX:+FastTestsStartNoServer"}
"""An environment in which no Java starts, however many processes lie between: it does not know this option."""
NEAR = ("127.0.0.1", "::1", "localhost")

_guarded: list[str] = []
"""The name of the fast test that runs now."""


def needs(fixtures: Iterable[str], marks: Iterable[str]) -> set[str]:
    """Return what keeps a test from being fast."""
    return {NEEDS[name] for name in fixtures if name in NEEDS} | SLOW.intersection(marks)


def pytest_configure() -> None:
    for name, value in QUICK_JAVA.items():
        os.environ.setdefault(name, value)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        found = needs(getattr(item, "fixturenames", ()), [mark.name for mark in item.iter_markers()])
        for name in found or {FAST}:
            item.add_marker(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    with _guard(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    with _guard(item):
        return (yield)


@contextmanager
def _guard(item: pytest.Item) -> Generator[None]:
    if item.get_closest_marker(FAST) is None:
        yield
        return
    before = {name: os.environ.get(name) for name in REFUSING_JAVA}
    os.environ.update(REFUSING_JAVA)
    _guarded.append(item.nodeid)
    try:
        yield
    finally:
        _guarded.pop()
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail the fast test that runs when it does what only others may; an audit hook of the interpreter."""
    if not _guarded:
        return
    if event == "subprocess.Popen":
        command = [arguments[0], *_words(arguments[1])]
        found = next((PROGRAMS[name] for name in map(_name, command[:3]) if name in PROGRAMS), None)
        if found:
            _refuse(f"starts {_name(command[0])}", found)
    elif event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in NEAR:
        _refuse("connects to another machine", "network")


def _words(command: Any) -> list[Any]:
    return [command] if isinstance(command, str | bytes | os.PathLike) else list(command)


def _name(word: Any) -> str:
    return PurePath(os.fsdecode(word)).name if word is not None else ""


def _refuse(what: str, need: str) -> None:
    pytest.fail(f"{_guarded[-1]} is a fast test and {what}; mark it with @pytest.mark.{need}", pytrace=False)


sys.addaudithook(_watch)
