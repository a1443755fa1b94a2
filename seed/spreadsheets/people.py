"""Tells whether two records can be the same person, and who is on record twice in different parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from graph.text import BETWEEN, clean, fold

PEOPLE = frozenset({"Child", "Sponsor", "HouseholdMember"})
PERSONAL = ("firstName", "lastName", "dateOfBirth")


class Person(NamedTuple):
    """What is known of a person: given names, family names, and the day of birth."""

    first: str | None
    last: str | None
    born: date | None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Person:
        """Return the person that a record describes."""
        return cls(*(values.get(name) for name in PERSONAL))

    @property
    def whole(self) -> tuple[date, str, str] | None:
        """The day of birth and the folded names, if all are known."""
        if self.born is None or not self.first or not self.last:
            return None
        return self.born, f"{fold(self.last)}{BETWEEN}", f"{fold(self.first)}{BETWEEN}"


def fits(one: Person, other: Person) -> bool:
    """Tell whether two records with the same number can be about the same person.

    Given names must not differ; of family names and day of birth, at most one may, and something must agree unless
    nothing can be compared.
    """
    first = _agree(one.first, other.first)
    last = _agree(one.last, other.last)
    born = None if one.born is None or other.born is None else one.born == other.born
    told = [answer for answer in (first, last, born) if answer is not None]
    return first is not False and (not told or any(told)) and not (last is False and born is False)


def _agree(one: str | None, other: str | None) -> bool | None:
    """Tell whether two names agree: the words of one are among those of the other, whatever their accents."""
    words, others = _words(one), _words(other)
    return None if not words or not others else words <= others or others <= words


def _words(name: str | None) -> set[str]:
    return {folded for word in clean(name or "").replace("-", " ").split() if (folded := fold(word))}
