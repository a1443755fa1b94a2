from pathlib import Path

from pydantic import SecretStr

from graph.opening import ConnectionInfo, Opened, open_graph
from graph.settings import Settings, read_settings


async def test_a_named_server_is_used_and_none_is_started(opened: Opened, tmp_path: Path) -> None:
    there = opened.access
    settings = read_settings(neo4j_uri=there.uri, neo4j_password=SecretStr(there.password), data_dir=tmp_path / "data")
    async with open_graph(settings) as other:
        assert other.access == ConnectionInfo(there.uri, "neo4j", there.password, "neo4j", embedded=False)
        assert await other.store.read_value("RETURN 1") == 1
    assert not settings.data_dir.exists()


async def test_a_second_opening_joins_the_running_server(opened: Opened, settings: Settings) -> None:
    async with open_graph(settings) as other:
        assert other.access == opened.access
        assert other.access.embedded
        await other.store.write("RETURN 1")
    assert await opened.store.read_value("RETURN 1") == 1
