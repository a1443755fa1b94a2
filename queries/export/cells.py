"""Values as cells of a spreadsheet."""

from __future__ import annotations

import re

import orjson

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9 ()-]*$)")


def cell(value: object) -> object:
    """Return a value as a spreadsheet has it: true and false as words, lists and objects as JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets write such texts.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
