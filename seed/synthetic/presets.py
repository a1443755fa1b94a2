"""Presets: how many children, and the figures that hold exactly."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from graph.errors import BadInput

LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts that the generated graph gives exactly.

    `children` are transferred to HHS; of them `missed` have a missed hearing, `not_issued`, `not_served` and
    `not_filed` have no notice filed with a court (none issued, issued but not served, served but not filed), and
    `not_reached` have contact attempts after placement and none that reached anybody. `bad_addresses` are placements
    whose release address is blank, undeliverable or lacks its unit.
    """

    children: int
    missed: int
    not_issued: int
    not_served: int
    not_filed: int
    not_reached: int
    bad_addresses: int

    @property
    def without_notice(self) -> int:
        """Children without a filed notice, whatever the reason."""
        return self.not_issued + self.not_served + self.not_filed


NATIONAL = Figures(
    children=448_000,
    missed=32_000,
    not_issued=163_000,
    not_served=52_000,
    not_filed=76_000,
    not_reached=149_333,
    bad_addresses=31_000,
)
"""Fiscal years 2019 to 2023: the inspector general's alert of August 2024 (448,000 transferred, 32,000 missed,
291,000 without a filed notice), a newspaper's count of those not reached (a third), and the follow-up report of March
2025 (31,000 release addresses). How the 291,000 divide is a default."""

PRESETS = {"demo": 2_000, "national": NATIONAL.children}
"""Children of each preset at scale 1."""


def figures(preset: str, *, scale: float = 1.0) -> Figures:
    """Return the figures of a preset: the national ones in proportion, each rounded half up.

    Raises `BadInput` for an unknown preset or a scale that gives no child or more than `LARGEST`.
    """
    if preset not in PRESETS:
        raise BadInput(f"There is no preset of that name; use {' or '.join(PRESETS)}")
    if not isfinite(scale) or scale <= 0:
        raise BadInput("The scale must be a number above 0")
    if scale > LARGEST / PRESETS[preset]:
        raise BadInput(f"The scale is too large; {preset} allows up to {LARGEST / PRESETS[preset]:g}")
    return _in_proportion(max(1, round(PRESETS[preset] * scale)))


def _in_proportion(children: int) -> Figures:
    def part(whole: int) -> int:
        return (2 * whole * children + NATIONAL.children) // (2 * NATIONAL.children)

    without = part(NATIONAL.without_notice)
    not_issued = min(part(NATIONAL.not_issued), without)
    not_served = min(part(NATIONAL.not_served), without - not_issued)
    return Figures(
        children=children,
        missed=min(part(NATIONAL.missed), children - without),
        not_issued=not_issued,
        not_served=not_served,
        not_filed=without - not_issued - not_served,
        not_reached=part(NATIONAL.not_reached),
        bad_addresses=part(NATIONAL.bad_addresses),
    )
