"""Releases: rows of the file converted to the model's values, with what is unknown and what was wrong."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import NamedTuple

from seed.files.dates import read_date
from seed.files.rejects import Note
from seed.files.rows import Row
from seed.files.values import bare, is_blank, read_zip
from seed.hhs_releases.rows import COLUMNS
from seed.hhs_releases.values import (
    read_category,
    read_country,
    read_id,
    read_relationship,
    read_sex,
)

FACTS = COLUMNS[1:]

TextReading = tuple[str | None, str]
Reading = TextReading | tuple[date | None, str]


class Release(NamedTuple):
    """One row: its position, its record number, its facts, and the notes on them.

    `unknown` are the columns whose fact is unknown. `identity` distinguishes rows with the same record number. It holds
    the facts however they are written, but country and relationship by their words, as a mother and a father differ.
    """

    row: int
    id: str
    country: str | None
    sex: str | None
    entered_on: date | None
    released_on: date | None
    postal_code: str | None
    category: str | None
    relationship: str | None
    unknown: tuple[str, ...]
    notes: tuple[Note, ...]
    identity: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Ten hexadecimal digits made from the identity."""
        return sha256("\x1f".join(self.identity).encode()).hexdigest()[:10]


class ReleaseReader:
    """Reads rows into releases; `today` is the latest day on which something can have happened."""

    def __init__(self, *, today: date) -> None:
        self._today = today

    def read(self, row: Row) -> Release | Note:
        """Return the release, or the note that says why the row has no record number."""
        number, reason = read_id(row.values[0])
        if number is None:
            return Note(row.number, COLUMNS[0], row.values[0], f"{reason}: the row was not imported")
        texts = row.values[1:]
        country, sex = read_country(texts[0]), read_sex(texts[1])
        entered, released = read_date(texts[2], self._today), read_date(texts[3], self._today)
        area = read_zip(texts[4])
        category, relationship = _category_and_relationship(texts[5], texts[6])
        readings: list[Reading] = [country, sex, entered, released, area, category, relationship]
        notes = [
            Note(row.number, column, text, note)
            for column, text, (_, note) in zip(FACTS, texts, readings, strict=True)
            if note
        ]
        if not row.ended and notes and notes[-1].column == COLUMNS[-1]:
            notes[-1] = notes[-1]._replace(reason=f"{notes[-1].reason}; the file ends here, perhaps too early")
        if entered[0] and released[0] and released[0] < entered[0]:
            reason = "is before the date of entry; both were imported as written"
            notes.append(Note(row.number, FACTS[3], texts[3], reason))
        return Release(
            row.number,
            number,
            country[0],
            sex[0],
            entered[0],
            released[0],
            area[0],
            category[0],
            relationship[0],
            tuple(column for column, (value, _) in zip(FACTS, readings, strict=True) if value is None),
            tuple(notes),
            (
                _written(texts[0]),
                *(str(value or _written(text)) for (value, _), text in zip(readings[1:6], texts[1:6], strict=True)),
                _written(texts[6]),
            ),
        )


def _category_and_relationship(category: str, relationship: str) -> tuple[TextReading, TextReading]:
    """Read both columns; a relationship in the category's column is read as a relationship."""
    readings = read_category(category), read_relationship(relationship)
    if not readings[0][1]:
        return readings
    stray, _ = read_relationship(category)
    if stray is None:
        return readings
    reason = "is a relationship and no category"
    if not is_blank(bare(relationship)):
        return (None, reason), readings[1]
    return (None, f"{reason}; it was imported as the relationship"), (stray, "")


def _written(text: str) -> str:
    written = bare(text).casefold()
    return "" if is_blank(written) else written
