from __future__ import annotations

import re

import pytest

from graph.errors import QueryFileError
from graph.model import MODEL
from queries.library import load_library
from queries.library.cypher_text import significant
from queries.library.question import Question
from queries.library.shown import owners
from queries.library.structure import last_returns
from tests.queries.files import HEADER, declared

LINE = "//   childCount: Int! -- Their children."


def column(text: str) -> Question:
    return declared(HEADER.replace(LINE, f"//   {text}"))


def test_a_column_declares_the_properties_that_it_shows() -> None:
    [_, counted] = column("childCount: Int! of Sponsor.childCount -- Their children.").columns
    assert counted.of == (("Sponsor", "childCount"),)
    assert declared().columns[1].of == ()
    either = column("childCount: Date of RESIDES_AT.since or Placement.releasedOn -- A day.").columns[1]
    assert either.of == (("RESIDES_AT", "since"), ("Placement", "releasedOn"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("childCount: String! of Address.deliverability -- Fault.", ("Address", "deliverability")),
        ("childCount: Date of Notification.sentAt -- Day of an instant.", ("Notification", "sentAt")),
        ("childCount: DateTime of Notification.sentAt -- An instant.", ("Notification", "sentAt")),
        ("childCount: Boolean of Sponsor.identityVerified -- A mark.", ("Sponsor", "identityVerified")),
        ("childCount: String of Sponsor.key -- A key.", ("Sponsor", "key")),
    ],
)
def test_types_agree(text: str, wanted: tuple[str, str]) -> None:
    assert column(text).columns[1].of == (wanted,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "childCount: Int! of Sponser.childCount -- X.",
            "the model has no label or relationship type Sponser (did you mean Sponsor?)",
        ),
        ("childCount: Int! of Sponsor.childCont -- X.", "Sponsor has no property childCont (did you mean childCount?)"),
        ("childCount: Int! of Sponsor -- X.", "Sponsor has no property of no name"),
        (
            "childCount: Int! of Sponsor.lastName -- X.",
            "childCount is Int, and Sponsor.lastName is not; make it String",
        ),
        ("childCount: String of Address.location -- X.", "Address.location is not; a column cannot show it"),
        ("childCount: Int! of -- X.", "this is no column"),
    ],
)
def test_what_a_column_cannot_show_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryFileError, match=re.escape(message)):
        column(text)


@pytest.mark.parametrize("question", list(load_library()), ids=lambda question: question.name)
def test_every_column_that_is_a_property_says_so(question: Question) -> None:
    """In the last RETURN, `placement.releasedOn AS releasedOn` shows a property and nothing else."""
    tokens = significant(question.body)
    known = owners(MODEL)
    for returning in last_returns(tokens):
        for item in returning.items:
            made = tokens[item.start : item.end]
            if len(made) == 5 and made[1].is_symbol(".") and made[3].is_word("AS"):
                shown = {name for _, name in question.column(item.name).of}
                assert made[2].name in shown, f"{item.name} shows a property {made[2].name}"
    for column in question.columns:
        assert all(name in known[owner] for owner, name in column.of)
