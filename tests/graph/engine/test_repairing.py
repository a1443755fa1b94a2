import asyncio
import shutil
from pathlib import Path

import pytest

from graph.engine.folder import Folder
from graph.engine.repairing import repair
from graph.engine.trial import Found
from graph.errors import EngineError, StoreUnavailable
from graph.opening import open_store
from graph.settings import Settings
from tests.graph.engine.waiting import PATIENCE, answers


def _cut_off(folder: Folder) -> None:
    """Spoil the last entry of the database's log, as a disk that was full leaves it."""
    log = max((folder.home / "data" / "transactions" / "neo4j").glob("neostore.transaction.db.*"))
    content = bytearray(log.read_bytes())
    end = len(content.rstrip(b"\0"))
    content[end - 40 : end - 4] = b"\xaa" * 36
    log.write_bytes(content)


async def test_a_log_that_was_cut_short_is_repaired_after_a_copy(own: Settings, tmp_path: Path) -> None:
    folder = Folder(own.data_dir)
    async with open_store(own) as store:
        for number in range(3):
            await store.write("CREATE (:Child {key: $key})", {"key": str(number)}, timeout=PATIENCE)
    found = await asyncio.to_thread(repair, own)
    assert (found.found, found.copy) == (Found(3, 0), None)

    async with open_store(own) as store:
        await store.write("CREATE (:Child {key: 'whole'})", timeout=PATIENCE)
        await store.write("CREATE (:Child {key: 'cut', text: $text})", {"text": "x" * 500}, timeout=PATIENCE)
        data = folder.home / "data"
        shutil.copytree(data, tmp_path / "as a crash leaves it")
    shutil.rmtree(data)
    (tmp_path / "as a crash leaves it").rename(data)
    _cut_off(folder)
    async with open_store(own) as store:
        with pytest.raises(StoreUnavailable, match=r"cannot open it; .*`sightline db repair`"):
            await store.read("RETURN 1", timeout=PATIENCE)

    copies = tmp_path / "copies"
    done = await asyncio.to_thread(repair, own, copy_to=copies)
    assert done.found == Found(4, 0)
    assert done.copy is not None
    assert done.copy.parent == copies
    assert (done.copy / "transactions" / "neo4j").is_dir()
    async with open_store(own) as store:
        await answers(store, children=4)


def test_there_is_nothing_to_repair(own: Settings) -> None:
    with pytest.raises(EngineError, match="there is no database"):
        repair(own)
