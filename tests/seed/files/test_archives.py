import zipfile
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.files import archives
from seed.files.archives import open_text


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "some.zip"


def packed(archive: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return archive


def test_the_only_text_file_of_an_archive_is_read(archive: Path) -> None:
    packed(archive, folder__some_csv=b"a\nM\xe9xico\n", readme=b"no table")
    with open_text(archive) as lines:
        assert [line.text for line in lines] == ["a", "M\u00e9xico"]
        assert (lines.windows_1252, lines.size, lines.position) == (1, 9, 9)


def test_a_file_that_is_no_archive_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    file.write_text("a\nb\n")
    with open_text(file) as lines:
        assert [line.text for line in lines] == ["a", "b"]


def test_an_archive_must_hold_one_text_file(archive: Path) -> None:
    for members, number in (({"readme": b""}, "no"), ({"a_csv": b"", "b_csv": b""}, "2")):
        with pytest.raises(BadInput, match=f"holds {number} CSV files"), open_text(packed(archive, **members)):
            pass


def test_a_workbook_is_told_from_an_archive(archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("[Content_Types].xml", "")
    with pytest.raises(BadInput, match="is an Excel workbook"), open_text(archive):
        pass


def test_a_bomb_is_refused_by_its_size(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(archive, some_csv=b"a" * 20_000_000)
    with pytest.raises(BadInput, match="would unpack to 20,000,000 bytes"), open_text(archive):
        pass
    monkeypatch.setattr(archives, "MOST_TIMES", 10_000)
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    with pytest.raises(BadInput, match="would unpack to 20,000,000 bytes"), open_text(archive):
        pass


def test_too_many_files_are_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)
    with pytest.raises(BadInput, match="holds 2 files"), open_text(packed(archive, a_csv=b"", b=b"")):
        pass


def test_an_archive_that_is_damaged_or_locked_is_told(archive: Path) -> None:
    whole = packed(archive, some_csv=b"a,b\n" * 10_000).read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="is damaged"), open_text(archive):
        pass
    wrong = bytearray(whole)
    wrong[60:70] = bytes(10)
    archive.write_bytes(wrong)
    with pytest.raises(BadInput, match="is damaged"), open_text(archive) as lines:
        list(lines)
    locked = bytearray(whole)
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(locked)
    with pytest.raises(BadInput, match="protected by a password"), open_text(archive):
        pass
