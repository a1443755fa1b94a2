from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from api.keys import CURSORS, TOKENS, derived_key, secret_key
from graph.errors import BadInput
from graph.settings import read_settings

READ_KEY = """
import sys
from pathlib import Path
from api.keys import secret_key
from graph.settings import read_settings
sys.stdin.readline()
print(secret_key(read_settings(data_dir=Path(sys.argv[1]), secret_key=None)).decode())
"""


def test_the_setting_wins(tmp_path: Path) -> None:
    assert secret_key(read_settings(data_dir=tmp_path, secret_key="s" * 32)) == b"s" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_short_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="fewer than 32 characters"):
        secret_key(read_settings(data_dir=tmp_path, secret_key="short"))


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path / "new", secret_key=None)
    key = secret_key(settings)
    assert len(key) >= 32
    assert secret_key(settings) == key
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READ_KEY, str(tmp_path / "new")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=60)[0] for process in processes}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 32


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path, secret_key=None)
    secret_key(settings)
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        secret_key(settings)


def test_a_damaged_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch(0o600)
    with pytest.raises(BadInput, match="damaged"):
        secret_key(read_settings(data_dir=tmp_path, secret_key=None))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot be used"):
        secret_key(read_settings(data_dir=tmp_path / "file" / "data", secret_key=None))


def test_each_purpose_has_its_own_key() -> None:
    keys = {derived_key(b"s" * 32, purpose) for purpose in (TOKENS, CURSORS)} | {derived_key(b"t" * 32, TOKENS)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3
