"""The engine comes back, whatever is killed: an open store answers again by itself, and nothing is lost."""

import asyncio
import os
import signal
import socket
import sys

import pytest

from graph.engine.client import Engine
from graph.engine.pauses import LONGEST, pause
from graph.errors import StoreTimeout
from graph.opening import open_store
from graph.settings import Settings
from tests.graph.engine.test_life import _holders, _leave
from tests.graph.engine.waiting import PATIENCE, answers, state_of, until


def test_pauses_grow_and_are_bounded() -> None:
    assert [pause(failures) for failures in range(5)] == [0, 1, 2, 4, 8]
    assert pause(1000) == LONGEST


async def test_a_server_that_is_killed_five_times_in_a_row_comes_back(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(own) as store:
        for time_ in range(5):
            await store.write("CREATE (:Child {key: $key})", {"key": str(time_)}, timeout=PATIENCE)
            dead = state_of(own)
            os.kill(dead.server_pid, signal.SIGKILL)
            await answers(store, children=time_ + 1)
            assert (state_of(own).pid, state_of(own).bolt_port) == (dead.pid, dead.bolt_port)

        frozen = state_of(own).server_pid
        os.kill(frozen, signal.SIGSTOP)
        with pytest.raises(StoreTimeout):
            await store.read("RETURN 1", timeout=0.5)
        os.kill(frozen, signal.SIGCONT)
        await answers(store, children=5)
        assert state_of(own).server_pid == frozen
    assert caplog.text.count("ended unexpectedly and is being started again") == 5
    assert "another process" not in caplog.text


async def test_a_supervisor_that_is_killed_is_replaced_by_its_clients(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(own) as store:
        await store.write("CREATE (:Child {key: 'kept'})", timeout=PATIENCE)
        with _holders(own.data_dir, 1) as [(other, _)]:
            for also_the_server in (False, True):
                dead = state_of(own)
                os.kill(dead.pid, signal.SIGKILL)
                if also_the_server:
                    os.kill(dead.server_pid, signal.SIGKILL)
                await until(lambda: "the database runs again" in caplog.text)
                await answers(store, children=1)
                assert state_of(own).pid != dead.pid
                assert state_of(own).bolt_port == dead.bolt_port
                caplog.clear()
            _leave(other)
        await answers(store, children=1)
        alone = state_of(own)
        os.kill(alone.pid, signal.SIGKILL)
        await until(lambda: "the database runs again" in caplog.text)
        await answers(store, children=1)
    assert state_of(own).role == "none"


async def test_a_supervisor_that_is_told_to_end_is_not_replaced(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with Engine.start(own):
        os.kill(state_of(own).pid, signal.SIGTERM)
        await until(lambda: "was told to end, and the database has stopped" in caplog.text)
        await asyncio.sleep(1)
        assert state_of(own).role == "none"


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
async def test_what_hinders_a_new_start_is_said_and_tried_again(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(own) as store:
        await store.write("CREATE (:Child {key: 'kept'})", timeout=PATIENCE)
        state = state_of(own)
        os.kill(state.pid, signal.SIGSTOP)
        os.kill(state.server_pid, signal.SIGKILL)
        with await _taken(state.bolt_port):
            os.kill(state.pid, signal.SIGCONT)
            await until(lambda: f"port {state.bolt_port} was taken by another program" in caplog.text)
        await answers(store, children=1)
        assert state_of(own).bolt_port == state.bolt_port


async def _taken(port: int) -> socket.socket:
    """A program's socket at the port of a server that has just been killed."""
    for _ in range(200):
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            await asyncio.sleep(0.05)
    pytest.fail("the port was not set free")
