"""Why the engine cannot work, in one sentence each."""

from __future__ import annotations

import errno
from pathlib import Path

from graph.engine.folder import Folder
from graph.errors import EngineError


def disk_error(error: OSError, folder: Path) -> EngineError:
    """Say in one sentence why `folder` cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return no_space(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return EngineError(f"{folder} cannot be written; choose another folder by SIGHTLINE_DATA_DIR")
    return EngineError(f"{folder} cannot be used: {error.strerror or error}")


def no_space(folder: Path) -> EngineError:
    """Say that a folder's disk is full."""
    return EngineError(f"no space is left for {folder}; free some, or choose another folder by SIGHTLINE_DATA_DIR")


def held(folder: Folder) -> EngineError:
    """Say who holds a folder."""
    state = folder.state()
    if state is not None and state.role == "tool":
        return EngineError(f"process {state.pid} loads data into {folder.root}; wait until it is done, and try again")
    who = f"process {state.pid}" if state is not None and state.pid else "another process"
    return EngineError(f"{who} holds the database in {folder.root} but does not answer; end it, and try again")


def running(folder: Folder) -> EngineError:
    """Say that a folder's server runs while a tool needs it stopped."""
    state = folder.state()
    if state is None or state.role != "server":
        return held(folder)
    return EngineError(
        f"the database in {folder.root} is in use (process {state.pid} keeps it running); "
        "stop every Sightline that uses it, and try again"
    )


def tool_error(log: Path) -> EngineError:
    """Say why one of Neo4j's tools failed; its output may contain data, so only known reasons are reported."""
    printed = log.read_text(encoding="utf-8", errors="replace")
    for sign, sentence in _SIGNS:
        if sign in printed:
            return EngineError(sentence.format(port=0, home=log.parents[1]))
    return EngineError(f"Neo4j's own tool failed; {log} says why")


def port_was_taken(console: str) -> bool:
    """Tell whether a server ended because another program uses its port."""
    return _PORT_TAKEN in console


def is_unexplained(console: str) -> bool:
    """Tell whether a server ended for a reason that is not known."""
    return not any(sign in console for sign, _ in _SIGNS)


def start_error(console: str, *, port: int, home: Path) -> EngineError:
    """Say why a server ended before it was ready, judging by what it printed."""
    for sign, sentence in _SIGNS:
        if sign in console:
            return EngineError(sentence.format(port=port, home=home))
    last = next((line for line in reversed(console.splitlines()) if line.strip()), "it said nothing")
    return EngineError(f"the database did not start: {last.strip()[:300]} (more in {home / 'logs' / 'debug.log'})")


_PORT_TAKEN = "PortBindException"

_SIGNS = (
    (
        "No space left on device",
        "no space is left for {home}; free some, or choose another folder by SIGHTLINE_DATA_DIR",
    ),
    (
        "FileLockException",
        "another Neo4j holds the database in {home}; stop it, or choose another folder by SIGHTLINE_DATA_DIR",
    ),
    (_PORT_TAKEN, "port {port} was taken by another program while the database started; try again"),
    (
        "Could not reserve enough space for object heap",
        "this machine has too little memory for the database's heap; lower SIGHTLINE_HEAP",
    ),
    (
        "There is insufficient memory for the Java Runtime Environment",
        "this machine has too little memory for the database; lower SIGHTLINE_HEAP and SIGHTLINE_PAGE_CACHE",
    ),
    ("OutOfMemoryError", "the database ran out of memory while it started; raise SIGHTLINE_HEAP"),
    ("AccessDeniedException", "the database in {home} cannot be read or written by this user; check who owns it"),
)
