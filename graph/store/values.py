"""Turns the driver's values into Python's."""

from __future__ import annotations

from typing import Any


def native(value: Any) -> object:
    """Turn the driver's temporal values into Python's, also inside lists and maps."""
    if isinstance(value, list):
        return [native(item) for item in value]
    if isinstance(value, dict):
        return {name: native(item) for name, item in value.items()}
    convert = getattr(value, "to_native", None)
    return value if convert is None else convert()
