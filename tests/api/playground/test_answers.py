from __future__ import annotations

from playwright.async_api import Page, expect

from api.compiler.ids import global_id
from graph.store import Store
from tests.api.playground.steps import ask, check, run, write

FINDING = "CREATE (:Finding {key: 'f', indicator: 'sponsorsWithMultipleChildren', status: 'OPEN', version: 1})"
KNOWN, UNKNOWN = (global_id("Finding", key) for key in ("f", "g"))
ASSIGN = '{name}: assignFinding(input: {{ id: "{id}", assignee: "M. Stone", version: 1 }}) {{ finding {{ assignee }} }}'
GROUPS = "{ statistics(of: CHILDREN, groupBy: [COUNTRY]) { totalCount rows { count values { label } } } }"

SHOWN = (
    ("{ __typename }", "Query"),
    ('{ __type(name: "Severity") { kind } }', "ENUM"),
    ("{ phones(first: 1) { nodes { __typename } } }", "Phone"),
    ("{ phones(first: 1) { pageInfo { hasNextPage } } }", "yes"),
)
PLACES = (
    ("# Sponsors\n{ sponsors { nodes { lastName ) } } }", "line 2, column 31"),
    ("{ sponsors { nodes { lastName } } phones { nodes { numbr } } }", "line 1, column 52"),
    ("# Phones\n{ phones { nodes { number } } sponsor(id: 7) { lastNam } }", "line 2, column 48"),
)


async def test_a_refused_change_is_told_in_every_view_though_nobody_asked_why(page: Page) -> None:
    await run(page, f"mutation {{ {ASSIGN.format(name='give', id=UNKNOWN)} }}")
    for view in ("Graph", "JSON", "Table"):
        await page.get_by_role("tab", name=view).click()
        await expect(page.locator(".sl-error")).to_have_count(1)
        await expect(page.locator(".sl-error")).to_contain_text("Refused. give: ")
        await expect(page.locator(".sl-error")).to_contain_text("(NOT_FOUND, at ")
        await expect(page.locator(".sl-status")).to_contain_text("1 of 1 change refused in")
    await check(page)


async def test_a_change_that_was_done_is_not_mixed_up_with_a_refused_one(page: Page, store: Store) -> None:
    await store.write(FINDING)
    both = f"{ASSIGN.format(name='one', id=KNOWN)} {ASSIGN.format(name='other', id=UNKNOWN)}"
    await run(page, f"mutation {{ {both} }}")
    await expect(page.locator(".sl-error")).to_have_count(1)
    await expect(page.locator(".sl-error")).to_contain_text("Partly refused. other: ")
    await expect(page.locator(".sl-status")).to_contain_text("1 of 2 changes refused in")
    await page.get_by_role("tab", name="JSON").click()
    await expect(page.locator(".result-window")).to_contain_text("M. Stone")
    await expect(page.locator(".result-window")).not_to_contain_text("sightlineErrors")


async def test_rows_are_counted_wherever_an_answer_lists_them(page: Page, store: Store) -> None:
    await store.write("MATCH (c:Child) SET c.countryOfBirth = CASE WHEN c.key < 'c2' THEN 'Honduras' ELSE 'Mexico' END")
    await store.write("MATCH (c:Child {key: 'c11'}) SET c.aNumber = '900000111'")
    status, beside = page.locator(".sl-status"), page.get_by_label("Beside the rows")
    await run(page, GROUPS)
    await expect(status).to_contain_text("2 rows in")
    await expect(beside).to_have_text("totalCount6")
    await expect(page.locator(".sl-scroll tbody tr")).to_have_text(["2Honduras", "4Mexico"])
    await run(page, "{ sponsors { totalCount } }")
    await expect(status).to_contain_text("1 row in")
    await expect(page.locator(".sl-scroll tbody tr")).to_have_text(["3"])
    await run(page, "{ children(first: 2) { totalCount edges { node { key } } } }")
    await expect(status).to_contain_text("2 of 6 rows in")
    await run(page, '{ lookup(aNumbers: ["900000111", "900000999", "x"]) { matched { given } unmatched malformed } }')
    await expect(status).to_contain_text("1 row in")
    parts = page.get_by_label("Part of the answer")
    await expect(parts.get_by_role("option")).to_have_text(["lookup.matched", "lookup.unmatched", "lookup.malformed"])
    await parts.select_option("lookup.malformed")
    await expect(page.locator(".sl-scroll tbody tr")).to_have_text(["x"])


async def test_what_was_asked_for_is_shown(page: Page) -> None:
    for document, shown in SHOWN:
        await run(page, document)
        await expect(page.locator(".sl-scroll tbody")).to_have_text(shown)
        await expect(page.locator(".sl-status")).to_contain_text("1 row in")


async def test_an_error_is_told_with_its_place_and_stays_marked_there(page: Page) -> None:
    mark = page.locator(".graphiql-query-editor .squiggly-error").first
    for document, place in PLACES:
        await run(page, document)
        await expect(page.locator(".sl-error").first).to_contain_text(f"({place}")
        await expect(mark).to_be_visible()
        await page.get_by_role("tab", name="JSON").click()
        await page.get_by_role("tab", name="Table").click()
        await expect(page.locator(".sl-error").first).to_contain_text(f"({place}")
        await expect(mark).to_be_visible()


async def test_a_nested_table_stays_inside_its_cell(page: Page) -> None:
    fields = "key aNumber firstName lastName dateOfBirth sex countryOfBirth enteredOn transferredOn"
    await run(page, f"{{ sponsors(first: 2) {{ nodes {{ children {{ nodes {{ {fields} }} }} firstName }} }} }}")
    await page.get_by_role("button", name="children: 2").first.click()
    inner = await page.locator(".sl-inner").bounding_box()
    cell = await page.locator("td:has(> .sl-inner)").bounding_box()
    after = await page.locator("td:has(> .sl-inner) + td").bounding_box()
    assert inner is not None
    assert cell is not None
    assert after is not None
    assert inner["width"] > 400
    assert cell["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= cell["x"] + cell["width"] <= after["x"]


async def test_a_question_opens_a_tab_of_its_own_and_destroys_nothing(page: Page) -> None:
    tabs = page.get_by_role("list", name="Select active operation").get_by_role("listitem")
    lines = page.locator(".graphiql-query-editor .view-lines")
    await write(page, "query Mine { phones { totalCount } }")
    await ask(page, "Sponsors of several children")
    await expect(page.locator(".sl-status")).to_contain_text("3 rows in")
    await expect(tabs).to_have_count(2)
    await ask(page, "Sponsors of several children", {"minChildren": "1", "first": "2"})
    await expect(page.locator(".sl-status")).to_contain_text("2 of 3 rows in")
    await expect(tabs).to_have_count(2)
    await page.get_by_role("button", name="Wide").click()
    await write(page, "{ addresses { totalCount } }")
    await page.get_by_role("button", name="Next page").click()
    await expect(page.locator(".sl-status")).to_contain_text("row 3 of 3 in")
    await expect(tabs).to_have_count(3)
    await ask(page, "Addresses shared by sponsors")
    await expect(page.locator(".sl-status")).to_contain_text("1 row in")
    await expect(tabs).to_have_count(4)
    await tabs.nth(0).get_by_role("button").first.click()
    await expect(lines).to_contain_text("query Mine { phones { totalCount } }")
    await tabs.nth(1).get_by_role("button").first.click()
    await expect(lines).to_contain_text("{ addresses { totalCount } }")


async def test_variables_that_were_typed_are_kept_too(page: Page) -> None:
    tabs = page.get_by_role("list", name="Select active operation").get_by_role("listitem")
    await ask(page, "Sponsors of several children")
    await expect(page.locator(".sl-status")).to_contain_text("3 rows in")
    await page.get_by_role("button", name="Wide").click()
    await page.get_by_role("button", name="Variables").click()
    await write(page, '{"first": 1}', ".graphiql-editor-tool")
    await ask(page, "Sponsors of several children")
    await expect(page.locator(".sl-status")).to_contain_text("3 rows in")
    await expect(tabs).to_have_count(3)
    await tabs.nth(1).get_by_role("button").first.click()
    await expect(page.locator(".graphiql-editor-tool .view-lines").first).to_contain_text('{"first": 1}')
