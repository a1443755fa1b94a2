"""E-mails: what is attached to them, what is in them, and what is in what is attached."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from graph.errors import BadInput
from seed.spreadsheets.mail import DEEPEST, is_mail, read_mail
from tests.seed.spreadsheets.conftest import WriteBook
from tests.seed.spreadsheets.outlook import compound
from tests.seed.spreadsheets.outlook import message as outlook

SENT = datetime(2024, 3, 8, 22, 12, tzinfo=UTC)
LIST = b"A#,Court date\nA900000011,03/05/2024\n"
CELLS = [["A#", "Court date"], ["A900000011", "03/05/2024"]]


def message(text: str = "see attached", *, id_: str = "<7@court.example>", html: str = "") -> EmailMessage:
    one = EmailMessage()
    one["From"] = "Court Clerk <clerk@court.example>"
    one["Date"] = SENT
    one["Message-ID"] = id_
    one.set_content(text)
    if html:
        one.add_alternative(html, subtype="html")
    return one


def attach(one: EmailMessage, data: bytes, name: str) -> EmailMessage:
    one.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return one


def found(name: str, data: bytes) -> list[tuple[str, str, list[list[object]]]]:
    return [
        (document.name, table.name, [list(row.cells) for row in table.rows])
        for document in read_mail(name, data)
        for table in document.tables
    ]


def test_an_attachment_is_read_and_the_message_is_known() -> None:
    data = attach(message(), LIST, "list.csv").as_bytes()
    assert is_mail("anything", data)
    assert found("m.eml", data) == [("m.eml", "list.csv", CELLS)]
    [document] = read_mail("m.eml", data)
    assert document.mail is not None
    assert (document.mail.sender, document.mail.sent, document.mail.id) == (
        "clerk@court.example",
        SENT,
        "7@court.example",
    )


def test_an_attached_workbook_is_read_sheet_by_sheet(book: WriteBook) -> None:
    file = book(One=CELLS, Two=CELLS)
    data = attach(message(), file.read_bytes(), "list.xlsx").as_bytes()
    assert [name for _, name, _ in found("m.eml", data)] == ["list.xlsx: One", "list.xlsx: Two"]


def test_a_table_in_the_html_goes_before_the_same_in_the_text() -> None:
    html = "<table><tr><th>A#</th><th>Court date</th></tr><tr><td>A900000011</td><td>03/05/2024</td></tr></table>"
    data = message("A#\tCourt date\nA900000011\t03/05/2024\n", html=html).as_bytes()
    assert found("m.eml", data) == [("m.eml", "table 1", CELLS)]
    assert found("m.eml", message("A#\tCourt date\nA900000011\t03/05/2024\n", html="<p>x</p>").as_bytes()) == [
        ("m.eml", "table 1", CELLS)
    ]


def test_an_attachment_of_an_attached_message_is_read() -> None:
    outer = message("forwarded", id_="<8@office.example>")
    outer.add_attachment(attach(message(), LIST, "list.csv"))
    again = attach(message("and again", id_="<9@office.example>"), outer.as_bytes(), "fwd.eml")
    documents = read_mail("m.eml", again.as_bytes())
    assert [document.mail.id for document in documents if document.mail] == [
        "9@office.example",
        "8@office.example",
        "7@court.example",
    ]
    assert [len(document.tables) for document in documents] == [0, 0, 1]


def test_a_mailbox_has_a_document_for_each_message() -> None:
    first = attach(message(id_="<1@x>"), LIST, "a.csv").as_bytes()
    second = message("A#\tCourt date\nA900000012\t03/06/2024\n", id_="<2@x>").as_bytes()
    lines = b"From clerk@court.example Fri Mar  8 22:12:00 2024\n"
    data = lines + first + b"\n" + lines + second
    assert is_mail("x", data)
    assert [(name, table) for name, table, _ in found("all.mbox", data)] == [
        ("all.mbox, message 1", "a.csv"),
        ("all.mbox, message 2", "table 1"),
    ]


def test_an_outlook_message_is_read_with_what_is_attached(tmp_path: Path) -> None:
    inner = outlook(text="A#\tCourt date\nA900000011\t03/05/2024\n", message_id="<8@court.example>", inner=True)
    file = compound(tmp_path / "m.msg", outlook(attachments=[("list.csv", LIST), ("forwarded", inner)]))
    data = file.read_bytes()
    assert is_mail("m.msg", data)
    assert [(table, cells) for _, table, cells in found("m.msg", data)] == [("list.csv", CELLS), ("table 1", CELLS)]
    assert [document.mail for document in read_mail("m.msg", data)] == [
        ("clerk@court.example", SENT, "7@court.example"),
        ("clerk@court.example", SENT, "8@court.example"),
    ]
    outer = attach(message(), data, "m.msg").as_bytes()
    assert [table for _, table, _ in found("m.eml", outer)] == ["list.csv", "table 1"]


def test_an_email_without_attachment_and_table_is_refused() -> None:
    with pytest.raises(BadInput, match=r"m\.eml has no attached spreadsheet and no table in its text; attach or paste"):
        read_mail("m.eml", message("Nobody missed a hearing this week.").as_bytes())


def test_what_else_is_attached_is_told() -> None:
    one = attach(message(), b"%PDF-1.7", "letter.pdf")
    with pytest.raises(BadInput, match=r"The attachment letter\.pdf is no spreadsheet and was not read"):
        read_mail("m.eml", one.as_bytes())
    [document] = read_mail("m.eml", attach(one, LIST, "list.csv").as_bytes())
    assert list(document.told) == ["The attachment letter.pdf is no spreadsheet and was not read"]


def test_a_bomb_that_is_attached_is_not_unpacked(book: WriteBook) -> None:
    import io
    import zipfile

    data = io.BytesIO(book(List=CELLS).read_bytes())
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(30_000_000))
    with pytest.raises(BadInput, match=r"list\.xlsx would unpack to 30,000,000 bytes"):
        read_mail("m.eml", attach(message(), data.getvalue(), "list.xlsx").as_bytes())


def test_messages_within_messages_end_somewhere() -> None:
    one = message()
    for _ in range(DEEPEST + 2):
        outer = message("fwd")
        outer.add_attachment(one)
        one = outer
    with pytest.raises(BadInput, match="too many parts within parts"):
        read_mail("m.eml", one.as_bytes())


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "nonsense"])
def test_accents_survive_whatever_the_message_says(charset: str) -> None:
    text = "A#\tName\nA900000011\tNúñez\n".encode("utf-8" if charset == "utf-8" else "iso-8859-1")
    data = b"From: a@x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\n" + text
    assert found("m.eml", data)[0][2][1] == ["A900000011", "Núñez"]


def test_a_damaged_message_is_told(tmp_path: Path) -> None:
    file = compound(tmp_path / "m.msg", {"__properties_version1.0": b"x" * 5_000})
    with pytest.raises(BadInput, match=r"m\.msg is damaged|has no attached"):
        read_mail("m.msg", file.read_bytes())
