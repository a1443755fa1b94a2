"""How severe the rows of a question are: all the same, or some of them differently, by the number in a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.library.header import Header
from queries.library.names import did_you_mean
from queries.library.question import Column, Raised, Severity

_SEVERITY = re.compile(r"(?P<usual>\w+)(?:;\s+(?P<raised>\w+)\s+where\s+(?P<column>\w+)\s+>=\s+(?P<least>\d+))?")


def read_severity(header: Header, columns: Sequence[Column]) -> tuple[Severity, Raised | None]:
    """Return the severity that a header gives, and which rows have another; raises `QueryFileError`."""
    entry = header.fields["severity"]
    found = _SEVERITY.fullmatch(entry.text)
    if found is None:
        raise header.refuse(
            entry.line, "this is no severity; write `MEDIUM`, or `MEDIUM; HIGH where unrelatedCount >= 2`"
        )
    for name in filter(None, (found["usual"], found["raised"])):
        if name not in Severity.__members__:
            raise header.refuse(entry.line, f"{name} is no severity; write HIGH, MEDIUM or LOW")
    usual = Severity[found["usual"]]
    if not found["raised"]:
        return usual, None
    raised = Raised(Severity[found["raised"]], found["column"], int(found["least"]))
    if raised.severity is usual:
        raise header.refuse(entry.line, f"{usual.value} stands twice; give some rows another severity, or name it once")
    numbers = [column.name for column in columns if column.kind == "Int"]
    if raised.column not in numbers:
        hint = did_you_mean(raised.column, numbers)
        raise header.refuse(entry.line, f"{raised.column} is no column that holds a whole number{hint}")
    return usual, raised
