"""Where a link that leads to one node led before: taking out what one source said of it.

When another end replaces the one that a link led to, an assertion keeps the earlier end, with who gave it. These
assertions and the link that is there now are one succession of ends. Without a source, the ends that only it gave drop
out, and each end that it replaced is followed by what replaced the source's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Led:
    """An end to which a link led, its label, and the keys of the sources that gave it.

    It says when and by whom an earlier end was replaced; the end to which the link leads now was not.
    """

    end: str
    label: str
    givers: tuple[str, ...]
    replaced_at: datetime | None = None
    replaced_by: str | None = None
    replaced_by_source: str | None = None


def without(source: str, succession: Sequence[Led]) -> list[Led]:
    """Return a succession, oldest first and where the link leads now last, as it would be without a source."""
    found: list[Led] = []
    bridged = False
    for one in succession:
        rest = tuple(key for key in one.givers if key != source)
        last = found[-1] if found else None
        ours = last is not None and last.replaced_by_source == source
        if not rest:
            if last is not None and ours:
                found[-1] = _replaced_as(last, one)
                bridged = True
            continue
        if last is not None and (ours or bridged):
            found.pop()
            if (last.end, last.label) == (one.end, one.label):
                rest = tuple(dict.fromkeys((*last.givers, *rest)))
            else:
                found.append(replace(last, replaced_by_source=rest[0] or None) if ours else last)
        found.append(replace(one, givers=rest))
        bridged = False
    if found and found[-1].replaced_at is not None and found[-1].replaced_by_source == source:
        found[-1] = _lasting(found[-1])
    return found


def _replaced_as(one: Led, other: Led) -> Led:
    """Return an end as replaced when and by whom another was, or as lasting if the other one lasts."""
    if other.replaced_at is None:
        return _lasting(one)
    return replace(other, end=one.end, label=one.label, givers=one.givers)


def _lasting(one: Led) -> Led:
    return Led(one.end, one.label, one.givers)
