"""Writes a suggested mapping as YAML, with how sure it is of each column."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from seed.spreadsheets.mapping import UNNAMED
from seed.spreadsheets.vocabulary import LABELS, OWN_NUMBER, WHOLE_NAMES

if TYPE_CHECKING:
    from seed.spreadsheets.suggesting import SuggestedColumn

_UNQUOTED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
_WORDS = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})
_LINKS = (
    ("child", "HAS_PLACEMENT", "placement"),
    ("placement", "WITH_SPONSOR", "sponsor"),
    ("placement", "RELEASED_TO", "address"),
    ("sponsor", "HAS_PHONE", "phone"),
    ("child", "HAS_NOTICE", "notice"),
    ("child", "RESPONDENT_IN", "case"),
    ("case", "HAS_HEARING", "hearing"),
    ("case", "VENUED_AT", "court"),
    ("office", "RECORDED", "hearing"),
    ("child", "HAS_CONTACT", "contact"),
)
_OTHERWISE = {"address": ("child", "RESIDES_AT", "address"), "phone": ("child", "HAS_PHONE", "phone")}
"""How a record is linked where the one that it would belong to has no column."""


def written(file: str, sheet: str, order: str, columns: Sequence[SuggestedColumn]) -> str:
    """Return a mapping's text for what columns seem to feed."""
    return "\n".join(_lines(file, sheet, order, columns)) + "\n"


def _lines(file: str, sheet: str, order: str, columns: Sequence[SuggestedColumn]) -> Iterator[str]:
    yield f"# A first mapping for {_said(file)}. Read every line, correct it, and try it with --dry-run."
    yield f"system: {UNNAMED}  # whose records these are, such as HHS ORR"
    if sheet:
        yield f"sheets: [{_quoted(sheet)}]"
    yield f"dates: {order}"
    targets = [target for column in columns for target in _targets(column)]
    present = _present(targets)
    yield from _records(columns, targets, present)
    yield "columns:"
    for column in columns:
        yield from _column(column)
    links = [link for link in _LINKS if link[0] in present and link[2] in present]
    linked = {link[2] for link in links}
    links += [link for name, link in _OTHERWISE.items() if name in present and name not in linked]
    yield "links:" if links else "links: []"
    yield from (f"  - {start} {kind} {end}" for start, kind, end in links)


def _targets(column: SuggestedColumn) -> list[str]:
    if whole := WHOLE_NAMES.get(column.target):
        return [f"{whole}.lastName", f"{whole}.firstName"]
    return [column.target] if column.target and column.target != OWN_NUMBER else []


def _present(targets: Collection[str]) -> list[str]:
    """Return the records, the one that rows are about first."""
    fed = {target.split(".")[0] for target in targets}
    if fed & {"hearing", "court"}:
        fed |= {"case"}
    if "sponsor" in fed:
        fed |= {"placement"}
    return [name for name in LABELS if name in fed | {"child"}]


def _records(columns: Sequence[SuggestedColumn], targets: Sequence[str], present: Sequence[str]) -> Iterator[str]:
    own = [column.name for column in columns if column.target == OWN_NUMBER]
    if not own and "child.aNumber" not in targets:
        yield "# No column has an A-number or the office's own number of a child: rows need one of them."
    yield "records:"
    for name in present:
        parts = [f"label: {LABELS[name]}"]
        if match := _match(name, targets, present):
            parts.append(f"match: [{', '.join(match)}]")
        if name == "child" and own:
            parts.append(f"key: {_quoted(own[0])}")
        yield f"  {name}: {{{', '.join(parts)}}}"


def _match(name: str, targets: Sequence[str], present: Sequence[str]) -> list[str]:
    """Return by what a record is recognised, of what has a column."""
    if name == "sponsor":
        parts = ["firstName", "lastName", "dateOfBirth"]
        return parts if all(f"sponsor.{part}" in targets for part in parts) else []
    wanted = {
        "contact": ["child", "attemptedOn", "outcome"],
        "hearing": ["case", "scheduledOn"],
        "placement": ["child", "releasedOn"],
        "notice": ["child"],
        "case": ["child"],
        "child": ["aNumber"],
        "court": ["name"],
        "office": ["name"],
    }.get(name, [])
    return [part for part in wanted if part in present or f"{name}.{part}" in targets]


def _column(column: SuggestedColumn) -> Iterator[str]:
    name = _quoted(column.name)
    said = f"# {column.sure:.0%} sure, {column.why}"
    if not column.target:
        yield f"  # {name}: {column.why}"
    elif column.target == OWN_NUMBER:
        yield f"  # {name}: the key of child, {column.sure:.0%} sure, {column.why}"
    elif column.target in WHOLE_NAMES:
        yield f'  {name}: {{to: [{", ".join(_targets(column))}], split: ","}}  {said}; see how the names are divided'
    elif column.codes:
        yield f"  {name}:  {said}"
        yield f"    to: {column.target}"
        yield "    codes:"
        for word, code in column.codes.items():
            unclear = "" if code else "  # say what it means; null is unknown"
            yield f"      {_quoted(word)}: {_quoted(code) if code else 'null'}{unclear}"
    else:
        yield f"  {name}: {column.target}  {said}"


def _said(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _quoted(text: str) -> str:
    """Return a text as YAML takes it for one."""
    if _UNQUOTED.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
