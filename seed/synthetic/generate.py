"""The generator: blocks of rows, the same for the same figures and seed, each made independently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from seed.synthetic.answers import answer_questions
from seed.synthetic.block import Block, Case, Child
from seed.synthetic.care import apply_for_relief, study_homes
from seed.synthetic.children import draw_children
from seed.synthetic.concerns import report_about_sponsors, report_concerns
from seed.synthetic.contacts import make_contacts
from seed.synthetic.courts import represent
from seed.synthetic.custody import record_custody
from seed.synthetic.hearings import can_join, join_case, open_case
from seed.synthetic.names import Pools, draw_pools
from seed.synthetic.neighbors import plant_near_misses
from seed.synthetic.notices import give_notice
from seed.synthetic.placements import make_household
from seed.synthetic.plan import BlockPlan, plan_blocks
from seed.synthetic.presets import Figures
from seed.synthetic.residences import give_phone, report_residences
from seed.synthetic.screening import screen_sponsors
from seed.synthetic.services import order_services
from seed.synthetic.sponsors import draw_groups, plant_groups
from seed.synthetic.tables import Tables
from seed.synthetic.truth import Truth
from seed.synthetic.world import World, build_world

_CONSOLIDATED, _DIFFERING = 0.4, 0.8
"""Shares of siblings who share a case: when both or neither missed a hearing, and when one of them did."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished block: its rows, and what was planted in it."""

    tables: Tables
    truth: Truth
    children: int


class Generator:
    """Makes the graph with the given figures block by block; the first block, 0, is the world that the others share."""

    def __init__(self, figures: Figures, *, seed: int) -> None:
        self._seed = seed
        self._pools: Pools = draw_pools(seed)
        self._shared = Tables(0)
        self._world: World = build_world(self._shared, self._pools, seed=seed, children=figures.children)

    def world(self) -> Made:
        """Return block 0."""
        return Made(self._shared, Truth(), 0)

    def block(self, plan: BlockPlan) -> Made:
        """Make a block."""
        block = Block(
            plan=plan,
            rng=Random(f"{self._seed}/{plan.number}"),
            tables=Tables(plan.number),
            world=self._world,
            pools=self._pools,
            truth=Truth(),
        )
        _make(block)
        return Made(block.tables, block.truth, plan.children)


def generate(figures: Figures, *, seed: int) -> Iterator[Made]:
    """Yield all blocks in order."""
    generator = Generator(figures, seed=seed)
    yield generator.world()
    for plan in plan_blocks(figures, seed=seed):
        yield generator.block(plan)


def _make(block: Block) -> None:
    groups = draw_groups(block)
    households: list[list[Child]] = []
    first = 0
    last: Child | None = None
    for size, shared in zip(block.plan.households, groups, strict=True):
        if size:
            households.append(make_household(block, first, size, shared, last))
            last = households[-1][-1]
        else:
            households.append(draw_children(block, first, 1))
        first += size or 1
    for children in households:
        _go_to_court(block, children)
        for child in children:
            record_custody(block, child)
            if child.placements:
                report_residences(block, child)
                give_phone(block, child)
                study_homes(block, child)
                order_services(block, child)
                apply_for_relief(block, child)
                report_concerns(block, child)
    every = [child for children in households for child in children]
    report_about_sponsors(block, {child.key: child for child in every})
    screen_sponsors(block)
    plant_groups(block, groups)
    plant_near_misses(block)
    _plant_moving(block)
    answer_questions(block, every)


def _go_to_court(block: Block, children: list[Child]) -> None:
    """Give notices, open cases and make contacts; siblings may share a case."""
    plan = block.plan
    before: tuple[Child, Case] | None = None
    for child in children:
        joined = None
        if before and before[0].group == child.group and can_join(block, child, before[1]):
            alike = plan.missed[before[0].position] == plan.missed[child.position]
            joined = before[1] if block.chance(_CONSOLIDATED if alike else _DIFFERING) else None
        notice = give_notice(block, child, days=joined.notice if joined else None)
        case = None
        if notice:
            key, days = notice
            case = joined or open_case(block, child, days)
            join_case(block, child, case, key)
            before = (child, case)
            represent(block, child, case)
        make_contacts(block, child, case.heard_by(child.key) if case else [])


def _plant_moving(block: Block) -> None:
    """Plant who moved with several children."""
    for sponsor in block.sponsors:
        if len(sponsor.children) > 1:
            homes = {stay.home.key for stay in sponsor.stays}
            if len(homes) > 1:
                block.truth.plant("movingSponsors", sponsor.key, len(homes), len(sponsor.children))
