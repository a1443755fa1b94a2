"""Buildings that are known to have units: an address there that names none lacks its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from graph.writing.transaction import Transaction
from seed.files.addresses.reading import KEY
from seed.files.addresses.units import IN_A_HOUSE

_LENGTH = len(KEY) + 16
_NO_HOME = ["HOTEL", "MAILBOX", "SHELTER"]
LACKING = """CYPHER 25 UNWIND $buildings AS building
MATCH (address:Address {key: building}) USING INDEX address:Address(key)
WHERE address.deliverability IS NULL AND coalesce(NOT address.kind IN $noHome, true) AND EXISTS {
  MATCH (other:Address) USING INDEX other:Address(key)
  WHERE other.key STARTS WITH building + '-' AND coalesce(NOT other.kind IN $noHome, true)
    AND NOT other.unit IN $inAHouse
}
RETURN address.key"""
"""Finds the addresses that lack their unit, by keys alone: those of a building's units begin with its own."""


async def mark_missing_units(
    transaction: Transaction, addresses: Iterable[str], provenance: Mapping[str, Mapping[str, Any]]
) -> int:
    """Mark addresses that lack their unit as such, in the buildings of these addresses; return how many there are.

    An address lacks its unit when another one in the same building has one: a numbered one, and not a part of a house
    such as its basement. Hotels and shops that take mail are left out, and so is what has been judged already. It is
    the source being written that shows it; `provenance` has what its rows say, by address.
    """
    buildings = sorted({key[:_LENGTH] for key in addresses if key.startswith(KEY)})
    if not buildings:
        return 0
    given = {"buildings": buildings, "noHome": _NO_HOME, "inAHouse": sorted(IN_A_HOUSE)}
    found = cast(list[list[str]], await transaction.run(LACKING, given))
    keys = sorted(key for (key,) in found)
    if keys:
        rows = [{"key": key, "deliverability": "MISSING_UNIT"} for key in keys]
        await transaction.nodes("Address", rows, [provenance.get(key, {}) for key in keys])
    return len(keys)
