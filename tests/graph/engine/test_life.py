"""Who starts the server, who joins it, and what is left when they end, politely or not."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

import psutil
import pytest

from graph.engine.client import Engine
from graph.engine.folder import Folder
from graph.engine.joining import Running
from graph.engine.server import end_orphan
from graph.opening import Opened
from graph.settings import Settings, read_settings
from graph.store import Store


def _settings(folder: Path) -> Settings:
    return read_settings(data_dir=folder, heap="512m", page_cache="64m")


@contextmanager
def _holders(folder: Path, number: int) -> Iterator[list[tuple[subprocess.Popen[str], Running]]]:
    """Other processes that hold a folder's engine, all started at the same moment."""
    command = [sys.executable, str(Path(__file__).with_name("hold.py")), str(folder)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(number)
    ]
    try:
        yield [(process, _told(process)) for process in processes]
    finally:
        for process in processes:
            with process:
                process.kill()


def _told(process: subprocess.Popen[str]) -> Running:
    assert process.stdout is not None
    return Running(**json.loads(process.stdout.readline()))


def _leave(process: subprocess.Popen[str]) -> float:
    """Let a holder end, and give the seconds that letting go took it."""
    output, _ = process.communicate("", timeout=120)
    return float(output)


def _wait_until(done: Callable[[], bool], *, seconds: float) -> float:
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def _gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


async def _count(running: Running) -> object:
    async with Store.connect(running.uri, username=running.username, password=running.password) as store:
        return await store.read_value("MATCH (n:Child) RETURN count(n)")


async def _add(running: Running) -> None:
    async with Store.connect(running.uri, username=running.username, password=running.password) as store:
        await store.write("CREATE (:Child {key: randomUUID()})")


@pytest.mark.database
async def test_the_server_lives_as_long_as_any_holder_and_the_next_one_finds_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with _holders(folder, 2) as [(first, running), (second, joined)]:
        assert joined == running
        await _add(running)
        first.kill()
        first.wait()
        assert await _count(running) == 1
        second.kill()
        _wait_until(lambda: _gone(running.pid), seconds=6)

    with Engine.start(_settings(folder)) as engine, _holders(folder, 1) as [(third, joined)]:
        assert joined == engine.running
        assert await _count(joined) == 1
        engine.stop()
        assert not _gone(joined.pid)
        await _add(joined)
        assert _leave(third) < 6
        assert _gone(joined.pid)
    state = Folder(folder).state()
    assert state is not None
    assert state.role == "none"


def test_a_server_without_its_supervisor_is_ended_and_any_other_process_is_not(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    orphan = subprocess.Popen([*sleep, f"--home-dir={folder.home}"])
    other = subprocess.Popen([*sleep, "--home-dir=/elsewhere"])
    try:
        for process in (orphan, other):
            end_orphan(folder, process.pid)
        assert orphan.poll() is not None
        assert other.poll() is None
    finally:
        for process in (orphan, other):
            process.kill()
            process.wait()


async def test_the_server_listens_on_loopback_alone(opened: Opened, settings: Settings) -> None:
    state = Folder(settings.data_dir).state()
    assert state is not None
    for pid in (state.pid, state.server_pid):
        sockets = [found for found in psutil.Process(pid).net_connections() if found.status != psutil.CONN_ESTABLISHED]
        assert sockets
        assert {found.laddr.ip.removeprefix("::ffff:") for found in sockets} == {"127.0.0.1"}


async def test_what_is_secret_is_its_owner_s_alone(opened: Opened, settings: Settings) -> None:
    root = settings.data_dir
    assert S_IMODE(root.stat().st_mode) == 0o700
    for name in ("neo4j.password", "engine.json"):
        assert S_IMODE((root / name).stat().st_mode) == 0o600
    assert opened.access.password == (root / "neo4j.password").read_text().strip()
    assert len(opened.access.password) >= 32
    assert opened.access.password not in repr(opened.access)
