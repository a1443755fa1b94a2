from __future__ import annotations

import os
import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from api.access.keys import CURSORS, TOKENS, derived_key, is_weak, secret_key
from graph.errors import BadInput
from graph.settings import read_settings

KEY = "an owl, 3 ponds; Tuesdays at noon"
READ_KEY = """
import sys
from pathlib import Path
from api.access.keys import secret_key
from graph.settings import read_settings
sys.stdin.readline()
print(secret_key(read_settings(data_dir=Path(sys.argv[1]), secret_key=None)).decode())
"""


def test_the_setting_wins(tmp_path: Path) -> None:
    assert secret_key(read_settings(data_dir=tmp_path, secret_key=KEY)) == KEY.encode()
    assert list(tmp_path.iterdir()) == []


def test_a_short_setting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="fewer than 32 characters"):
        secret_key(read_settings(data_dir=tmp_path, secret_key="short"))


@pytest.mark.parametrize(
    "key",
    [
        "z" * 64,
        "swordfish" * 5,
        "swordfish7" * 4 + "sword",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij",
        "13" * 8 + "31" * 8,
    ],
)
def test_a_key_that_is_easily_guessed_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadInput, match="SIGHTLINE_SECRET_KEY repeats itself or is easily guessed"):
        secret_key(read_settings(data_dir=tmp_path, secret_key=key))
    (tmp_path / "key").write_text(key + "\n")
    with pytest.raises(BadInput, match="easily guessed"):
        secret_key(read_settings(data_dir=tmp_path, secret_key_file=tmp_path / "key"))
    (tmp_path / "secret.key").write_text(key)
    (tmp_path / "secret.key").chmod(0o600)
    with pytest.raises(BadInput, match="damaged"):
        secret_key(read_settings(data_dir=tmp_path, secret_key=None))


def test_random_keys_are_not_taken_for_weak() -> None:
    for _ in range(500):
        assert not is_weak(secrets.token_hex(16))
        assert not is_weak(secrets.token_urlsafe(32))


def test_a_planted_key_is_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(KEY)
    elsewhere.chmod(0o600)
    settings = read_settings(data_dir=tmp_path / "data", secret_key=None)
    path = tmp_path / "data" / "secret.key"
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    with pytest.raises(BadInput, match="is a link"):
        secret_key(settings)
    path.unlink()
    path.symlink_to(tmp_path / "nothing")
    with pytest.raises(BadInput, match="is a link"):
        secret_key(settings)
    path.unlink()
    os.mkfifo(path, 0o600)
    with pytest.raises(BadInput, match="is not a file"):
        secret_key(settings)
    path.unlink()
    elsewhere.rename(path)
    assert secret_key(settings) == KEY.encode()
    path.chmod(0o620)
    with pytest.raises(BadInput, match="read or changed by others"):
        secret_key(settings)


def test_a_key_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(data_dir=tmp_path, secret_key=None)
    secret_key(settings)
    if os.geteuid() == 0:
        os.chown(tmp_path / "secret.key", 12345, -1)
    else:
        monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(BadInput, match="belongs to another user"):
        secret_key(settings)


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
            cwd=Path(__file__).parents[3],
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
