"""The post on the whole of it: the dead become tasks, and concerns reach who may know of them."""

import asyncio
from pathlib import Path

import pytest

from readmodel.directory import Listed, put_people
from readmodel.messages import MessageState, messages_of
from statemodel import Case, PersonFacts, Role
from statemodel.commands import RaiseConcern
from statemodel.things import TaskKind
from tests import builders as b
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation


async def _leaves(whole: Installation, person: str, role: Role) -> None:
    gone = PersonFacts(person, b.AUTHORITY, (role,), active=False)
    await put_people(whole.gateway.store, [Listed(gone, person)])


async def _with_a_task(whole: Installation, case_id: str, what: TaskKind) -> Case:
    async with asyncio.timeout(60):
        while True:
            case = await whole.gateway.snapshot(case_id)
            if any(task.what is what for task in case.open_tasks):
                return case
            await asyncio.sleep(0.1)


async def _settled(whole: Installation, case_id: str) -> dict[str, MessageState]:
    """Where the case's messages stand, once none of them waits."""
    async with asyncio.timeout(60):
        while True:
            told = await messages_of(whole.gateway.store, case_id)
            if told and all(one.state is not MessageState.WAITING for one in told):
                return {one.message.id: one.state for one in told}
            await asyncio.sleep(0.1)


def _recipients(whole: Installation, purpose: str) -> set[str]:
    folder = whole.settings.data / "outbox"
    letters = [path.read_text() for path in folder.glob(f"*-{purpose}-*.txt")]
    return {letter.splitlines()[0].removeprefix("To: ") for letter in letters}


@pytest.mark.proves("R357", "R374", "I29", "I37")
async def test_a_message_to_a_desk_where_nobody_sits_becomes_a_task_to_tell_them_by_hand(
    folder: Path, store_url: str | None
) -> None:
    async with installation(folder, database=store_url) as whole:
        await _leaves(whole, "p-cat", Role.COORDINATOR)
        case_id = await whole.proposed(LIVE)
        case = await _with_a_task(whole, case_id, TaskKind.TELL_BY_HAND)
        task = next(one for one in case.open_tasks if one.what is TaskKind.TELL_BY_HAND)
        states = await _settled(whole, case_id)
        dead = {name for name, state in states.items() if state is MessageState.DEAD}
        assert task.about[0] in dead
        journal = await caught_up(whole, case_id)
        reports = [e for e in journal if e["command"]["kind"] == "report_undelivered"]
        assert {report["command_id"] for report in reports} <= dead
        assert {report["command"]["why"] for report in reports} == {"desk_empty"}
        assert _recipients(whole, "please_answer") == {"p-lee"}


@pytest.mark.proves("R28")
async def test_a_concern_about_the_duty_manager_reaches_the_early_help_manager_and_not_her(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        case_id = await whole.planned(LIVE)
        concern = RaiseConcern(what="Rough with him", people=("p-dut",))
        await whole.submit(case_id, concern, by="p-sam")
        await caught_up(whole, case_id)
        states = await _settled(whole, case_id)
        assert set(states.values()) == {MessageState.SENT}
        assert _recipients(whole, "concern_raised") == {"p-eve"}


@pytest.mark.proves("R28")
async def test_a_concern_on_a_night_when_the_duty_desk_is_empty_goes_one_desk_further(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        await _leaves(whole, "p-dut", Role.DUTY_MANAGER)
        case_id = await whole.planned(LIVE)
        await whole.submit(case_id, RaiseConcern(what="Afraid"), by="p-ana")
        await caught_up(whole, case_id)
        await _settled(whole, case_id)
        assert _recipients(whole, "concern_raised") == {"p-eve"}
