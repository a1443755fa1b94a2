"""The header of a question's file: a block of `//` lines at its top, which ends at the first blank line.

A field starts a line (`// title: ...`). A longer text continues on lines that are indented by two more spaces. Each
parameter or column has a line of its own with that indent, and continues on lines that are indented by four. Nothing
else is a header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from graph.errors import QueryFileError
from queries.library.names import did_you_mean

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name: sponsorsWithMultipleChildren",
        "title": "title: a few words",
        "question": "question: the question in words",
        "parameters": "parameters: with lines such as `//   minChildren: Int = 2 (at least 1) -- What it is.`",
        "columns": "columns: with lines such as `//   sponsor: Sponsor -- What it is.`",
        "key": "key: the columns that identify a row",
        "order": "order: childCount DESC",
        "severity": "severity: HIGH, MEDIUM or LOW",
        "source": "source: the published rule, or the word default",
        "rules": "rules: with lines such as `//   45 CFR 410.1204(b) (from 2024-07-01) -- What it asks for.`",
        "omits": "omits: what the answer leaves out, and why",
        "example": "example: a GraphQL operation that asks the question",
        "scans": "scans: with lines such as `//   Sponsor -- Why each is looked at.`",
        "kept": "kept: the same rows by Cypher that reads kept counts",
    }
)
"""The fields in order, each with a pattern to follow; those in `OPTIONAL` may be left out."""

OPTIONAL = frozenset({"parameters", "rules", "omits", "scans", "kept"})

LISTS = frozenset({"parameters", "columns", "rules", "scans"})

_FIELD = re.compile(r"(?P<name>[A-Za-z][\w-]*)\s*:(?:\s+(?P<value>.*))?")


@dataclass(slots=True)
class Entry:
    """A field, or an item of a list: its line, its text without the field's name, and the line where that starts."""

    line: int
    lines: list[str] = field(default_factory=list)
    items: list[Entry] = field(default_factory=list)
    starts: int = 0

    @property
    def text(self) -> str:
        """The lines joined into one."""
        return " ".join(line.strip() for line in self.lines if line.strip())

    @property
    def block(self) -> str:
        """The lines as they are in the file, with their indentation."""
        return "\n".join(self.lines).strip()


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a header by name; `body` is the text after it, which starts on line `body_line`."""

    path: Path
    fields: Mapping[str, Entry]
    body: str
    body_line: int

    def refuse(self, line: int, message: str) -> QueryFileError:
        """Make an error that names the file, the line and the fix."""
        return QueryFileError(f"{self.path}:{line}: {message}")


def split_header(text: str, path: Path) -> Header:
    """Split a file's text into the fields of its header and its body.

    Raises `QueryFileError` if the header is missing or does not end, and if a field is unknown, missing, repeated,
    empty or out of order.
    """
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = Header(path, {}, "", 0)
    if end == 0:
        raise header.refuse(1, "a question starts with its header; put `// name: ...` on the first line")
    if end < len(lines) and lines[end].strip():
        raise header.refuse(end + 1, "the header ends with a blank line; put one before this line")
    fields = _read_fields(header, lines[:end])
    _check_fields(header, fields, end)
    start = next((number for number in range(end, len(lines)) if lines[number].strip()), None)
    if start is None:
        raise header.refuse(end, "the file ends with its header; add the Cypher that returns the columns")
    body = "\n".join(lines[start:]).rstrip() + "\n"
    return Header(path, MappingProxyType(fields), body, start + 1)


def _read_fields(header: Header, lines: list[str]) -> dict[str, Entry]:
    fields: dict[str, Entry] = {}
    current = ""
    for number, content, indent in _contents(lines):
        if not content:
            continue
        if indent == 0:
            current = _start_field(header, fields, number, content)
        elif not current:
            raise header.refuse(number, "the first line of a header is not indented; write `// name: ...`")
        elif indent == 1:
            raise header.refuse(number, "this line is indented by one space; indent it by two, or not at all")
        elif current in LISTS:
            _add_to_list(header, fields[current], current, number, content, indent)
        else:
            entry = fields[current]
            entry.starts = entry.starts or number
            entry.lines.append(" " * (indent - 2) + content)
    return fields


def _contents(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    for number, line in enumerate(lines, 1):
        content = line[2:].expandtabs(4).removeprefix(" ").rstrip()
        yield number, content.lstrip(), len(content) - len(content.lstrip())


def _start_field(header: Header, fields: dict[str, Entry], number: int, content: str) -> str:
    found = _FIELD.fullmatch(content)
    if found is None:
        raise header.refuse(
            number, "this line starts no field; write `// field: ...`, or indent it by two spaces to go on"
        )
    name, value = found["name"], (found["value"] or "").strip()
    if name not in FIELDS:
        hint = did_you_mean(name, FIELDS)
        raise header.refuse(number, f"a header has no field {name}{hint}; use {', '.join(FIELDS)}")
    if name in fields:
        raise header.refuse(number, f"{name} stands twice, first on line {fields[name].line}; keep one of them")
    if name in LISTS and value:
        raise header.refuse(number, f"the {name} stand on lines of their own; write `// {FIELDS[name]}`")
    later = [other for other in fields if list(FIELDS).index(other) > list(FIELDS).index(name)]
    if later:
        raise header.refuse(number, f"{name} is out of its place; move it before {later[0]}")
    fields[name] = Entry(number, [value] if value else [], starts=number if value else 0)
    return name


def _add_to_list(header: Header, entry: Entry, name: str, number: int, content: str, indent: int) -> None:
    if indent < 4:
        entry.items.append(Entry(number, [content]))
    elif entry.items:
        entry.items[-1].lines.append(content)
    else:
        raise header.refuse(number, f"indent the first of the {name} by two spaces, not more")


def _check_fields(header: Header, fields: Mapping[str, Entry], end: int) -> None:
    for name, pattern in FIELDS.items():
        if name not in fields:
            if name not in OPTIONAL:
                raise header.refuse(end, f"the header has no {name}; add `// {pattern}`")
        elif not (fields[name].text or fields[name].items):
            raise header.refuse(fields[name].line, f"{name} is empty; write `// {pattern}`")
