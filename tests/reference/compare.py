"""Answers compared: alike but for cursors, which are opaque."""

from __future__ import annotations

from typing import Any

from tests.reference.paging import CURSOR


def difference(got: Any, wanted: Any, path: str = "response") -> str | None:
    """Return where an answer differs from the reference's, in words; `None` when they are alike.

    Where the reference has a cursor, any other text will do; the order of an object's fields counts.
    """
    if isinstance(wanted, dict) and isinstance(got, dict):
        if list(got) != list(wanted):
            return f"{path} has the fields {list(got)}, not {list(wanted)}"
        return _first(difference(got[key], value, f"{path}.{key}") for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(got, list):
        if len(got) != len(wanted):
            return f"{path} has {len(got)} items, not {len(wanted)}: {got!r} instead of {wanted!r}"
        return _first(difference(*pair, f"{path}[{i}]") for i, pair in enumerate(zip(got, wanted, strict=True)))
    if isinstance(wanted, str) and wanted.startswith(CURSOR):
        return None if isinstance(got, str) and got else f"{path} is {got!r}, not a cursor"
    alike = got == wanted and isinstance(got, bool) == isinstance(wanted, bool)
    return None if alike else f"{path} is {got!r}, not {wanted!r}"


def _first(found: Any) -> str | None:
    return next((one for one in found if one is not None), None)
