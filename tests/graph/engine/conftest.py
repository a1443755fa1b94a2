import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.settings import Settings, read_settings


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings of a data folder of the test's own, for the smallest server."""
    return small_server(tmp_path / "data")


def small_server(folder: Path) -> Settings:
    return read_settings(data_dir=folder, heap="256m", page_cache="16m", statement_timeout=600.0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    with _disk(tmp_path / "disk", "64k") as folder:
        yield folder


@pytest.fixture
def tight_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that holds a small database and not much more."""
    with _disk(tmp_path / "disk", "480m") as folder:
        yield folder


@contextmanager
def _disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "sightline-test", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
