import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.files.lines import LONGEST_LINE, Line, open_lines

Write = Callable[[bytes], Path]


@pytest.fixture
def raw(tmp_path: Path) -> Write:
    def write(content: bytes) -> Path:
        path = tmp_path / "some.csv"
        path.write_bytes(content)
        return path

    return write


def read(file: Path) -> list[Line]:
    with open_lines(file) as lines:
        return list(lines)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_one(raw: Write, end: bytes) -> None:
    file = raw(end.join((b"a", b"", b"b", b"")))
    assert read(file) == [Line(1, "a"), Line(2, ""), Line(3, "b")]


def test_a_last_line_without_end_is_told(raw: Write) -> None:
    assert read(raw(b"a\nb")) == [Line(1, "a"), Line(2, "b", ended=False)]


def test_the_byte_order_mark_goes_from_the_first_line_alone(raw: Write) -> None:
    assert [line.text for line in read(raw(b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n"))] == ["a", "\ufeffb"]


def test_lines_that_are_not_utf_8_are_windows_1252_and_counted(raw: Write) -> None:
    with open_lines(raw("M\u00e9xico\n".encode() + b"M\xe9xico\nChild\x92s\n\x81\n")) as lines:
        texts = [line.text for line in lines]
        assert texts == ["M\u00e9xico", "M\u00e9xico", "Child\u2019s", "\ufffd"]
        assert lines.windows_1252 == 3


def test_nul_bytes_are_left_out_and_counted(raw: Write) -> None:
    with open_lines(raw(b"a\0b\n\0\0\nc\n")) as lines:
        assert [line.text for line in lines] == ["ab", "", "c"]
        assert lines.nul == 2


def test_a_line_that_is_too_long_is_cut_and_costs_no_other_line(raw: Write) -> None:
    first, second, third = read(raw(b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n"))
    assert (first, third) == (Line(1, "a"), Line(3, "b"))
    assert (second.number, second.too_long, second.ended) == (2, True, True)
    assert len(second.text) == LONGEST_LINE + 1


def test_a_last_line_that_is_too_long_has_no_end(raw: Write) -> None:
    (line,) = read(raw(b"x" * (LONGEST_LINE + 2)))
    assert (line.too_long, line.ended) == (True, False)


def test_position_reaches_the_size(raw: Write) -> None:
    with open_lines(raw(b"a\n" * 50_000)) as lines:
        assert lines.size == 100_000
        positions = [lines.position for _ in lines]
        assert positions == sorted(positions)
        assert positions[-1] == 100_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b"ID\n", mtime=0), "gzip"),
        (b"\xff\xfeI\0D\0", "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel workbook"),
        (b"BZh91AY", "bzip2"),
    ],
)
def test_other_kinds_of_files_are_named(raw: Write, content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(raw(content))


def test_a_zip_archive_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some.csv", "w") as archive:
        archive.writestr("data.csv", "ID\n")
    with pytest.raises(BadInput, match=r"^some.csv is a zip archive or an Excel workbook; unpack it"):
        read(tmp_path / "some.csv")


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none.csv does not exist; give the path of the CSV file$"):
        read(tmp_path / "none.csv")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"is a folder; give the CSV file itself$"):
        read(tmp_path)


def test_a_file_in_a_file(raw: Write) -> None:
    with pytest.raises(BadInput, match=r"cannot be read|does not exist"):
        read(raw(b"") / "x.csv")


def test_a_device() -> None:
    with pytest.raises(BadInput, match=r"^null is not a regular file"):
        read(Path("/dev/null"))


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read(Path(name))


def test_no_permission(raw: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    file = raw(b"ID\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInput, match="may not be read; ask for permission"):
        read(file)
