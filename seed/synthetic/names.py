"""Pools of obviously fictitious names, streets and employers, made once and drawn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mimesis import Address, Locale, Person
from mimesis.enums import Gender

_DRAWS = 4_000
_WITH_ACCENTS = {
    "girls": ("María José", "Sofía", "Lucía", "Belén", "Itzel", "Yuridia", "Ana Lucía", "Rocío"),
    "boys": ("José", "Ángel", "Héctor", "Óscar", "Martín", "Josué", "Germán", "Ramón"),
    "families": ("García", "Hernández", "López", "Pérez", "Núñez", "Peña", "Ordóñez", "Güitrón", "Ávila", "Mejía"),
}
_TRADES = (
    ("Poultry Packing", "311615"),
    ("Meat Packing", "311612"),
    ("Sanitation Services", "561720"),
    ("Roofing", "238160"),
    ("Framing", "238130"),
    ("Nursery", "111421"),
    ("Dairy", "112120"),
    ("Restaurant", "722511"),
    ("Car Wash", "811192"),
    ("Landscaping", "561730"),
    ("Produce", "424480"),
    ("Seafood", "311710"),
)


@dataclass(frozen=True, slots=True)
class Pools:
    """Values to draw from; the same for the same seed."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]
    streets: tuple[str, ...]
    employers: tuple[tuple[str, str], ...]


def draw_pools(seed: int) -> Pools:
    """Return the pools of a seed."""
    person = Person(Locale.ES_MX, seed=seed)
    address = Address(Locale.EN, seed=seed)
    families = _distinct(person.last_name, _WITH_ACCENTS["families"])
    return Pools(
        girls=_distinct(lambda: person.first_name(gender=Gender.FEMALE), _WITH_ACCENTS["girls"]),
        boys=_distinct(lambda: person.first_name(gender=Gender.MALE), _WITH_ACCENTS["boys"]),
        families=families,
        streets=_distinct(lambda: f"{address.street_name()} {address.street_suffix()}", ()),
        employers=tuple(
            (f"{family} {trade} (fictitious)", code)
            for position, family in enumerate(families)
            for trade, code in (_TRADES[position % len(_TRADES)],)
        ),
    )


def _distinct(draw: Callable[[], str], always: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*always, *(draw() for _ in range(_DRAWS)))))
