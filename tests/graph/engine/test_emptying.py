import asyncio
import os
from pathlib import Path

from graph.engine.database_swap import EMPTIED, finish_replacement
from graph.engine.emptying import make_anew
from graph.engine.folder import Folder
from graph.maintenance.contents import reset
from graph.maintenance.prepare import prepare_store
from graph.opening import open_store
from graph.settings import Settings
from tests.graph.engine.waiting import PATIENCE, answers, state_of

NAME = "Quetzalxochitl-Nombredeprueba-Apellidoquenohay"


def _files_with(folder: Path, name: str) -> list[str]:
    """Find the files below a folder that hold a name, whatever its case."""
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and name.lower().encode() in path.read_bytes().lower()
    ]


async def test_nothing_of_what_was_deleted_stays_in_any_file(own: Settings) -> None:
    async with open_store(own) as store, open_store(own) as other:
        await prepare_store(store)
        await store.write("CREATE (:Sponsor {key: 'k', lastName: $name})", {"name": NAME}, timeout=PATIENCE)
        await other.write("MATCH (s:Sponsor) SET s.firstName = $name", {"name": NAME}, timeout=PATIENCE)
        assert await other.read("MATCH (s:Sponsor {key: 'k'}) RETURN s.firstName", timeout=PATIENCE) == [[NAME]]
        version = await other.version()
        await reset(store, store_name="neo4j")
        assert _files_with(own.data_dir, NAME)

        before = state_of(own)
        await asyncio.to_thread(make_anew, own)
        await prepare_store(store)
        assert _files_with(own.data_dir, NAME) == []
        assert state_of(own).bolt_port == before.bolt_port
        await answers(other, children=0)
        await other.write("CREATE (:Child {key: 'new'})", timeout=PATIENCE)
        await answers(store, children=1)
        assert await other.version() != version
    assert _files_with(own.data_dir, NAME) == []


def test_an_emptying_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.create()
    for place in ("databases", "transactions"):
        for name in ("neo4j", "system"):
            path = folder.home / "data" / place / name
            path.mkdir(parents=True)
            (path / "store").touch()
    (folder.home / EMPTIED).touch()
    finish_replacement(folder)
    assert sorted(os.listdir(folder.home / "data" / "databases")) == ["system"]
    assert sorted(os.listdir(folder.home / "data" / "transactions")) == ["system"]
    assert not (folder.home / EMPTIED).exists()
