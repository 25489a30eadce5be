"""A real browser against the real pages: one Chromium for all, one office for all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from api.app import make_api
from api.given import Given as ApiGiven
from console.app import make_console
from console.given import Given as ConsoleGiven
from statemodel.commands import RaiseConcern
from tests.api.office import Office, an_office
from tests.browser.planned import planned
from web import make_web

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking"]


@dataclass
class Site:
    """The pages at an address, over an office with four cases."""

    url: str
    office: Office
    case_id: str
    concerned: str
    planned: str
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with an_office(tmp_path_factory.mktemp("site")) as office:
        case_id, concerned = await office.proposed(), await office.open()
        await office.wait(days=5)
        await office.do(concerned, RaiseConcern(what="Afraid to go home"), "p-jo")
        await office.open()
        async with serving(office) as url:
            yield Site(url, office, case_id, concerned, await planned(office))


@asynccontextmanager
async def serving(office: Office) -> AsyncIterator[str]:
    """Serve the whole application on a free port of the loopback; gone afterwards."""
    console = ConsoleGiven(office.gateway, office.opening, office.new_id, demonstration=True)
    api = ApiGiven(office.gateway, office.opening, office.new_id, office.engine_answers)
    app = make_web(make_api(api), make_console(console))
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await task


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("these tests need Debian's chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


LEFT_BEHIND = "net::ERR_ABORTED"  # what was still being fetched when the next page was opened


@pytest.fixture
async def page(chromium: Browser, site: Site) -> AsyncIterator[Page]:
    """A page as Cat, the co-ordinator; whatever the browser complains of is an error."""
    context = await chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
    await context.add_cookies([{"name": "baton_as", "value": "p-cat", "url": site.url}])
    opened = await context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("requestfailed", lambda request: wrong.append(f"{request.url} {request.failure}"))
    yield opened
    wrong = [one for one in wrong if not one.endswith(LEFT_BEHIND)]
    await context.close()
    forms_given_back = ("with a status of 422", "with a status of 409")
    assert [one for one in wrong if not any(told in one for told in forms_given_back)] == []
