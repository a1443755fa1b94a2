"""The courts' codes, and what they mean here."""

from __future__ import annotations

import re
from collections.abc import Mapping

UNKNOWN = "is not a code that is known here"
NO_SHOW = "11"
"""The reason of adjournment "other no-show by respondent or attorney"."""
SEXES = {"F": "FEMALE", "M": "MALE"}
KINDS = {"M": "MASTER", "I": "INDIVIDUAL"}
ORDERS = {
    "X": "REMOVAL",
    "D": "REMOVAL",
    "E": "REMOVAL",
    "V": "VOLUNTARY_DEPARTURE",
    "T": "TERMINATION",
    "U": "TERMINATION",
    "R": "RELIEF_GRANTED",
    "C": "RELIEF_GRANTED",
    "G": "RELIEF_GRANTED",
}
"""What the courts' codes of decisions order, where the dump gives no names of codes."""
_NAMED = (
    (re.compile(r"volunt", re.IGNORECASE), "VOLUNTARY_DEPARTURE"),
    (re.compile(r"terminat", re.IGNORECASE), "TERMINATION"),
    (re.compile(r"remov|deport|exclu", re.IGNORECASE), "REMOVAL"),
    (re.compile(r"grant|relief", re.IGNORECASE), "RELIEF_GRANTED"),
)
NO_COUNTRY = re.compile(r"unknown|stateless|no country", re.IGNORECASE)
"""Names of nationalities that name no country."""
ADMINISTRATIVE = "A"
"""The code of a completion other than by a decision that is an administrative closing."""


def ordered(code: str, names: Mapping[str, str]) -> str | None:
    """Return what a decision orders, by its name if the dump gives one, or else by its code."""
    if name := names.get(code):
        return next((kind for pattern, kind in _NAMED if pattern.search(name)), None)
    return ORDERS.get(code)
