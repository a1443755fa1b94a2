"""Writes the made-up HHS releases: one row a placement, as a newspaper published them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

from seed.made_files.answers import NearEmployers
from seed.made_files.faults import (
    Effect,
    Fault,
    Values,
    blank_line,
    missing_fields,
    nul_byte,
    repeated_row,
    rewritten,
    shifted_columns,
    trailing_delimiters,
    unclosed_quotation_mark,
    unquoted_delimiter,
    unquoted_line_break,
    windows_1252,
    written_as,
)
from seed.made_files.forms import Form
from seed.made_files.lines import LineFile
from seed.made_files.rows import BlockRows, Node
from seed.synthetic.placements import UNRELATED

FILE = "hhs-releases.csv"
ID, COUNTRY, SEX, ENTERED, RELEASED, ZIP, CATEGORY, RELATIONSHIP = COLUMNS = (
    "ID",
    "Child's Country of Origin",
    "Child's Gender",
    "Child's Date of Entry",
    "Child's Date of Release",
    "Sponsor Zipcode",
    "Sponsor Category",
    "Relationship of Sponsor",
)
DOUBLED = (1905, 3787)
"""The record numbers that the published file gives to two children each."""
_CALLED: Mapping[str, tuple[str, ...]] = {
    "PARENT": ("Mother", "Father", "Mother"),
    "LEGAL_GUARDIAN": ("Legal Guardian",),
    "STEPPARENT": ("Stepfather", "Stepmother"),
    "GRANDPARENT": ("Grandmother", "Grandfather"),
    "SIBLING": ("Brother", "Sister", "Half-Brother"),
    "AUNT_UNCLE": ("Aunt", "Uncle"),
    "COUSIN": ("First Cousin", "Cousin"),
    "OTHER_RELATIVE": ("Other Relative", "Brother-in-law"),
    "FAMILY_FRIEND": ("Family Friend",),
    "UNRELATED": ("Unrelated Sponsor",),
}
_FRIEND = "Family Friend"


def _entered_late(form: Form, values: Values) -> bytes:
    """Return a row whose child entered ten days after its release."""
    month, day, year = map(int, values[RELEASED].split("/"))
    later = date.fromordinal(date(2000 + year, month, day).toordinal() + 10)
    return form.line({**values, ENTERED: _day(later)})


FAULTS: tuple[Fault, ...] = (
    written_as("day_that_does_not_exist", RELEASED, "02/30/22"),
    written_as("day_before_1990", ENTERED, "01/01/1900"),
    written_as("day_in_the_future", RELEASED, "06/15/2925"),
    written_as("text_for_a_day", ENTERED, "UNK DATE"),
    written_as("text_for_a_zip_code", ZIP, "TX"),
    written_as("unknown_category", CATEGORY, "7"),
    written_as("unknown_relationship", RELATIONSHIP, "Godchild"),
    written_as("unknown_sex", SEX, "X"),
    written_as("blank_id", ID, "", Effect.ROW),
    written_as("text_for_an_id", ID, "see notes", Effect.ROW),
    Fault(
        "relationship_as_category",
        Effect.VALUE,
        lambda form, values: form.line({**values, CATEGORY: _FRIEND, RELATIONSHIP: ""}),
        CATEGORY,
        lambda values: values[RELATIONSHIP] == _FRIEND,
    ),
    Fault("entry_after_release", Effect.CHANGED, _entered_late, ENTERED, lambda values: values[RELEASED][-2:] < "24"),
    missing_fields(),
    shifted_columns(),
    unquoted_delimiter(COUNTRY),
    unquoted_line_break(COUNTRY),
    unclosed_quotation_mark(COUNTRY),
    repeated_row(),
    rewritten("lost_leading_zero", ZIP, lambda text: text.lstrip("0"), lambda text: text.startswith("0")),
    rewritten("zip_plus_four", ZIP, lambda text: f"{text}-1234"),
    rewritten("quoted_line_break", RELATIONSHIP, lambda text: text.replace(" ", "\r\n"), lambda text: " " in text),
    rewritten("blank_padding", COUNTRY, lambda text: f"{text}      "),
    nul_byte(COUNTRY),
    windows_1252(SEX),
    trailing_delimiters(),
    blank_line(),
)


class _Release(NamedTuple):
    values: dict[str, str]
    placement: Node
    postal_code: str


class Releases:
    """Writes the rows of blocks, numbered from 1, and collects what their rows add to an answer."""

    def __init__(self, folder: Path, near: NearEmployers, *, rate: float, seed: int) -> None:
        self._rng = Random(f"{seed}/hhs-releases")
        self._near = near
        self._next = 1
        self._twins: deque[tuple[int, Values | None]] = deque()
        self.file = LineFile(folder / FILE, Form(COLUMNS, ","), FAULTS, rate=rate, rng=self._rng)

    def write(self, block: BlockRows, codes: Mapping[str, str]) -> None:
        """Write the placements of a block; `codes` are postal codes by the key of their area."""
        for release in self._releases(block, codes):
            if not self._write_double(release):
                self._write(release)

    def end(self) -> None:
        """Write what the file ends with."""
        self.file.end()

    def _releases(self, block: BlockRows, codes: Mapping[str, str]) -> Iterator[_Release]:
        placements = block.nodes("Placement")
        for key, child in block.nodes("Child").items():
            for at in block.ends("HAS_PLACEMENT", "Child", key):
                placement = placements[at]
                [area] = block.ends("RELEASED_IN", "Placement", at)
                values = {
                    COUNTRY: child["countryOfBirth"],
                    SEX: child["sex"][:1],
                    ENTERED: _day(child["enteredOn"]),
                    RELEASED: _day(placement["releasedOn"]),
                    ZIP: codes[area],
                    CATEGORY: (placement["sponsorCategory"] or "")[:1],
                    RELATIONSHIP: self._rng.choice(_CALLED[placement["relationship"]]),
                }
                yield _Release(values, placement, codes[area])

    def _write(self, release: _Release) -> None:
        number = self._number()
        left = self.file.add({ID: str(number), **release.values})
        placement = release.placement
        if left and left[RELATIONSHIP] and left[RELEASED] and left[ZIP] and placement["relationship"] in UNRELATED:
            self._near.release(f"hhs-releases-{number}", placement["releasedOn"], release.postal_code)

    def _number(self) -> int:
        """Return the next record number; those that two children have are kept for two of whom no answer tells."""
        number = self._next
        self._next += 1
        if number in DOUBLED and self.file.faulty:
            self._twins += [(number, None)]
            return self._number()
        return number

    def _write_double(self, release: _Release) -> bool:
        """Write a row under a number of two rows, if one is waiting and no answer tells of the row."""
        if not self._twins or release.placement["relationship"] in UNRELATED:
            return False
        number, first = self._twins[0]
        values = {ID: str(number), **release.values}
        if first == values:
            return False
        if first is None:
            self._twins[0] = (number, values)
        else:
            self._twins.popleft()
        self.file.note("doubled_id", Effect.DOUBLED, [self.file.next], column=ID)
        self.file.add(values, sound=True)
        return True


def _day(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year % 100:02d}"
