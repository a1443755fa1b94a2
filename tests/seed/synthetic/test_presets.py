import pytest

from graph.errors import BadInput
from seed.synthetic.presets import NATIONAL, figures


def test_national_has_the_published_figures() -> None:
    national = figures("national")
    assert national == NATIONAL
    assert (national.children, national.missed, national.without_notice) == (448_000, 32_000, 291_000)
    assert national.not_issued + national.not_served == 291_000
    assert (national.not_filed, national.not_reached, national.bad_addresses) == (34_000, 149_333, 31_000)


def test_demo_is_in_proportion() -> None:
    demo = figures("demo")
    assert (demo.children, demo.missed, demo.without_notice, demo.not_filed) == (2_000, 143, 1_299, 152)
    assert (demo.not_reached, demo.bad_addresses) == (667, 138)


@pytest.mark.parametrize("children", [1, 2, 3, 7, 13, 100, 2_001, 44_800, 1_792_000])
def test_figures_fit_together_at_every_size(children: int) -> None:
    got = figures("national", scale=children / NATIONAL.children)
    assert got.children == children
    assert got.missed + got.without_notice + got.not_filed <= children
    assert min(got.missed, got.not_issued, got.not_served, got.not_filed, got.not_reached, got.bad_addresses) >= 0


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_a_scale_must_be_above_zero(scale: float) -> None:
    with pytest.raises(BadInput, match="The scale must be a number above 0"):
        figures("demo", scale=scale)


def test_a_scale_has_a_limit() -> None:
    with pytest.raises(BadInput, match="The scale is too large; demo allows up to 2500"):
        figures("demo", scale=2_501)


def test_an_unknown_preset_is_told_which_there_are() -> None:
    with pytest.raises(BadInput, match="There is no preset of that name; use demo or national"):
        figures("galaxy")
