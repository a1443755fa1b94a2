"""Suggests a first mapping from a table's header and values, and says how sure it is of each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from graph.errors import BadInput
from graph.model import RECORDS, Enumeration, Property
from seed.files.values import clean, is_blank
from seed.spreadsheets.cells import DAY_FIRST, MONTH_FIRST, Cell, is_empty, reader_of, text_of
from seed.spreadsheets.importing import Opened
from seed.spreadsheets.suggested_text import written
from seed.spreadsheets.tables import Table, TableRow, named_columns
from seed.spreadsheets.vocabulary import CODE_WORDS, LABELS, OWN_NUMBER, WHOLE_NAMES, WORDS

SEARCHED, TRIED, SHOWN = 50, 500, 10
"""In how many rows the header is looked for, how many rows' values are tried, and how many are shown."""
LEAST_SURE = 0.7
_PLAIN = re.compile(r"[^a-z0-9]+")
_IN_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", re.ASCII)
_A_NUMBER = re.compile(r"A[- ]?\d{3}[- ]?\d{3}[- ]?\d{3}", re.ASCII | re.IGNORECASE)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?", re.ASCII)
_PHONE = re.compile(r"(?:\+?1[- .]?)?\(?\d{3}\)?[- .]\d{3}[- .]\d{4}", re.ASCII)
_PATTERNS = {"child.aNumber": _A_NUMBER, "address.postalCode": _ZIP, "phone.number": _PHONE}
"""Values that say by themselves what they are."""


@dataclass(frozen=True, slots=True)
class SuggestedColumn:
    """What a column seems to feed (nothing, if `target` is empty), from 0 to 1 how sure that is, and why.

    `codes` are what an office's words seem to mean; `None` where nobody can tell.
    """

    name: str
    target: str
    sure: float
    why: str
    codes: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A first mapping for a table: its text, its columns, and the first rows as they are."""

    table: str
    header: int
    columns: Sequence[SuggestedColumn]
    rows: Sequence[Sequence[str]]
    text: str

    def lines(self) -> Iterator[str]:
        """Yield a line for each column."""
        for column in self.columns:
            what = f"{column.target} ({column.sure:.0%} sure: {column.why})" if column.target else column.why
            yield f"{column.name}: {what}"


def suggest(opened: Opened, *, today: date) -> Suggestion:
    """Suggest a mapping for the table of a file that looks most like one; raises `BadInput` if there is none."""
    tables = [table for document in opened.documents for table in document.tables if not table.hidden]
    found = [(score, table, row) for table in tables for score, row in [_header(table)] if row]
    if not found:
        raise BadInput(f"{opened.name} has no table with a header; give the sheet a row with the columns' names")
    _, table, header = max(found, key=lambda one: one[0])
    [row] = [one for one in table.rows if one.number == header]
    names = named_columns(row.cells)
    below = [one for one in table.rows if one.number > header and not all(is_empty(cell) for cell in one.cells)]
    values = [_values(below[:TRIED], place) for place in range(len(names))]
    kept = [place for place, name in enumerate(names) if values[place] or not name.startswith("column ")]
    order = _order([text for place in kept for text in values[place]])
    columns = _Columns([names[place] for place in kept], [values[place] for place in kept], order, today).suggested()
    shown = [[clean(text_of(_cell(one, place))) for place in kept] for one in below[:SHOWN]]
    sheet = table.name if len(tables) > 1 and not any(document.mail for document in opened.documents) else ""
    return Suggestion(table.name, header, columns, shown, written(opened.name, sheet, order, columns))


def _cell(row: TableRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else ""


def _values(rows: Sequence[TableRow], place: int) -> list[Cell]:
    found = [_cell(row, place) for row in rows]
    return [cell for cell in found if not is_empty(cell) and not is_blank(clean(text_of(cell)))]


def _plain(text: str) -> str:
    return " ".join(_PLAIN.sub(" ", text.casefold().replace("#", " number ").replace("'s", "")).split())


_CHOICES = [(target, _plain(word)) for target, words in WORDS.items() for word in words]


def _named(name: str) -> dict[str, float]:
    """Return the targets that a column's name may mean, from 0 to 1."""
    plain = _plain(name)
    found: dict[str, float] = {}
    for target, word in _CHOICES if plain else ():
        found[target] = max(found.get(target, 0.0), fuzz.token_sort_ratio(plain, word) / 100)
    return found


def _header(table: Table) -> tuple[float, int]:
    """Return how much the most likely header looks like one, and its row; 0 if there is none."""
    best = (0.0, 0)
    for row in table.rows[:SEARCHED]:
        names = [text_of(cell) for cell in row.cells if isinstance(cell, str) and not is_empty(cell)]
        if len(names) < 2 or len(row.cells) > 1_000:
            continue
        sure = [max(_named(name).values(), default=0.0) for name in names]
        best = max(best, (sum(one for one in sure if one >= LEAST_SURE), row.number), key=lambda one: one[0])
    return best


def _order(values: Sequence[Cell]) -> str:
    """Return the order of dates in numbers: that in which more of them exist."""
    parts = [match for cell in values if isinstance(cell, str) and (match := _IN_NUMBERS.match(cell.strip()))]
    days_first = sum(int(one[1]) > 12 >= int(one[2]) for one in parts)
    months_first = sum(int(one[2]) > 12 >= int(one[1]) for one in parts)
    return DAY_FIRST if days_first > months_first else MONTH_FIRST


class _Columns:
    """Gives each column what it most likely feeds, and each property to one column."""

    def __init__(self, names: Sequence[str], values: Sequence[Sequence[Cell]], order: str, today: date) -> None:
        self._names = names
        self._values = values
        self._order = order
        self._today = today

    def suggested(self) -> list[SuggestedColumn]:
        """Return a suggestion for each column."""
        scores = [self._scores(place) for place in range(len(self._names))]
        records = {max(one, key=one.__getitem__).split(".")[0] for one in scores if one and max(one.values()) > 0.85}
        for one in scores:
            for target in one:
                owner = target.split(".")[0]
                if owner in LABELS and owner not in records:
                    one[target] -= 0.05  # Of two meanings, the one of a record that has other columns is likelier.
        chosen: dict[int, str] = {}
        ranked = sorted(((sure, place, target) for place, one in enumerate(scores) for target, sure in one.items()))
        for sure, place, target in reversed(ranked):
            if sure >= LEAST_SURE and place not in chosen and target not in chosen.values():
                chosen[place] = target
        return [self._column(place, chosen.get(place, ""), scores[place]) for place in range(len(self._names))]

    def _scores(self, place: int) -> dict[str, float]:
        found = {}
        values = self._values[place]
        for target, name in _named(self._names[place]).items():
            if name < LEAST_SURE:
                continue
            fit = self._fit(target, values)
            found[target] = name if fit is None else name * (0.4 + 0.6 * fit)
        for target, pattern in _PATTERNS.items():
            texts = [clean(text_of(cell)) for cell in values]
            share = sum(bool(pattern.fullmatch(text)) for text in texts) / len(texts) if texts else 0
            if share > 0.8:
                found[target] = max(found.get(target, 0.0), 0.8 * share)
        return found

    def _fit(self, target: str, values: Sequence[Cell]) -> float | None:
        """Return the share of values that can be read as the property, or `None` if there is nothing to try."""
        prop = _property(target)
        if prop is None or not values:
            return None
        if isinstance(prop.type, Enumeration):
            return sum(code is not None for code in self._meant(prop.type, values).values()) / len(self._words(values))
        read = reader_of(LABELS[target.split(".")[0]], prop, self._order, None, self._today)
        return sum(read(cell)[0] is not None for cell in values) / len(values)

    def _words(self, values: Sequence[Cell]) -> list[str]:
        return list(dict.fromkeys(clean(text_of(cell)) for cell in values))

    def _meant(self, enumeration: Enumeration, values: Sequence[Cell]) -> dict[str, str | None]:
        """Return the value of an enumeration that each word seems to mean."""
        prop = Property("", enumeration, "")
        read = reader_of("", prop, self._order, None, self._today)
        words = {**{_plain(one): one for one in enumeration.values}, **CODE_WORDS.get(enumeration.name, {})}
        found: dict[str, str | None] = {}
        for word in self._words(values):
            close = process.extractOne(_plain(word), list(words), scorer=fuzz.token_set_ratio, score_cutoff=85)
            found[word] = read(word)[0] or (words[close[0]] if close else None)
        return found

    def _column(self, place: int, target: str, scores: dict[str, float]) -> SuggestedColumn:
        name, values = self._names[place], self._values[place]
        if not target:
            return SuggestedColumn(name, "", 0.0, "nothing that is known here", {})
        fit = self._fit(target, values)
        named = _named(name).get(target, 0.0)
        why = "by its name" if named >= LEAST_SURE else "by its values"
        if fit is not None and named >= LEAST_SURE:
            why = f"by its name, and {fit:.0%} of its values fit"
        prop, codes = _property(target), {}
        if prop is not None and isinstance(prop.type, Enumeration) and len(self._words(values)) <= 50:
            read = reader_of("", prop, self._order, None, self._today)
            codes = {word: code for word, code in self._meant(prop.type, values).items() if read(word)[0] is None}
        return SuggestedColumn(name, target, min(1.0, scores[target]), why, codes)


def _property(target: str) -> Property | None:
    if target == OWN_NUMBER or target in WHOLE_NAMES:
        return None
    record, name = target.split(".")
    return RECORDS.node(LABELS[record]).named(name)
