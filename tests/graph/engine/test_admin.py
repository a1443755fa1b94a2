from pathlib import Path
from threading import Event

import pytest

from graph.engine.admin import open_tool
from graph.engine.folder import Folder
from graph.errors import EngineError
from graph.opening import Opened, open_store
from graph.settings import Settings, read_settings

IMPORT = ("database", "import", "full", "neo4j")


@pytest.mark.database
async def test_what_the_tool_imports_is_there_when_the_server_starts(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path / "data", heap="512m", page_cache="64m")
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("key:ID\nc1\nc2\n")
    said: list[str] = []
    with open_tool(settings) as tool:
        tool.run((*IMPORT, f"--nodes=Child={nodes}"), on_line=said.append)
    assert any("IMPORT DONE" in line for line in said)
    assert "IMPORT DONE" in (Folder(settings.data_dir).home / "logs" / "admin.log").read_text()
    async with open_store(settings) as store:
        assert await store.read("MATCH (c:Child) RETURN c.key ORDER BY c.key") == [["c1"], ["c2"]]


async def test_the_tool_is_refused_while_the_server_runs(opened: Opened, settings: Settings) -> None:
    in_use = r"is in use .*; stop every Sightline that uses it, and try again"
    with pytest.raises(EngineError, match=in_use), open_tool(settings):
        pass
    assert await opened.store.read_value("RETURN 1") == 1


@pytest.mark.database
def test_a_tool_is_stopped_when_asked(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path / "data", heap="512m")
    stop = Event()
    stop.set()
    with pytest.raises(EngineError, match="tool was stopped"), open_tool(settings) as tool:
        tool.run((*IMPORT, "--nodes=Child=nodes.csv"), stop=stop)


@pytest.mark.database
def test_a_tool_that_fails_says_where_to_read_why(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path / "data")
    with pytest.raises(EngineError, match=r"tool failed; .*admin\.log says why"), open_tool(settings) as tool:
        tool.run((*IMPORT, "--no-such-option"))
    assert "no-such-option" in (Folder(settings.data_dir).home / "logs" / "admin.log").read_text()
    state = Folder(settings.data_dir).state()
    assert state is not None
    assert state.role == "none"
