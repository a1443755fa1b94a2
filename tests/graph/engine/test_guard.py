"""At the edge of a full disk: nothing is lost, what happens is said, and the database comes back when space does."""

import os
from pathlib import Path

import pytest

from graph.engine import guard
from graph.engine.folder import Folder
from graph.engine.guard import Guard
from graph.errors import StoreUnavailable
from graph.opening import open_store
from graph.settings import Settings
from graph.store import Store
from tests.graph.engine.conftest import small_server
from tests.graph.engine.waiting import PATIENCE, answers, counted, state_of, until

LEFT = 192 << 10
ADD = "CREATE (:Child {key: randomUUID(), text: $text})"


class Blind(Guard):
    """Lets everything be written, as when others fill the disk between the check and the write."""

    def check_write(self) -> None: ...


def _fill(disk: Path) -> Path:
    """Leave next to nothing of a disk."""
    path = disk / "of others"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - LEFT)
    return path


@pytest.mark.database
async def test_a_full_disk_costs_no_data(tight_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = small_server(tight_disk / "data")
    async with open_store(own) as store:
        await store.write(ADD, {"text": "first"}, timeout=PATIENCE)
        filling = _fill(tight_disk)
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match=r"nothing was written, .* less than 128 MB left; free some"):
                await store.write(ADD, {"text": "none"})
        with pytest.raises(StoreUnavailable, match="nothing was written"):
            await store.write_auto("CREATE INDEX FOR (n:X) ON (n.y)")
        assert caplog.text.count("nothing is written until more is") == 1
        await answers(store, children=1)

        store.guard = Blind(Folder(own.data_dir))
        before = state_of(own).server_pid
        written = 1 + await _write_until_it_fails(store)
        await until(lambda: "cannot start yet" in caplog.text or state_of(own).server_pid != before)
        assert "a write to the database's files failed" in caplog.text
        assert "the database can no longer write and is being started again" in caplog.text
        filling.unlink()
        kept = await counted(store)
        assert 0 <= kept - written <= 1, "what was acknowledged is kept, and perhaps the write that was not"
        store.guard = Guard(Folder(own.data_dir))
        await store.write(ADD, {"text": "last"}, timeout=PATIENCE)
    async with open_store(own) as store:
        await answers(store, children=kept + 1)


async def _write_until_it_fails(store: Store) -> int:
    """Write more than the log has space for; return how many writes were acknowledged."""
    for done in range(200):
        try:
            await store.write(ADD, {"text": "y" * (2 << 20)}, timeout=PATIENCE)
        except StoreUnavailable:
            return done
    pytest.fail("the disk was not full")


def test_the_floor_is_told_once_and_so_is_its_end(
    own: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(own.data_dir)
    folder.create()
    one = Guard(folder)
    one.check_write()
    monkeypatch.setattr(guard, "FLOOR", 1 << 60)
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            one.check_write()
    monkeypatch.setattr(guard, "FLOOR", 1)
    one.check_write()
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_only_what_has_failed_for_good_is_noticed(
    own: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Folder(own.data_dir).create()

    def told(code: str) -> list[str]:
        caplog.clear()
        one = Guard(Folder(own.data_dir))
        for _ in range(2):
            one.notice(["DatabaseError", "Neo4jError"], code)
        return [record.message for record in caplog.records]

    assert told("Neo.ClientError.Statement.SyntaxError") == []
    assert told("Neo.DatabaseError.Transaction.TransactionCommitFailed") == []
    (failed,) = told("Neo.DatabaseError.Transaction.TransactionStartFailed")
    (closed,) = told("Neo.TransientError.Database.DatabaseUnavailable")
    assert "a write to the database's files failed" in failed
    assert "`sightline db repair`" in closed
    monkeypatch.setattr(guard, "FLOOR", 1 << 60)
    assert told("Neo.DatabaseError.Transaction.TransactionCommitFailed") == [failed]
