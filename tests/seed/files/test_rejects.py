import csv
from contextlib import suppress
from pathlib import Path

import pytest

from graph.errors import BadInput
from queries.export.cells import CsvLines
from seed.files.rejects import HEADER, Note, RejectsFile

NOTE = Note(7, "Sponsor Zipcode", 'A "B", C\nD', "is not a ZIP code")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "releases.csv"
    path.write_text("ID\n")
    return path


def test_notes_are_written_as_csv(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "rejects.csv"
    with RejectsFile(target, source=source) as rejects:
        rejects.write(NOTE)
    assert (rejects.count, rejects.path) == (1, target)
    with target.open(newline="", encoding="utf-8-sig") as stream:
        assert list(csv.reader(stream)) == [list(HEADER), ["7", "Sponsor Zipcode", 'A "B", C\nD', "is not a ZIP code"]]


def test_no_value_is_a_formula_and_a_line_break_is_one_cells(tmp_path: Path, source: Path) -> None:
    values = ["=HYPERLINK(1)", "-7", "7\r=1", " \uff20x"]
    with RejectsFile(tmp_path / "r.csv", source=source) as rejects:
        for value in values:
            rejects.write(NOTE._replace(value=value))
    lines = CsvLines()
    lines.add([HEADER, *([7, "Sponsor Zipcode", value, NOTE.reason] for value in values)])
    assert (tmp_path / "r.csv").read_bytes() == lines.take()


def test_an_earlier_file_is_known_as_one_of_ours(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "r.csv"
    for row in (7, 8):
        with RejectsFile(target, source=source) as rejects:
            rejects.write(NOTE._replace(row=row))
    assert target.read_text("utf-8-sig").startswith("row,column,value,reason\n8,")


def test_without_notes_there_is_no_file_and_that_of_an_earlier_run_goes(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "rejects.csv"
    target.write_text("row,column,value,reason\n7,ID,x,y\n")
    with RejectsFile(target, source=source) as rejects:
        pass
    assert rejects.path is None
    assert list(tmp_path.iterdir()) == [source]


def test_an_earlier_file_stays_until_the_run_ends_well(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "rejects.csv"
    target.write_text("row,column,value,reason\n7,ID,x,y\n")
    with suppress(RuntimeError), RejectsFile(target, source=source) as rejects:
        rejects.write(NOTE)
        raise RuntimeError
    assert target.read_text() == "row,column,value,reason\n7,ID,x,y\n"
    assert sorted(tmp_path.iterdir()) == [target, source]


def test_a_long_value_is_cut(tmp_path: Path, source: Path) -> None:
    with RejectsFile(tmp_path / "r.csv", source=source) as rejects:
        rejects.write(NOTE._replace(value="x" * 5_000))
    assert (tmp_path / "r.csv").stat().st_size < 1_200


def test_the_input_is_never_overwritten(source: Path) -> None:
    with pytest.raises(BadInput, match="would overwrite the file to import"), RejectsFile(source, source=source):
        pass
    assert source.read_text() == "ID\n"


def test_another_file_is_never_overwritten(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "thesis.csv"
    target.write_text("title\n")
    with pytest.raises(BadInput, match="exists and is not a rejects file"), RejectsFile(target, source=source):
        pass
    assert target.read_text() == "title\n"


def test_a_folder_cannot_be_the_rejects_file(tmp_path: Path, source: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"), RejectsFile(tmp_path, source=source):
        pass


def test_a_device_cannot_be_the_rejects_file(source: Path) -> None:
    with pytest.raises(BadInput, match=r"is not a regular file"), RejectsFile(Path("/dev/null"), source=source):
        pytest.fail("the run began")


@pytest.mark.parametrize("name", ["none/rejects.csv", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_written_is_told_before_the_run(tmp_path: Path, source: Path, name: str) -> None:
    with (
        pytest.raises(BadInput, match=r"cannot be written .*; give a path"),
        RejectsFile(tmp_path / name, source=source),
    ):
        pytest.fail("the run began")


def test_a_folder_without_permission(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match=r"\(permission denied\)"), RejectsFile(tmp_path / "r.csv", source=source):
        pytest.fail("the run began")
