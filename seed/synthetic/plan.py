"""The plan: who lives with whom, and which child counts towards which figure, drawn before any record is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from seed.synthetic.presets import Figures

FILED, NOT_ISSUED, NOT_SERVED, NOT_FILED = range(4)
"""How far a child's Notice to Appear got."""

REACHED, NOT_REACHED, NOT_TRIED = range(3)
"""The result of contact after placement."""

BLOCK_CHILDREN = 1_000

_ALWAYS = (25, 12, 8, 6, 5, 4, 3, 3, 2, 2)
"""Every graph of at least `_ALWAYS_FROM` children has sponsors with these numbers of children."""
_ALWAYS_FROM = 500

_SIZES = (1,) * 780 + (2,) * 140 + (3,) * 42 + (4,) * 16 + (5,) * 8 + (6,) * 5 + (7,) * 3 + (8,) * 2 + (9, 10)
_LARGE = 0.002
"""Share of sponsors with 11 to 25 children."""
_IN_CARE = 0.012
"""Share of children who were not released by the reference date."""
_TWO_PLACEMENTS, _THREE_PLACEMENTS = 0.02, 0.0025


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block of about a thousand children, made independently of all others.

    `households` are the numbers of children of each sponsor, with 0 for a child still in care. The other fields hold a
    byte for each child, in the order of the households: the notice state, 1 for a missed hearing, the result of
    contact, the number of placements, and a bit for each placement with a bad address.
    """

    number: int
    households: tuple[int, ...]
    notice: bytes
    missed: bytes
    contact: bytes
    placements: bytes
    bad: bytes

    @property
    def children(self) -> int:
        """Number of children in the block."""
        return len(self.notice)


def plan_blocks(figures: Figures, *, seed: int) -> Iterator[BlockPlan]:
    """Yield the blocks, numbered from 1 (0 is the world that they share); the same for the same figures and seed."""
    rng = Random(f"{seed}/plan")
    households = _households(figures.children, rng)
    in_care, placed = _positions(households)
    notice, missed = _court(figures, rng, placed, in_care)
    contact = _contact(figures, rng, placed)
    placements = _placements(figures, rng, placed)
    bad = _bad_addresses(figures, rng, placements)
    first = last = number = 0
    block: list[int] = []
    for position, size in enumerate(households):
        block.append(size)
        last += size or 1
        if last - first >= BLOCK_CHILDREN or position == len(households) - 1:
            number += 1
            flags = [bytes(flag[first:last]) for flag in (notice, missed, contact, placements, bad)]
            yield BlockPlan(number, tuple(block), *flags)
            first = last
            block = []


def _households(children: int, rng: Random) -> list[int]:
    in_care = int(children * _IN_CARE)
    left = children - in_care
    sizes: list[int] = []
    if children >= _ALWAYS_FROM:
        sizes += _ALWAYS
        left -= sum(_ALWAYS)
    while left > 0:
        size = rng.randint(11, 25) if rng.random() < _LARGE else _SIZES[int(rng.random() * len(_SIZES))]
        size = min(size, left)
        sizes.append(size)
        left -= size
    sizes += [0] * in_care
    rng.shuffle(sizes)
    return sizes


def _positions(households: list[int]) -> tuple[list[int], list[int]]:
    in_care: list[int] = []
    placed: list[int] = []
    child = 0
    for size in households:
        if size:
            placed.extend(range(child, child + size))
        else:
            in_care.append(child)
        child += size or 1
    return in_care, placed


def _court(figures: Figures, rng: Random, placed: list[int], in_care: list[int]) -> tuple[bytearray, bytearray]:
    order = placed[:]
    rng.shuffle(order)
    missed = bytearray(figures.children)
    for child in order[: figures.missed]:
        missed[child] = 1
    rest = order[figures.missed :] + in_care
    rng.shuffle(rest)
    notice = bytearray(figures.children)
    first = 0
    for state, count in (
        (NOT_ISSUED, figures.not_issued),
        (NOT_SERVED, figures.not_served),
        (NOT_FILED, figures.not_filed),
    ):
        for child in rest[first : first + count]:
            notice[child] = state
        first += count
    return notice, missed


def _contact(figures: Figures, rng: Random, placed: list[int]) -> bytearray:
    order = placed[:]
    rng.shuffle(order)
    contact = bytearray([NOT_TRIED]) * figures.children
    for child in order[: figures.not_reached]:
        contact[child] = NOT_REACHED
    for child in order[figures.not_reached :]:
        if rng.random() < 0.75:
            contact[child] = REACHED
    return contact


def _placements(figures: Figures, rng: Random, placed: list[int]) -> bytearray:
    placements = bytearray(figures.children)
    for child in placed:
        drawn = rng.random()
        placements[child] = 3 if drawn < _THREE_PLACEMENTS else 2 if drawn < _TWO_PLACEMENTS else 1
    return placements


def _bad_addresses(figures: Figures, rng: Random, placements: bytearray) -> bytearray:
    all_placements = [(child, which) for child, count in enumerate(placements) for which in range(count)]
    bad = bytearray(figures.children)
    for child, which in rng.sample(all_placements, figures.bad_addresses):
        bad[child] |= 1 << which
    return bad
