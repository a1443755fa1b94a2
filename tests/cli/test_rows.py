from __future__ import annotations

import pytest

from cli.rows import write_list, write_table
from tests.cli.conftest import Command

KEY = "syn-sponsor-000200377"
HEARING = f"2019-06-20 MASTER MISSED 2019-06-07 ({KEY})"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.usefixtures("narrow")
def test_cells_are_wrapped_between_words(capsys: pytest.CaptureFixture[str]) -> None:
    write_table("T", ["child", "hearing", "daysSinceHearing"], [[f"Ana Ramírez ({KEY})", HEARING, 1807]])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert out.count(f"({KEY})") == 2
    assert "1,807" in out
    assert "\N{BOX DRAWINGS LIGHT VERTICAL}" in out


@pytest.mark.usefixtures("narrow")
def test_where_a_word_does_not_fit_rows_are_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["child", "sponsor", "placement", "daysSinceHearing"]
    write_table("T", names, [[KEY * 2, KEY, f"2019-06-20 {HEARING}", 1807], [KEY, None, True, "x" * 200]])
    title, *lines = capsys.readouterr().out.splitlines()
    assert title == "T"
    assert lines[:6] == [
        "-" * 80,
        f"child             {KEY * 2}",
        f"sponsor           {KEY}",
        "placement         2019-06-20 2019-06-20 MASTER MISSED 2019-06-07",
        f"                  ({KEY})",
        "daysSinceHearing  1,807",
    ]
    assert lines[8:] == ["sponsor           unknown", "placement         yes", f"daysSinceHearing  {'x' * 200}"]


def test_elsewhere_a_table_is_as_wide_as_its_rows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    write_table("T", ["a", "b", "c"], [[HEARING, HEARING, HEARING]])
    assert f"{HEARING} \N{BOX DRAWINGS LIGHT VERTICAL} {HEARING}" in capsys.readouterr().out


@pytest.mark.usefixtures("narrow")
def test_a_list_fits(capsys: pytest.CaptureFixture[str]) -> None:
    write_list("L", [("name\x1b", ["word " * 40, ""])])
    out = capsys.readouterr().out
    assert out.startswith("L\nname\N{REPLACEMENT CHARACTER}\n  word word")
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("columns", ["80", "50", ""])
def test_the_list_of_questions_fits(alone: Command, columns: str) -> None:
    done = alone("query", environment={"COLUMNS": columns})
    assert "sponsorsWithMultipleChildren\n" in done.out
    assert max(map(len, done.out.splitlines())) <= int(columns or 80)
