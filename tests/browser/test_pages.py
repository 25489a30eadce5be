"""The pages in a real browser: no complaint, nothing sideways, keyboard first, no axe fault."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.architecture.source import ROOT
from tests.browser.conftest import Site

PATHS = {
    "today": "/",
    "needs-a-person": "/needs-a-person",
    "cases": "/cases",
    "case": "/cases/{case}",
    "concerned": "/cases/{concerned}",
    "form": "/cases/{case}/do/close_case",
    "proposal": "/cases/{concerned}/do/propose_lead",
    "concern": "/cases/{case}/do/raise_concern",
    "planned": "/cases/{planned}",
    "checks": "/cases/{planned}/do/record_checks",
    "meeting": "/cases/{planned}/do/record_meeting",
    "open": "/open",
    "received": "/received?kept=1",
}
AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOTS = ROOT / "screenshots"


def address(site: Site, name: str) -> str:
    cases = {"case": site.case_id, "concerned": site.concerned, "planned": site.planned}
    return PATHS[name].format(**cases)


async def axe(page: Page) -> object:
    """What axe finds wrong with a page."""
    return await page.evaluate(
        f"async () => {{ {AXE}; const found = await axe.run("
        f"{{runOnly: {RULES}}}); return found.violations.map(v => v.id + ' ' + "
        "v.nodes.map(n => n.target)); }"
    )


@pytest.mark.parametrize("name", PATHS)
async def test_a_page_opens_without_a_complaint_and_axe_finds_nothing(
    name: str, page: Page, site: Site
) -> None:
    answer = await page.goto(address(site, name))
    assert answer
    assert answer.status == 200
    assert "999" in await page.inner_text("body")
    SHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert await axe(page) == []


@pytest.mark.parametrize("name", PATHS)
async def test_at_320_pixels_nothing_scrolls_sideways(name: str, page: Page, site: Site) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(address(site, name))
    await page.screenshot(path=SHOTS / f"{name}-320.png", full_page=True)
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["today", "needs-a-person", "case"])
async def test_the_skip_link_comes_first_on_the_keyboard(name: str, page: Page, site: Site) -> None:
    await page.goto(address(site, name))
    await page.keyboard.press("Tab")
    focused = await page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to main content"
    assert await page.locator(":focus").is_visible()
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"


async def test_what_has_focus_is_seen_to_have_it(page: Page, site: Site) -> None:
    await page.goto(address(site, "case"))
    for _ in range(12):
        await page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await page.evaluate(outline) == "solid"


async def test_a_manager_agrees_with_the_keyboard_alone(page: Page, site: Site) -> None:
    case_id = await site.office.proposed()
    await page.goto(f"/cases/{case_id}")
    await page.get_by_label("Acting as").select_option("p-lee")
    await page.get_by_role("button", name="Change").press("Enter")
    await page.wait_for_url(f"**/cases/{case_id}")
    await page.get_by_role("link", name=re.compile("Agree that")).press("Enter")
    await page.get_by_role("button", name=re.compile("Agree that")).press("Enter")
    await page.wait_for_url("**?done=1")
    assert "family to be asked" in await page.inner_text(".status")
    await page.screenshot(path=SHOTS / "agreed.png", full_page=True)


async def test_a_form_that_comes_back_keeps_what_was_typed(page: Page, site: Site) -> None:
    await page.goto(f"/cases/{site.concerned}/do/close_case")
    await page.get_by_label("What the family said of it").fill("Ready <b>soon</b>")
    await page.get_by_label("The practitioner alone").check()
    await page.get_by_role("button", name="Close the case").click()
    assert await page.get_by_role("alert").is_visible()
    await page.screenshot(path=SHOTS / "not-done.png", full_page=True)
    assert (
        await page.get_by_label("What the family said of it").input_value() == "Ready <b>soon</b>"
    )
    assert await page.get_by_label("The practitioner alone").is_checked()
    await page.get_by_label("Outcomes achieved").or_(page.locator("#f-code")).first.focus()


async def test_no_script_of_a_strangers_words_is_ever_run(page: Page, site: Site) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    await page.goto(f"/cases/{site.concerned}/do/raise_concern")
    await page.get_by_label("What worries you").fill(bad)
    await page.get_by_role("button", name=re.compile("Raise a concern")).click()
    await page.wait_for_url("**/received")
    await page.goto(f"/cases/{site.concerned}")
    assert bad in await page.inner_text(".timeline")
    assert alerts == []


async def test_a_child_known_already_is_asked_about_and_answered_with_the_keyboard_alone(
    page: Page, site: Site
) -> None:
    await page.context.add_cookies([{"name": "baton_as", "value": "p-ana", "url": site.url}])
    for _ in range(2):
        await page.goto("/open")
        await page.get_by_label("Something seen or heard").check()
        await page.get_by_label("Full name").first.fill("Ada Browsed")
        await page.get_by_label("Date of birth").fill("2015-03-04")
        await page.get_by_label("Date of birth").press("Enter")
    assert page.url.endswith("/open")
    assert "may be k-" in await page.inner_text("form[action='/open']")
    assert await axe(page) == []
    await page.screenshot(path=SHOTS / "open-match.png", full_page=True)
    await page.get_by_role("radio", name="Another child").check()
    reason = page.get_by_label("If it is another child: how do you know?")
    await reason.fill("A cousin of that name")
    await reason.press("Enter")
    assert "/cases/" in page.url
