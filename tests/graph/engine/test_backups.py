import asyncio
from pathlib import Path
from stat import S_IMODE

import pytest

from graph.engine.backups import back_up, refuse_other_server, restore
from graph.engine.folder import Folder
from graph.engine.trial import Found
from graph.errors import BadInput, EngineError, Refused
from graph.opening import open_store
from graph.settings import Settings
from tests.graph.engine.conftest import small_server
from tests.graph.engine.waiting import PATIENCE, answers


async def _add(settings: Settings, key: str) -> None:
    async with open_store(settings) as store:
        await store.write("CREATE (:Child {key: $key})-[:SIBLING_OF]->(:Sponsor)", {"key": key}, timeout=PATIENCE)


async def test_a_backup_brings_back_what_was_there_and_a_broken_one_changes_nothing(
    own: Settings, tmp_path: Path
) -> None:
    await _add(own, "before")
    folder = tmp_path / "backups"
    folder.mkdir()
    made = folder / "of today.dump"
    size = await asyncio.to_thread(back_up, own, made)
    assert size == made.stat().st_size > 0
    assert [path.name for path in folder.iterdir()] == [made.name]
    assert S_IMODE(made.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="exists already"):
        back_up(own, made)

    async with open_store(own) as store:
        await store.write("CREATE (:Child {key: 'after'})", timeout=PATIENCE)
        for action in (lambda: back_up(own, folder / "other"), lambda: restore(own, made)):
            with pytest.raises(EngineError, match=r"is in use .*; stop every Sightline"):
                action()
        await answers(store, children=2)

    broken = folder / "broken.dump"
    broken.write_bytes(made.read_bytes()[: size // 2])
    with pytest.raises(EngineError, match=r"broken\.dump could not be read as a backup"):
        await asyncio.to_thread(restore, own, broken)
    assert not list((Folder(own.data_dir).home / "data").glob("*/incoming"))
    async with open_store(own) as store:
        await answers(store, children=2)

    assert await asyncio.to_thread(restore, own, made) == Found(nodes=2, relationships=1)
    elsewhere = small_server(tmp_path / "new machine")
    assert await asyncio.to_thread(restore, elsewhere, made) == Found(nodes=2, relationships=1)
    async with open_store(elsewhere) as store:
        assert await store.read("MATCH (c:Child) RETURN c.key") == [["before"]]


def test_there_is_nothing_to_copy_or_to_read(own: Settings, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="there is no database"):
        back_up(own, tmp_path / "made")
    with pytest.raises(EngineError, match="cannot be used"):
        back_up(own, tmp_path / "no such folder" / "made")
    with pytest.raises(BadInput, match="is no file"):
        restore(own, tmp_path / "missing")


def test_a_disk_that_could_not_hold_a_backup_is_refused_first(own: Settings, small_disk: Path) -> None:
    databases = Folder(own.data_dir).home / "data" / "databases"
    for name in ("neo4j", "system"):
        (databases / name).mkdir(parents=True)
    (databases / "neo4j" / "store").write_bytes(b"\1" * (1 << 20))
    with pytest.raises(EngineError, match=r"a backup can need 2 MB at .*disk"):
        back_up(own, small_disk / "made.dump")
    assert list(small_disk.iterdir()) == []


def test_the_server_of_others_is_left_alone(own: Settings) -> None:
    refuse_other_server(own, "db backup")
    with pytest.raises(Refused, match=r"db backup works on Sightline's own database, and NEO4J_URI names another"):
        refuse_other_server(own.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:9"}), "db backup")
