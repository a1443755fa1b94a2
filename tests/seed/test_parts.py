from hashlib import sha256
from pathlib import Path

import pytest

from seed.parts import write_parts
from seed.synthetic.asked import ANSWERS
from seed.synthetic.presets import figures


def _sums(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _tables(files: dict[str, str]) -> set[str]:
    """The names of files without their parts: a part in which a rare kind of record is missing has no file of it."""
    return {name.split(".")[0] for name in files}


@pytest.mark.slow(reason="generates a graph in one process and in several")
def test_files_are_the_same_for_the_same_seed_however_many_processes_write_them(tmp_path: Path) -> None:
    wanted = figures("demo", scale=9)
    sums = []
    for name, seed, workers in (("one", 6, 1), ("two", 6, 2), ("other", 7, 2)):
        folder = tmp_path / name
        folder.mkdir()
        told: list[int] = []
        written = write_parts(folder, wanted, seed=seed, progress=told.append, workers=workers)
        assert told[0] == 0
        assert told[-1] == wanted.children
        sums.append((_sums(folder), written.nodes, written.relationships, written.truth.answers))
    assert sums[0] == sums[1]
    assert _tables(sums[0][0]) == _tables(sums[2][0])
    assert all(sums[0][0][f"{name}.0001.csv"] != sums[2][0][f"{name}.0001.csv"] for name in ("Child", "Hearing"))
    assert all(sums[0][3][name] for name in ANSWERS)


def test_what_progress_raises_ends_the_work(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        write_parts(tmp_path, figures("demo", scale=0.1), seed=1, progress=stop, workers=1)
