"""Tables as people paste them into e-mails."""

from __future__ import annotations

import pytest

from seed.spreadsheets.text_tables import html_tables, text_tables

TABLE = [["A-Number", "Hearing date", "Court"], ["A900000011", "03/05/2024", "Houston"], ["A900000012", "", "Dallas"]]


@pytest.mark.parametrize(
    "text",
    [
        "Hello,\n\nA-Number\tHearing date\tCourt\nA900000011\t03/05/2024\tHouston\nA900000012\t\tDallas\n\nRegards\n",
        "| A-Number | Hearing date | Court |\n|---|---|---|\n"
        "| A900000011 | 03/05/2024 | Houston |\n| A900000012 | | Dallas |",
        "A-Number     Hearing date  Court\n-----------  ------------  -------\n"
        "A900000011   03/05/2024    Houston\nA900000012                 Dallas\n",
        "> > A-Number     Hearing date  Court\n> > A900000011   03/05/2024    Houston\n"
        "> > A900000012                 Dallas\n",
    ],
    ids=["tabs", "pipes", "aligned", "quoted"],
)
def test_a_table_in_plain_text_is_read(text: str) -> None:
    assert text_tables(text) == [TABLE]


def test_prose_is_no_table() -> None:
    assert text_tables("Dear all,\n\nplease see below.\nThanks | Ana\n\n-- \nClerk") == []


def test_an_html_table_is_read_with_its_spans() -> None:
    html = (
        "<table><tr><td><table><tr><th>A-Number</th><th>Court</th><th>Day</th></tr>"
        "<tr><td>1</td><td rowspan=2>Hous&shy;ton&nbsp;TX</td><td><p>3/5</p><p>2024</p></td></tr>"
        "<tr><td>2</td><td></td></tr><tr><td colspan='2'>none</td><td>x</td></tr></table></td></tr></table>"
    )
    assert html_tables(html) == [
        [
            ["A-Number", "Court", "Day"],
            ["1", "Hous\xadton TX", "3/5 2024"],
            ["2", "Hous\xadton TX", ""],
            ["none", "", "x"],
        ]
    ]


def test_an_html_text_without_a_table_has_none() -> None:
    assert html_tables("<p>a</p><table><tr><td>only a frame</td></tr></table>") == []
