"""The manager's own page on a telephone: no account, no script, and the right one answers."""

import pytest
from playwright.async_api import Page

from gateway.links import links_of
from readmodel.directory import Listed, put_people
from readmodel.messages import messages_of
from statemodel import PersonFacts, Role
from statemodel.tenure import Nomination, NominationState
from tests.browser.conftest import Site
from tests.browser.test_pages import SHOTS, axe

MAX = PersonFacts("p-max", "a-trust", (Role.LINE_MANAGER,))


async def link(site: Site, case_id: str, person: str) -> str:
    """The way to a person's own page, as the newest letter that asks them says it."""
    found = await messages_of(site.office.store, case_id)
    asked = [one.message for one in found if one.message.purpose == "please_answer"]
    mine = [one for one in asked if one.to.id == person][-1]
    links = links_of(site.office.gateway)
    return f"/answer/{await links.made_for(mine, person, site.office.clock())}"


def held(site: Site, case_id: str) -> Nomination:
    return site.office.engine.runs[f"{case_id}.1"].case.every(Nomination)[-1]


async def looked_at(page: Page, name: str) -> None:
    await page.screenshot(path=SHOTS / f"answer-{name}.png", full_page=True)
    assert await axe(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def chosen(page: Page, way: str, name: str) -> None:
    """Choose, go on, look at the next page, type a name and press."""
    await page.locator(f"#way-{way}").check()
    await page.get_by_role("button", name="Continue").click()
    if await page.locator("#picked").count():
        await page.locator("#picked").select_option("p-max")
    await page.get_by_label("Your full name").fill(name)
    await looked_at(page, way)
    await page.locator("main form button").click()
    await looked_at(page, f"{way}-done")


@pytest.fixture
async def asked(site: Site, page: Page) -> str:
    """A case whose manager is asked, and a telephone to answer with."""
    SHOTS.mkdir(exist_ok=True)
    await put_people(site.office.store, [Listed(MAX, "Max Reid")])
    await page.set_viewport_size({"width": 320, "height": 640})
    return await site.office.proposed()


@pytest.mark.proves("R95", "R99")
async def test_it_goes_to_the_right_manager_with_the_same_day_and_is_answered_there(
    page: Page, site: Site, asked: str
) -> None:
    due = held(site, asked).due
    await page.goto(await link(site, asked, "p-lee"))
    await looked_at(page, "asked")
    await chosen(page, "not_hers", "Lee Wong")
    assert (held(site, asked).asked, held(site, asked).due) == ("p-max", due)
    await page.goto(await link(site, asked, "p-max"))
    await chosen(page, "agree", "Max Reid")
    assert held(site, asked).state is NominationState.AGREED
    told = await messages_of(site.office.store, asked)
    agreed = [one.message for one in told if one.message.purpose == "lead_agreed_by_manager"]
    assert {"p-max", "p-sam"} <= {one.to.id for one in agreed}


async def test_whoever_opens_every_way_and_presses_nothing_has_changed_nothing(
    page: Page, site: Site, asked: str
) -> None:
    way_in = await link(site, asked, "p-lee")
    await page.goto(way_in)
    ways = await page.locator("input[name=way]").evaluate_all("all => all.map(one => one.value)")
    links = await page.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert ways
    for there in (*links, *(f"{way_in}?way={way}" for way in ways)):
        await page.goto(there)
        await page.evaluate("document.body.dispatchEvent(new Event('click', {bubbles: true}))")
    assert held(site, asked).state is NominationState.PROPOSED
    assert held(site, asked).asked == "p-lee"
