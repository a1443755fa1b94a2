"""Made-up files, written, imported by the real importers, and asked about: what was planted comes back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.store import Store
from seed.made_files.writing import Order, WrittenFiles, write_files
from tests.seed.made_files.loading import carried, check_answers, document, load
from tests.seed.made_files.worlds import imported

SOUND = Order(scale=0.2, seed=9, faults=0, others=0.02)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files without faults."""
    return write_files(tmp_path_factory.mktemp("sound"), SOUND).folder


async def test_what_the_files_carry_comes_back_and_answers_the_questions(empty: Store, sound: Path) -> None:
    summaries = await load(empty, sound)
    assert [(one.rejected, one.notes) for one in summaries.values()] == [(0, 0)] * 3
    wanted = carried(SOUND.scale, SOUND.seed)
    assert await imported(empty) == wanted
    await check_answers(empty, sound)
    again = await load(empty, sound)
    assert {kind for kind in again["eoir"].difference.counts if again["eoir"].difference.of(kind)} == {"unchanged"}
    assert await imported(empty) == wanted


async def test_other_containers_give_the_same(empty: Store, sound: Path, tmp_path: Path) -> None:
    for name in ("whd.csv", "hhs-releases.csv"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as target:
            target.write(sound / name, f"files/{name}")
    with zipfile.ZipFile(tmp_path / "eoir.zip", "w", zipfile.ZIP_DEFLATED) as target:
        for file in sorted((sound / "eoir").rglob("*.csv")):
            inside = file.relative_to(sound).with_suffix(".txt").as_posix()
            target.writestr(f"dump/{inside}", file.read_bytes().replace(b"\t", b"|"))
    await load(empty, tmp_path, court="eoir.zip")
    assert await imported(empty) == carried(SOUND.scale, SOUND.seed)


def _bytes(written: WrittenFiles) -> dict[str, bytes]:
    files = (file for file in written.folder.rglob("*") if file.is_file())
    return {file.relative_to(written.folder).as_posix(): file.read_bytes() for file in files}


def test_the_same_order_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    order = Order(scale=0.05, others=0.01)
    first = _bytes(write_files(tmp_path / "a", order))
    assert _bytes(write_files(tmp_path / "b", order)) == first
    other = _bytes(write_files(tmp_path / "c", Order(scale=0.05, others=0.01, seed=2)))
    assert other.keys() == first.keys()
    assert [name for name in first if other[name] == first[name] and "Lookup" not in name] == []


def test_files_are_as_large_as_the_real_ones_in_proportion_to_the_children(tmp_path: Path) -> None:
    written = write_files(tmp_path, Order(scale=0.5, faults=0))
    children = 1_000 / 448_000
    real = {
        "eoir/tbl_JuvenileHistory.csv": 2_998_644,
        "eoir/A_TblCase.csv": 12_662_540,
        "eoir/B_TblProceeding.csv": 16_549_948,
        "eoir/tbl_schedule.csv": 46_631_388,
    }
    assert {name: written.rows[name] for name in real} == {
        name: pytest.approx(rows * children, abs=2) for name, rows in real.items()
    }
    assert document(tmp_path, "manifest")["files"]["eoir/tbl_schedule.csv"] == {
        "rows": written.rows["eoir/tbl_schedule.csv"],
        "faults": {},
    }
    for name, rows in written.rows.items():
        assert (tmp_path / name).read_bytes().count(b"\n") == rows + 1


def test_progress_is_told_and_the_manifest_comes_last(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert (done, total) == (100, 100)
        raise StoppedError

    order = Order(scale=0.05, others=0)
    write_files(tmp_path, order)
    with pytest.raises(StoppedError):
        write_files(tmp_path, order, progress=stop)
    assert not (tmp_path / "manifest.json").exists()


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Order(faults=-0.1), "The share of faults must be a number from 0 to 0.5"),
        (Order(faults=float("nan")), "The share of faults must be a number"),
        (Order(others=11), "The share of others must be a number from 0 to 10"),
        (Order(scale=0), "The scale must be a number above 0"),
        (Order(preset="galaxy"), "There is no preset of that name"),
    ],
)
def test_an_order_that_cannot_be_written_writes_nothing(order: Order, told: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=told):
        write_files(tmp_path / "files", order)
    assert not (tmp_path / "files").exists()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="file cannot be written; name a folder of yours"):
        write_files(tmp_path / "file", Order(scale=0.05))
