"""Presets: how many children, and the figures that are exact."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from graph.errors import BadInput

LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts that are exact in the generated graph.

    `children` are transferred to HHS; of them `missed` have a missed hearing, `not_issued` and `not_served` have no
    notice served on them (none issued, issued but not served), `not_filed` have one served and none filed with a court,
    and `not_reached` have contact attempts after placement and none that reached them. `bad_addresses` are placements
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
        """Children on whom no notice was served: none was issued, or none of those issued was served."""
        return self.not_issued + self.not_served


NATIONAL = Figures(
    children=448_000,
    missed=32_000,
    not_issued=221_000,
    not_served=70_000,
    not_filed=34_000,
    not_reached=149_333,
    bad_addresses=31_000,
)
"""Fiscal years 2019 to 2023: the DHS inspector general's alert of August 2024 (448,000 transferred, 32,000 missed,
291,000 on whom no notice was served), a newspaper's count of those not reached (a third), and the inspector general's
report OIG-25-21 of March 2025 (31,000 release addresses). How the 291,000 divide into not issued and not served, and
that 34,000 more were served and not filed, are defaults."""

PRESETS = {"demo": 2_000, "national": NATIONAL.children}
"""Children of each preset at scale 1."""


def figures(preset: str, *, scale: float = 1.0) -> Figures:
    """Return the figures of a preset: the national ones scaled in proportion, each rounded half up.

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
    not_filed = min(part(NATIONAL.not_filed), children - without)
    return Figures(
        children=children,
        missed=min(part(NATIONAL.missed), children - without - not_filed),
        not_issued=not_issued,
        not_served=without - not_issued,
        not_filed=not_filed,
        not_reached=part(NATIONAL.not_reached),
        bad_addresses=part(NATIONAL.bad_addresses),
    )
