"""How a file is written: its columns and their order, what separates them, and how its text is encoded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LINE_END = b"\r\n"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a file; `names` are the columns as the header writes them, if that is not as they are."""

    columns: tuple[str, ...]
    delimiter: str
    encoding: str = "utf-8"
    names: tuple[str, ...] = ()

    def header(self) -> bytes:
        """Return the first line."""
        return self.joined(self.names or self.columns)

    def line(self, values: Mapping[str, str]) -> bytes:
        """Return the line of a row, given its values by column; those that are not given are blank."""
        return self.joined([values.get(column, "") for column in self.columns])

    def joined(self, fields: Sequence[str]) -> bytes:
        """Return the line of these fields; only files with commas quote."""
        if self.delimiter == ",":
            fields = [_quoted(field) if _NEEDS_QUOTING.search(field) else field for field in fields]
        return self.delimiter.join(fields).encode(self.encoding) + LINE_END


_NEEDS_QUOTING = re.compile(r'[,"\r\n]')


def _quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'
