"""Limits of arguments: what is allowed, how descriptions say so, and the message when a value exceeds a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from graph.errors import BadInput

LARGEST_PAGE = 100
"""The largest page size, unless a setting says otherwise."""
DEFAULT_PAGE = 25


class Limit(Protocol):
    """A limit that an argument's value must keep to."""

    @property
    def words(self) -> str:
        """What is allowed, in the words of the argument's description."""

    def check(self, name: str, value: object, page: int) -> object:
        """Return the value of the argument with that name, given the largest page size; raises `BadInput`."""

    def absent(self, name: str) -> object:
        """Return the value that null means; raises `BadInput` if the argument must not be null."""


@dataclass(frozen=True, slots=True)
class Between:
    """A number in a range that includes both ends."""

    least: int
    most: int

    @property
    def words(self) -> str:
        """The range."""
        return f"{self.least} to {self.most}"

    def check(self, name: str, value: object, page: int) -> object:
        """Return the number."""
        return _between(name, value, self.least, self.most)

    def absent(self, name: str) -> object:
        """Refuse null."""
        raise BadInput(f"{name} is null; give a number from {self.least} to {self.most}, or leave it out.")


@dataclass(frozen=True, slots=True)
class PageSize:
    """A number of rows up to the largest page size; null means the usual number."""

    @property
    def words(self) -> str:
        """The range, with the default largest page size."""
        return f"1 to {LARGEST_PAGE}"

    def check(self, name: str, value: object, page: int) -> object:
        """Return the number."""
        return _between(name, value, 1, page)

    def absent(self, name: str) -> object:
        """Return the usual number of rows."""
        return DEFAULT_PAGE


@dataclass(frozen=True, slots=True)
class AtMost:
    """A list with a maximum number of entries; if none is given, the maximum is the largest page size."""

    entries: int | None = None

    @property
    def words(self) -> str:
        """The maximum number of entries; nothing if a setting gives it."""
        return f"up to {self.entries}" if self.entries else ""

    def check(self, name: str, value: object, page: int) -> object:
        """Return the list."""
        assert isinstance(value, list)
        most = self.entries or page
        if len(value) > most:
            raise BadInput(f"{name} has {len(value)} entries; give at most {most} at once.")
        return value

    def absent(self, name: str) -> object:
        """Refuse null."""
        raise BadInput(f"{name} is null; give a list.")


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """A list of at least one entry, or no list: `one` says what an entry is, `otherwise` what leaving it out means."""

    one: str
    otherwise: str = ""

    @property
    def words(self) -> str:
        """Nothing, because nobody expects an empty list to work."""
        return ""

    def check(self, name: str, value: object, page: int) -> object:
        """Return the list."""
        if not value:
            raise BadInput(f"{name} is empty; name at least one {self.one}, or leave it out{self.otherwise}.")
        return value

    def absent(self, name: str) -> object:
        """Return null: the argument may be left out."""
        return None


def _between(name: str, value: object, least: int, most: int) -> object:
    if not isinstance(value, int) or not least <= value <= most:
        raise BadInput(f"{name} is {value}; give a number from {least} to {most}.")
    return value
