"""The store away while four working days pass: nothing waits for it, nothing is lost."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gateway.answers import Unavailable
from gateway.spooling import drain
from statemodel import status
from statemodel.commands import (
    AcceptNomination,
    AgreeNomination,
    OpenReview,
    RaiseConcern,
    RecordFamilyDecision,
)
from tests import builders as b
from tests.drills.journalled import caught_up
from tests.drills.outage import store_down
from tests.installation import LIVE, Installation, installation

MINUTE = 60.0
ON_TIME = timedelta(seconds=20)  # a busy machine is late, but not by the minute of the outage


@pytest.mark.proves("R101", "R298", "I34", "I35", "F11", "F13")
async def test_the_lapse_fires_on_time_with_the_store_away_for_a_minute_and_nothing_is_lost(
    folder: Path, store_url: str | None
) -> None:
    async with installation(folder, database=store_url) as whole:
        paced, idle = await whole.proposed(), await whole.planned(LIVE)
        due = (await whole.gateway.snapshot(paced)).nominations[0].due.at
        async with store_down(whole):
            await asyncio.sleep(MINUTE)
            during = await whole.gateway.snapshot(paced)
            assert status(during) == "lp_referred"
            with pytest.raises(Unavailable):
                await _press_until_refused(whole, idle)
        entries = await caught_up(whole, paced)
        lapse = next(e for e in entries if e["command"]["kind"] == "lapse_nomination")
        assert abs(datetime.fromisoformat(lapse["at"]) - due) < ON_TIME
        await caught_up(whole, idle)


async def _press_until_refused(whole: Installation, case_id: str) -> None:
    """A store that still reads (a lock) lets people decide; one that does not says 503."""
    if whole.settings.database_url is None:
        raise Unavailable("reads go on under a writer's lock, so this is only for PostgreSQL")
    await whole.submit(case_id, b.proposal())


@pytest.mark.proves("I29")
async def test_a_journal_that_lags_is_shown_as_lagging(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.planned()
        await caught_up(whole, case_id)
        async with store_down(whole):
            await whole.gateway.submit(case_id, b.proposal(), whole.asking("p-ana"))
            assert await _unrecorded(whole, case_id) == 1
        await caught_up(whole, case_id)
        async with asyncio.timeout(60):
            while await _unrecorded(whole, case_id):
                await asyncio.sleep(0.1)


async def _unrecorded(whole: Installation, case_id: str) -> int:
    run = await whole.gateway.episodes.run_of(case_id)
    answer = await whole.gateway.engine.client.get_workflow_handle(run).query("snapshot")
    return int(answer["unrecorded"])


STAGES = ("identified", "planning", "proposed", "in_delivery", "in_review", "closed")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.proves("R28", "B1")
async def test_a_concern_is_accepted_in_every_stage_with_the_store_down_and_journalled_after(
    folder: Path, store_url: str | None, stage: str
) -> None:
    async with installation(folder, database=store_url) as whole:
        case_id = await _in_stage(whole, stage)
        before = len(await caught_up(whole, case_id))
        async with store_down(whole):
            asking = whole.asking("somebody-nobody-knows")
            answer = await whole.gateway.submit(case_id, RaiseConcern(what="Afraid"), asking)
            assert answer.case_id == case_id
        await drain(whole.gateway)
        entries = await caught_up(whole, case_id)
        raised = [e for e in entries[before:] if e["command"]["kind"] == "raise_concern"]
        assert [entry["command"]["what"] for entry in raised] == ["Afraid"]


async def _in_stage(whole: Installation, stage: str) -> str:
    if stage == "identified":
        return await whole.open(LIVE)
    asked = stage in ("proposed", "in_delivery", "in_review")
    case_id = await (whole.proposed(LIVE) if asked else whole.planned(LIVE))
    if stage == "closed":
        await whole.submit(case_id, b.closing())
    if stage in ("in_delivery", "in_review"):
        await _lead(whole, case_id)
    if stage == "in_review":
        await whole.submit(case_id, OpenReview())
    return case_id


async def _lead(whole: Installation, case_id: str) -> None:
    """Everybody whose answer counts says yes, and the plan is under way."""
    await whole.submit(case_id, AcceptNomination(nomination="n3"), "p-sam")
    await whole.submit(case_id, AgreeNomination(nomination="n3", seen=3), "p-lee")
    version = (await whole.gateway.snapshot(case_id)).nominations[0].version
    agreed = RecordFamilyDecision(nomination="n3", seen=version, agrees=True, asked=("f-parent",))
    await whole.submit(case_id, agreed)
