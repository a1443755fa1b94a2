import pytest

from seed.synthetic.plan import FILED, NOT_FILED, NOT_ISSUED, NOT_REACHED, NOT_SERVED, plan_blocks
from seed.synthetic.presets import figures


@pytest.mark.parametrize("children", [1, 2, 3, 5, 8, 40, 499, 500, 1_234, 5_000])
def test_the_figures_hold_exactly(children: int) -> None:
    wanted = figures("demo", scale=children / 2_000)
    blocks = list(plan_blocks(wanted, seed=children))
    notice, missed, contact, placements, bad = (
        b"".join(getattr(block, name) for block in blocks)
        for name in ("notice", "missed", "contact", "placements", "bad")
    )
    assert [block.number for block in blocks] == list(range(1, len(blocks) + 1))
    assert len(notice) == sum(block.children for block in blocks) == wanted.children
    assert sum(missed) == wanted.missed
    assert [notice.count(state) for state in (NOT_ISSUED, NOT_SERVED, NOT_FILED)] == [
        wanted.not_issued,
        wanted.not_served,
        wanted.not_filed,
    ]
    assert contact.count(NOT_REACHED) == wanted.not_reached
    assert sum(flags.bit_count() for flags in bad) == wanted.bad_addresses
    for child, flags in enumerate(bad):
        assert flags < 1 << placements[child]
        assert not missed[child] or (notice[child] == FILED and placements[child])
        assert contact[child] != NOT_REACHED or placements[child]


def test_households_have_one_to_twenty_five_children() -> None:
    blocks = list(plan_blocks(figures("demo"), seed=1))
    sizes = [size for block in blocks for size in block.households]
    assert min(sizes) == 0
    assert max(sizes) == 25
    for block in blocks:
        assert sum(size or 1 for size in block.households) == block.children


def test_a_seed_decides() -> None:
    wanted = figures("demo", scale=0.1)
    assert list(plan_blocks(wanted, seed=1)) == list(plan_blocks(wanted, seed=1))
    assert list(plan_blocks(wanted, seed=1)) != list(plan_blocks(wanted, seed=2))
