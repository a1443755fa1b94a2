import os
import time
from pathlib import Path

import pytest

from graph.engine import aot
from graph.engine.java import Java
from graph.store import Store


async def test_the_training_statements_run_and_leave_nothing(empty: Store) -> None:
    before = await _schema(empty)
    await aot.exercise(empty)
    assert await empty.read_value("MATCH (n) RETURN count(n)") == 0
    assert await _schema(empty) == before


async def _schema(store: Store) -> list[list[object]]:
    return await store.read("SHOW INDEXES YIELD name RETURN name ORDER BY name")


def test_a_cache_that_exists_is_not_made_again(java: Java) -> None:
    java.aot_cache.write_bytes(b"made")
    assert aot.prepare(java)
    assert java.aot_cache.read_bytes() == b"made"


def test_only_one_process_makes_a_cache(java: Java) -> None:
    with aot.training_lock(java):
        assert not aot.prepare(java)
    assert not java.aot_cache.exists()


def test_the_caches_of_other_runtimes_are_kept_for_a_while(java: Java) -> None:
    folder = java.aot_cache.parent
    for age in range(5):
        path = folder / f"server-{age}.aot"
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    aot.keep_newest(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["server-0.aot", "server-1.aot", "server-2.aot"]


@pytest.fixture
def java(tmp_path: Path) -> Java:
    """A Java with a jar in a folder of the test's own; nothing is run."""
    return Java((str(tmp_path / "one.jar"),), "512m")
