"""What can hinder a start: one clear sentence each, and nothing left behind."""

import asyncio
import fcntl
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from graph.engine import joining, server
from graph.engine.client import Engine
from graph.engine.failures import start_error
from graph.engine.folder import Folder, State
from graph.engine.jar_lockfile import read_lock
from graph.engine.jars import provide_jars
from graph.engine.java import Java
from graph.engine.server import Server, free_port
from graph.errors import EngineError
from graph.opening import open_store
from graph.settings import Settings, read_settings


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own."""
    return read_settings(data_dir=tmp_path / "data", heap="512m", page_cache="64m")


@pytest.fixture
def java(settings: Settings) -> Java:
    """The server's jars, with a small heap."""
    jars = provide_jars(read_lock(), settings.cache_dir)
    return Java(tuple(str(jar) for jar in jars), "512m")


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)
    assert free_port(port) == port


async def test_a_port_that_is_taken_at_the_last_moment(
    own: Settings, java: Java, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(own.data_dir)
    folder.create()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "free_port", lambda preferred: port)
        one = Server(folder, java, page_cache="64m")
        with pytest.raises(EngineError, match=f"port {port} was taken by another program"):
            await one.start()
    assert not psutil.pid_exists(one.pid)


async def test_a_database_that_another_neo4j_holds(own: Settings, java: Java) -> None:
    folder = Folder(own.data_dir)
    folder.create()
    (own.data_dir / "neo4j.password").write_text("of the other")
    lock = folder.home / "data" / "databases" / "store_lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        with pytest.raises(EngineError, match=r"another Neo4j holds the database in .*; stop it"):
            await Server(folder, java, page_cache="64m").start()


@pytest.mark.parametrize("check", [server.AOT_CHECK, "-XX:+NoSuchOption"], ids=["ignored by Java", "Java ends"])
async def test_prepared_classes_that_are_damaged_do_not_hinder_a_start(
    own: Settings, java: Java, tmp_path: Path, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "AOT_CHECK", check)
    java = Java(tuple(shutil.copy2(jar, str(tmp_path)) for jar in java.jars), "512m")
    java.aot_cache.write_bytes(b"not classes" * 1000)
    folder = Folder(own.data_dir)
    folder.create()
    one = Server(folder, java, page_cache="64m")
    await one.start()
    await one.stop()
    assert not psutil.pid_exists(one.pid)


def test_a_full_disk(small_disk: Path) -> None:
    with pytest.raises(EngineError, match=r"no space is left for .*SIGHTLINE_DATA_DIR"):
        Engine.start(read_settings(data_dir=small_disk / "data"))


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(EngineError, match="data cannot be used"):
        Engine.start(read_settings(data_dir=tmp_path / "data"))


def test_no_network_at_the_first_start(own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = tmp_path / "jgo.conf"
    configuration.write_text("[repositories]\nnowhere = http://127.0.0.1:9\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(configuration))
    with pytest.raises(EngineError, match="connect to a network and try again"):
        Engine.start(own.model_copy(update={"cache_dir": tmp_path / "cache"}))


@pytest.mark.parametrize(
    ("role", "sentence"),
    [("server", "does not answer; end it, and try again"), ("tool", "loads data into .*; wait until it is done")],
)
def test_a_holder_that_does_not_answer(
    own: Settings, role: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "HELD_SECONDS", 0.2)
    monkeypatch.setattr(joining, "TOOL_SECONDS", 0.2)
    folder = Folder(own.data_dir)
    folder.create()
    folder.write_state(State(role, 4711))
    with folder.lock(), pytest.raises(EngineError, match=f"process 4711 .*{sentence}"):
        Engine.start(own)


def test_a_lost_password(own: Settings) -> None:
    folder = Folder(own.data_dir)
    folder.create()
    (folder.home / "data" / "databases" / "system").mkdir(parents=True)
    with pytest.raises(EngineError, match=r"lost its password file, .*neo4j\.password"):
        Engine.start(own)


async def test_a_start_that_is_called_off_leaves_nothing(own: Settings) -> None:
    async def open_and_close() -> None:
        async with open_store(own):
            pass

    opening = asyncio.create_task(open_and_close())
    state = await _wait_for(own, lambda state: state.server_pid > 0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert (await _wait_for(own, lambda state: state.role == "none")).server_pid == 0
    assert not psutil.pid_exists(state.server_pid)


async def _wait_for(settings: Settings, holds: Callable[[State], bool]) -> State:
    for _ in range(1000):
        state = Folder(settings.data_dir).state()
        if state is not None and holds(state):
            return state
        await asyncio.sleep(0.02)
    pytest.fail("the folder's state never was so")


def test_an_unknown_reason_is_the_server_s_last_word(tmp_path: Path) -> None:
    error = start_error("WARNING: nothing\nUnknown setting server.colour\n\n", port=1, home=tmp_path)
    assert str(error).startswith("the database did not start: Unknown setting server.colour (more in ")
