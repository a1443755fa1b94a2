from __future__ import annotations

import asyncio
import stat
import time
from pathlib import Path

import pytest

from api.access.revocations import Revocations
from graph.errors import BadInput, StoreUnavailable
from graph.maintenance.contents import foreign, needs_seed, read_size
from graph.store import Store

ONE, TWO = "0123456789abcdef", "fedcba9876543210"
LATER = time.time() + 3_600


def test_other_processes_of_the_folder_learn_of_it(tmp_path: Path) -> None:
    here, there = Revocations(tmp_path), Revocations(tmp_path)
    there.refresh()
    here.revoke(ONE, LATER)
    assert (ONE in here, ONE in there) == (True, False)
    there.refresh()
    assert (ONE in there, TWO in there) == (True, False)
    (file,) = (tmp_path / "revoked").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_has_expired_is_forgotten(tmp_path: Path) -> None:
    revocations = Revocations(tmp_path)
    revocations.revoke(ONE, time.time() - 1)
    revocations.revoke(TWO, LATER)
    revocations.refresh()
    assert [path.name for path in (tmp_path / "revoked").iterdir()] == [TWO]
    assert (ONE in revocations, TWO in revocations) == (False, True)


def test_a_file_that_cannot_be_read_revokes_and_others_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "revoked").mkdir()
    (tmp_path / "revoked" / ONE).write_text("soon")
    (tmp_path / "revoked" / "notes.txt").write_text("")
    revocations = Revocations(tmp_path)
    revocations.refresh()
    assert (ONE in revocations, "notes.txt" in revocations) == (True, False)


def test_a_folder_that_cannot_be_written_is_told_and_this_process_knows(tmp_path: Path) -> None:
    (tmp_path / "revoked").touch()
    revocations = Revocations(tmp_path)
    with pytest.raises(BadInput, match="revoked"):
        revocations.revoke(ONE, LATER)
    assert ONE in revocations


async def test_other_folders_learn_of_it_through_the_database_whatever_becomes_of_that(
    tmp_path: Path, empty: Store
) -> None:
    here, there = Revocations(tmp_path / "here"), Revocations(tmp_path / "there")
    here.revoke(ONE, LATER)
    for revocations in (here, there):
        await revocations.share(empty)
    assert ONE in there

    await empty.write("MATCH (n) DETACH DELETE n")
    third = Revocations(tmp_path / "third")
    await there.share(empty)
    await third.share(empty)
    assert ONE in third
    after_a_restart = Revocations(tmp_path / "third")
    after_a_restart.refresh()
    assert ONE in after_a_restart


async def test_the_database_forgets_what_has_expired(tmp_path: Path, empty: Store) -> None:
    await empty.write("CREATE (:Revoked {key: $key, expires: $then})", {"key": ONE, "then": time.time() - 1})
    revocations = Revocations(tmp_path)
    revocations.revoke(TWO, LATER)
    await revocations.share(empty)
    assert await empty.read("MATCH (r:Revoked) RETURN r.key") == [[TWO]]
    assert ONE not in revocations


async def test_notes_of_it_are_no_data(tmp_path: Path, empty: Store) -> None:
    revocations = Revocations(tmp_path)
    revocations.revoke(ONE, LATER)
    await revocations.share(empty)
    assert (await foreign(empty), await needs_seed(empty)) == (0, True)
    assert (await read_size(empty)).nodes == 0


async def test_it_is_kept_up_to_date_though_the_database_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.access.revocations.REFRESH_SECONDS", 0.01)
    here, there = Revocations(tmp_path), Revocations(tmp_path)

    class Away(Store):
        def __init__(self) -> None: ...

        async def read(self, *_: object, **__: object) -> list[list[object]]:
            raise StoreUnavailable("Away.")

    async with there.kept(Away()):
        here.revoke(ONE, LATER)
        async with asyncio.timeout(30):
            while ONE not in there:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
