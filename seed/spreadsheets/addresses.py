"""Addresses in rows: their cells are kept as written, and read together into one normal form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from seed.files.addresses import read_address
from seed.files.values import clean

LABEL = "Address"
PARTS = ("street", "unit", "city", "state", "postalCode")
"""The properties that are read together; by these, addresses are the same where a mapping does not say it."""
_DELIVERABILITY = "deliverability"
_NAMES = {"postal_code": "postalCode"}


class SettledAddress(NamedTuple):
    """What a row says of an address: its properties, a key if it names one place, and notes by property."""

    values: dict[str, Any]
    key: str | None
    notes: tuple[tuple[str, str], ...]


def read_part(text: str) -> tuple[str | None, str]:
    """Read a part of an address as written."""
    return clean(text) or None, ""


def settle(values: Mapping[str, Any], *, with_street: bool) -> SettledAddress:
    """Read the parts of an address together; what else the row says of it goes before what the text says.

    Without a column for streets, that there is none says nothing.
    """
    street, unit, city, state, code = (str(values.get(part) or "") for part in PARTS)
    read = read_address(street, unit, city, state, code, kind=values.get("kind") or "")
    told = {name: value for name, value in read.properties.items() if with_street or name != _DELIVERABILITY}
    others = {name: value for name, value in values.items() if name not in PARTS}
    return SettledAddress(
        {**told, **others}, read.key, tuple((_NAMES.get(part, part), why) for part, why in read.notes)
    )
