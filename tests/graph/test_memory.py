from __future__ import annotations

from pathlib import Path

import pytest
from psutil import virtual_memory

from graph import memory
from graph.memory import default_heap, default_page_cache


@pytest.mark.parametrize(
    ("limit", "heap", "page_cache"),
    [(2 << 30, "1024m", "512m"), (16 << 30, "2048m", "2048m"), (1 << 40, "4096m", "16384m")],
)
def test_an_eighth_of_the_memory_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: int, heap: str, page_cache: str
) -> None:
    monkeypatch.setattr(memory, "virtual_memory", lambda: type("Memory", (), {"total": 1 << 41}))
    (tmp_path / "limit").write_text(f"{limit}\n", encoding="ascii")
    monkeypatch.setattr(memory, "LIMITS", (tmp_path / "limit", tmp_path / "absent"))
    assert (default_heap(), default_page_cache()) == (heap, page_cache)


def test_a_container_without_a_limit_has_the_memory_of_its_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "limit").write_text("max\n", encoding="ascii")
    monkeypatch.setattr(memory, "LIMITS", (tmp_path / "limit",))
    assert memory.memory() == virtual_memory().total
