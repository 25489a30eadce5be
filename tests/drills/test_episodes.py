"""After the end: a run ends once all is recorded, done and past; a concern begins the next."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

from config.calendar_files import load_calendar
from config.policies import load_pack
from gateway.answers import RefusedByCase
from gateway.cases import Opening
from gateway.wiring import open_gateway
from statemodel.commands import AnswerTask, RaiseConcern
from statemodel.working_days import Period, Unit
from tests import builders as b
from tests.drills.journalled import caught_up, entries_of
from tests.installation import PACED, Installation, installation


def _briefly_reopened() -> Opening:
    pack = load_pack("demonstration")
    clocks = replace(pack.clocks, reopening=Period(1, Unit.CALENDAR_DAYS))
    return Opening(replace(pack, clocks=clocks), load_calendar(PACED, b.MONDAY.year))


async def _ended(whole: Installation) -> str:
    opened = await whole.gateway.open_case(b.identify(), whole.asking("p-ana"), _briefly_reopened())
    await whole.submit(opened.case_id, b.agreement())
    await whole.submit(opened.case_id, b.closing())
    async with asyncio.timeout(60):
        while await _status(whole, opened.case_id) is WorkflowExecutionStatus.RUNNING:
            await asyncio.sleep(0.2)
    assert await _status(whole, opened.case_id) is WorkflowExecutionStatus.COMPLETED
    return opened.case_id


async def _status(whole: Installation, case_id: str) -> WorkflowExecutionStatus | None:
    handle = whole.gateway.engine.client.get_workflow_handle(f"{case_id}.1")
    return (await handle.describe()).status


@pytest.mark.proves("I7", "R28", "F28")
async def test_a_concern_on_an_ended_case_begins_its_next_episode_and_other_commands_do_not(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        case_id = await _ended(whole)
        assert (await whole.gateway.snapshot(case_id)).stage == "closed"
        with pytest.raises(RefusedByCase):
            await whole.submit(case_id, b.proposal())
        await whole.submit(case_id, RaiseConcern(what="Afraid"), by="nobody-known")
        entries = await caught_up(whole, case_id)
        assert [entry["episode"] for entry in entries] == [1, 1, 1, 2]
        case = await whole.gateway.snapshot(case_id)
        assert (case.stage, len(case.open_tasks)) == ("closed", 1)


@pytest.mark.proves("I7", "I8")
async def test_an_ended_case_is_never_opened_again_by_its_own_opening(folder: Path) -> None:
    async with installation(folder) as whole:
        asking = whole.asking("p-ana")
        opening = _briefly_reopened()
        first = await whole.gateway.open_case(b.identify(), asking, opening)
        again = await whole.gateway.open_case(b.identify(), asking, opening)
        assert (first.case_id, again.version) == (again.case_id, 1)
        assert len(await entries_of(whole, first.case_id)) <= 1


@pytest.mark.proves("I7", "I8", "I39")
async def test_two_ways_in_meet_in_the_same_next_episode_and_nothing_acknowledged_is_lost(
    folder: Path,
) -> None:
    async with installation(folder) as whole, open_gateway(whole.settings) as other:
        case_id = await _ended(whole)
        assert (await other.snapshot(case_id)).episode == 1
        first = RaiseConcern(what="Afraid to go home")
        second = RaiseConcern(what="Seen at the station at night")
        await asyncio.gather(
            whole.gateway.submit(case_id, first, whole.asking("p-ana")),
            other.submit(case_id, second, whole.asking("p-jo")),
        )
        case = await other.snapshot(case_id)
        done = AnswerTask(task=case.open_tasks[0].id, seen=case.open_tasks[0].version, done="Rang")
        await whole.gateway.submit(case_id, done, whole.asking("p-dut"))
        entries = await caught_up(whole, case_id)
        by_people = [entry for entry in entries if entry["by"]["hat"] == "person"]
        assert [entry["episode"] for entry in by_people] == [1, 1, 1, 2, 2, 2]


@pytest.mark.proves("I40", "F22")
async def test_a_command_older_than_the_case_remembers_is_answered_from_the_journal(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        asking = whole.asking("p-ana")
        opened = await whole.gateway.open_case(b.identify(), asking, _briefly_reopened(), wait=True)
        again = await whole.gateway.open_case(b.identify(), asking, _briefly_reopened())
        assert (again.version, again.repeat, again.recorded) == (opened.version, True, True)
