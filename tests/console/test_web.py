"""The one application: what goes to the API, what to the console, and whom it answers at all."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.app import make_api
from api.given import Given as ApiGiven
from console.app import make_console
from console.given import Given as ConsoleGiven
from gateway.answers import Unavailable
from statemodel.commands import RaiseConcern
from tests.api.office import Browser, Office
from tests.architecture.source import ROOT
from web import NotLoopback, draining, make_web, prove_loopback


def whole(office: Office, host: str = "127.0.0.1") -> Browser:
    api = ApiGiven(office.gateway, office.opening, office.new_id, office.engine_answers)
    console = ConsoleGiven(office.gateway, office.opening, office.new_id)
    return Browser(make_web(make_api(api), make_console(console)), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_only_this_machine_is_listened_to(host: str) -> None:
    prove_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "baton.example", ""])
def test_an_address_that_others_reach_is_refused_with_what_to_do(host: str) -> None:
    with pytest.raises(NotLoopback, match=r"BATON_WEB_HOST.*127\.0\.0\.1"):
        prove_loopback(host)


def test_the_process_ends_with_a_clear_word_rather_than_listen_elsewhere(tmp_path: Path) -> None:
    environment = {**os.environ, "BATON_WEB_HOST": "0.0.0.0", "BATON_DATA": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-m", "web"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "BATON_WEB_HOST" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_the_api_and_the_pages_share_one_address(office: Office) -> None:
    web = whole(office)
    assert (await web.get("/healthz")).json()["status"] == "ok"
    assert (await web.get("/openapi.json")).json()["openapi"].startswith("3.1")
    assert (await web.get("/v1/nothing")).headers["content-type"] == "application/problem+json"
    assert "text/html" in (await web.get("/nothing")).headers["content-type"]
    assert "<h1>Today</h1>" in (await web.get("/")).text


async def test_a_name_that_leads_here_from_elsewhere_is_not_answered(office: Office) -> None:
    assert (await whole(office, "rebound.example").get("/v1/cases")).status_code == 400


async def test_no_page_elsewhere_can_post_to_the_api_either(office: Office) -> None:
    path = f"/v1/cases/{await office.open()}/raise_concern"
    forged = await whole(office).post(path, content=b"x", headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403
    assert (await whole(office).post(path, content=b"x")).status_code == 200


async def test_concerns_on_disk_are_delivered_when_the_engine_is_back(office: Office) -> None:
    case_id = await office.open()
    office.engine.trouble = Unavailable("gone")
    await office.do(case_id, RaiseConcern(what="Afraid"))
    assert len(list(office.spool.waiting())) == 1
    office.engine.trouble = None
    async with draining(office.gateway), asyncio.timeout(60):
        while list(office.spool.waiting()):
            await asyncio.sleep(0.02)
    assert office.engine.runs[f"{case_id}.1"].case.version == 2
