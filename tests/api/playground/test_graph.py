from __future__ import annotations

import json
import math
from itertools import combinations

from playwright.async_api import Page, expect

from api.compiler.ids import global_id
from api.fields import build_schema
from api.schema import core_schema
from graph.model import MODEL
from graph.store import Store
from tests.api.playground.browser import Seen
from tests.api.playground.steps import ask, drawn, run, write

LABELS = [node.label for node in MODEL.nodes]
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
AXES = (
    (0.2104542553, 0.793617785, -0.0040720468),
    (1.9779984951, -2.428592205, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.808675766),
)
LOOKS = """() => {
  const paper = getComputedStyle(document.body).getPropertyValue("--sl-bg");
  const canvas = document.createElement("canvas").getContext("2d");
  const parts = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const dots = [...document.querySelectorAll(".sl-legend .sl-dot")];
  const looks = dots.map((dot) => ({ colour: parts(dot.style.background), shape: dot.style.clipPath }));
  return JSON.stringify({ paper: parts(paper), looks });
}"""


async def test_a_node_is_expanded_pinned_and_hidden(page: Page, seen: Seen) -> None:
    await ask(page, "Sponsors of several children")
    await page.get_by_role("tab", name="Graph").click()
    legend = page.get_by_role("list", name="Legend")
    await expect(legend).to_contain_text("Child 6")
    await expect(legend).to_contain_text("Sponsor 3")
    await page.get_by_role("combobox", name="Node", exact=True).select_option(label="Reyes1")
    await page.get_by_role("button", name="Expand").click()
    await expect(legend).to_contain_text("Phone 1")
    await expect(legend).to_contain_text("Address 1")
    await expect(page.get_by_role("region", name="Selected node")).to_contain_text("Rosa")
    await page.get_by_role("button", name="Pin").click()
    await expect(page.get_by_role("button", name="Pin")).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="Hide", exact=True).click()
    await expect(page.get_by_role("button", name="Show all")).to_be_enabled()
    await legend.get_by_role("button", name="Child").click()
    await expect(legend.get_by_role("button", name="Child")).to_have_attribute("aria-pressed", "false")
    await page.get_by_role("button", name="Show all").click()
    await expect(legend.get_by_role("button", name="Child")).to_have_attribute("aria-pressed", "true")
    assert seen.complaints == []


async def test_links_of_a_neighborhood_are_drawn_whatever_of_them_is_asked_for(page: Page, seen: Seen) -> None:
    await page.get_by_role("tab", name="Graph").click()
    sponsor, child = "Sponsor Rosa Reyes2", "Child =SUM(1) Cruz"
    facts = "... on Sponsor { firstName lastName } ... on Placement { releasedOn } ... on Phone { number }"
    for links in ("links { from to }", "links { kind }", ""):
        around = f'neighborhood(id: "{global_id("Sponsor", "s2")}", depth: 1)'
        await run(page, f"{{ {around} {{ {links} nodes {{ distance node {{ {facts} }} }} }} }}")
        await expect(page.get_by_role("list", name="Legend")).to_contain_text("Placement 2")
        lines = (await drawn(page))["lines"]
        assert [sponsor, "HAS_PHONE", "Phone +15550102"] in lines
        assert [sponsor, "RESIDES_AT", "Address Address"] in lines
        assert sum(name == "RELEASED_TO" for _, name, _ in lines) == 2
        await page.get_by_role("button", name="New tab").click()
    paths = f'shortestPaths(from: "{global_id("Sponsor", "s1")}", to: "{global_id("Child", "c12")}")'
    names = "... on Sponsor { firstName lastName } ... on Child { firstName lastName } ... on Placement { releasedOn }"
    await run(page, f"{{ {paths} {{ nodes {{ {names} }} }} }}")
    await expect(page.get_by_role("list", name="Legend")).to_contain_text("Placement 1")
    assert (await drawn(page))["lines"] == [
        [child, "HAS_PLACEMENT", "Placement 2023-02-01"],
        ["Placement 2023-02-01", "WITH_SPONSOR", "Sponsor Rosa Reyes1"],
    ]
    assert seen.complaints == []


async def test_expanding_asks_for_the_neighborhood_and_draws_its_links(page: Page) -> None:
    await run(page, "{ sponsors(first: 1) { nodes { lastName } } }")
    await page.get_by_role("tab", name="Graph").click()
    await page.get_by_role("combobox", name="Node", exact=True).select_option(label="Reyes1")
    async with page.expect_request(lambda request: "neighborhood(" in (request.post_data or "")):
        await page.get_by_role("button", name="Expand").click()
    await expect(page.get_by_role("status").filter(has_text="4 nodes added")).to_be_visible()
    lines = (await drawn(page))["lines"]
    assert sum(name == "RELEASED_TO" for _, name, _ in lines) == 2
    assert ["Sponsor Rosa Reyes1", "HAS_PHONE", "Phone +15550101"] in lines


async def test_choosing_a_node_keeps_what_was_in_sight(page: Page) -> None:
    await ask(page, "Sponsors of several children")
    await page.get_by_role("tab", name="Graph").click()
    choice = page.get_by_role("combobox", name="Node", exact=True)
    await expect(choice).to_be_visible()
    nodes = len((await drawn(page))["nodes"])
    for option in await choice.locator("option").all():
        if value := await option.get_attribute("value"):
            await choice.select_option(value=value)
            await page.wait_for_timeout(300)
            assert (await drawn(page))["inside"] == nodes == 9


async def test_every_type_of_node_has_a_look_of_its_own(page: Page, store: Store) -> None:
    for label in LABELS:
        await store.write(f"CREATE (:{label} {{key: 'alone'}})")
    rows = await store.read("MATCH (n {key: 'alone'}) RETURN labels(n)")
    assert len(rows) == len(LABELS)
    fields = core_schema(build_schema(MODEL, ())).query_type.fields.items()  # type: ignore[union-attr]
    lists = [name for name, field in fields if str(field.type) in {f"{label}Connection!" for label in LABELS}]
    await write(page, f"{{ {' '.join(f'{name}(first: 1) {{ nodes {{ id }} }}' for name in lists)} }}")
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("tab", name="Graph").click()
    legend = page.get_by_role("list", name="Legend")
    await expect(legend.get_by_role("listitem")).to_have_count(len(LABELS))
    light = await hold_looks(page)
    await page.emulate_media(color_scheme="dark")
    await expect(legend.locator(".sl-dot").first).not_to_have_css("background-color", light)
    await hold_looks(page)


async def hold_looks(page: Page) -> str:
    """Hold the legend's signs against each other and against the paper; return the first one's colour, as CSS."""
    seen = json.loads(await page.evaluate(LOOKS))
    looks = [(tuple(look["colour"]), look["shape"]) for look in seen["looks"]]
    assert len(looks) == len(LABELS)
    assert min(contrast(colour, seen["paper"]) for colour, _ in looks) >= 3
    assert min(apart(one, other) for (one, _), (other, _) in combinations(looks, 2)) > 0.06
    alike = [apart(one, other) for (one, shape), (other, same) in combinations(looks, 2) if shape == same]
    assert min(alike) > 0.15
    return "rgb({}, {}, {})".format(*looks[0][0])


def linear(colour: tuple[int, ...]) -> list[float]:
    """Return the parts of an sRGB colour as amounts of light, from 0 to 1."""
    shares = [part / 255 for part in colour]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of WCAG 2.1, from 1 to 21."""
    weights = (0.2126, 0.7152, 0.0722)
    low, high = sorted(sum(w * p for w, p in zip(weights, linear(colour), strict=True)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def apart(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the distance in OKLab; 0.02 is just seen, side by side."""
    return math.dist(oklab(one), oklab(other))


def oklab(colour: tuple[int, ...]) -> list[float]:
    """Return the colour in OKLab (Ottosson, "A perceptual color space for image processing")."""
    roots = [sum(w * p for w, p in zip(row, linear(colour), strict=True)) ** (1 / 3) for row in CONES]
    return [sum(w * r for w, r in zip(row, roots, strict=True)) for row in AXES]
