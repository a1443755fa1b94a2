"""Parameters that do no more than keep some of the rows: those in which a column compares with the value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.library.header import Entry, Header
from queries.library.names import did_you_mean
from queries.library.parts import Column, Narrowing

_COMPARED = ("Int", "Float", "Date", "DateTime")


def read_narrowing(
    header: Header, item: Entry, kind: str, found: re.Match[str], columns: Sequence[Column]
) -> Narrowing | None:
    """Return which rows a parameter of some type keeps, if its line says so: `(keeps childCount >= it)`.

    Raises `QueryFileError` for an unknown column, and for one whose values cannot be compared with the parameter's.
    """
    name = found["column"]
    if name is None:
        return None
    kinds = {column.name: column.kind for column in columns}
    if name not in kinds:
        hint = did_you_mean(name, kinds)
        raise header.refuse(item.line, f"{name} is no column{hint}; use {', '.join(kinds)}")
    if kinds[name] != kind or kind not in _COMPARED:
        raise header.refuse(
            item.line, f"{found['name']} is {kind} and {name} is {kinds[name]}; compare two numbers or two days"
        )
    return Narrowing(name, found["operator"])
