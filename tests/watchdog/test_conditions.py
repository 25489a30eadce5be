"""Each condition planted in real stores: found in the first round, and gone once it is mended."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio import workflow
from temporalio.exceptions import ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from readmodel.desks import desk_claim, desk_seen
from readmodel.tables import view_case, view_deadline
from tests.watchdog.kennel import Kennel

MINUTE = timedelta(minutes=1)


@workflow.defn(name="Case")
class FailsAtOnce:
    @workflow.run
    async def run(self) -> None:
        raise ApplicationError("over")


async def test_cases_with_all_they_need_are_not_found(kennel: Kennel) -> None:
    await kennel.planted.healthy("c1")
    await kennel.planted.seen("c1", 3, "h3")
    await kennel.planted.healthy("c2", rehearsal=True)
    closed = {"stage": "closed", "responsible": None, "next_due": None}
    await kennel.planted.healthy("c3", **closed)
    for workflow_id in ("c1.1", "c2.1", "c3.1"):  # the third may still be reopened
        await kennel.start(workflow_id)
    kennel.later = 3 * MINUTE
    seen = await kennel.look()
    assert (dict(seen.since), dict(seen.lost), seen.live, seen.runs) == ({}, {}, 2, 3)


@pytest.mark.proves("I7")
@pytest.mark.parametrize("rehearsal", [False, True])
async def test_an_open_case_whose_run_was_terminated_is_found_until_it_runs_again(
    kennel: Kennel, *, rehearsal: bool
) -> None:
    await kennel.planted.healthy(rehearsal=rehearsal)
    run = await kennel.start("c1.1")
    assert await kennel.found() == set()
    await run.terminate()
    assert await kennel.found() == {("open_without_run", "c1", "terminated")}
    await kennel.start("c1.1")
    assert await kennel.found() == set()


@pytest.mark.proves("I7")
async def test_an_open_case_that_was_never_started_is_found(kennel: Kennel) -> None:
    await kennel.planted.healthy("n1")
    assert await kennel.found() == {("open_without_run", "n1", "absent")}


async def test_an_open_case_whose_run_timed_out_or_failed_is_found(kennel: Kennel) -> None:
    await kennel.planted.healthy("c1")
    await kennel.planted.healthy("c2")
    timed: dict[str, Any] = {"execution_timeout": timedelta(milliseconds=200)}
    late = await kennel.client.start_workflow("Case", id="c1.1", task_queue="nobody", **timed)
    runner = UnsandboxedWorkflowRunner()
    async with Worker(
        kennel.client, task_queue="fails", workflows=[FailsAtOnce], workflow_runner=runner
    ):
        bad = await kennel.client.start_workflow("Case", id="c2.1", task_queue="fails")
        await asyncio.gather(late.result(), bad.result(), return_exceptions=True)
    assert await kennel.found() == {
        ("open_without_run", "c1", "timed_out"),
        ("open_without_run", "c2", "failed"),
    }


async def test_a_closed_case_that_still_owes_something_needs_its_run(kennel: Kennel) -> None:
    await kennel.planted.healthy("n2", stage="closed")
    assert await kennel.found() == {("open_without_run", "n2", "absent")}


@pytest.mark.proves("I7")
async def test_a_run_that_no_case_calls_for_is_found_once_it_is_two_minutes_old(
    kennel: Kennel,
) -> None:
    await kennel.planted.healthy(episode=2)
    for workflow_id in ("c1.1", "c1.2", "c9.1", "no-case-at-all"):
        await kennel.start(workflow_id)
    assert await kennel.found() == set()
    kennel.later = 3 * MINUTE
    assert await kennel.found() == {
        ("run_without_case", "c1.1", "other_episode"),
        ("run_without_case", "c9.1", "unknown"),
        ("run_without_case", "no-case-at-all", "unknown"),
    }
    await kennel.clear()
    await kennel.start("c1.2")
    assert await kennel.found() == set()


async def test_an_opening_is_found_after_ten_minutes_without_a_run_or_without_a_record(
    kennel: Kennel,
) -> None:
    for name in ("n3", "c2"):
        await kennel.planted.claim(name, 9 * MINUTE)
    await kennel.start("c2.1")
    assert await kennel.found() == set()
    kennel.later = 3 * MINUTE
    assert await kennel.found() == {
        ("unstarted_claim", "n3", "absent"),
        ("unrecorded_claim", "c2", "running"),
    }
    await kennel.planted.drop(desk_claim, "n3")
    await kennel.planted.recorded("c2")
    assert await kennel.found() == set()


async def test_a_run_that_has_not_been_heard_for_26_hours_is_found(kennel: Kennel) -> None:
    for name in ("c1", "c2"):
        await kennel.planted.healthy(name, next_due=kennel.planted.now + 9000 * MINUTE)
        await kennel.start(f"{name}.1")
    await kennel.planted.seen("c1", 3, "h3", ago=20 * 60 * MINUTE)
    assert await kennel.found() == set()
    kennel.later = 7 * 60 * MINUTE
    assert await kennel.found() == {("no_pulse", "c1", "running")}
    kennel.later = 26 * 60 * MINUTE  # the other was never heard at all since its claim
    assert await kennel.found() == {("no_pulse", "c1", "running"), ("no_pulse", "c2", "running")}
    for name in ("c1", "c2"):
        await kennel.planted.drop(desk_seen, name)
        await kennel.planted.seen(name, 3, "h3", ago=-kennel.later)
    assert await kennel.found() == set()


async def test_a_closed_case_that_owes_something_must_be_heard_and_one_at_rest_need_not(
    kennel: Kennel,
) -> None:
    due = kennel.planted.now + 9000 * MINUTE
    await kennel.planted.healthy("c1", stage="closed", next_due=due)
    await kennel.planted.healthy("c2", stage="closed", next_due=None)
    for name in ("c1", "c2"):
        await kennel.start(f"{name}.1")
    kennel.later = 26 * 60 * MINUTE
    assert await kennel.found() == {("no_pulse", "c1", "running")}


@pytest.mark.proves("I4")
async def test_a_deadline_two_minutes_past_is_found_until_the_clock_has_seen_to_it(
    kennel: Kennel,
) -> None:
    await kennel.planted.healthy()
    await kennel.start("c1.1")
    kennel.later = 61 * MINUTE
    assert await kennel.found() == set()
    kennel.later = 62 * MINUTE + timedelta(seconds=1)
    assert await kennel.found() == {("deadline_not_fired", "c1", "first_meeting")}
    await kennel.planted.entry("c1", 4)
    assert await kennel.found() == {("projection_behind", "c1", "older")}
    await kennel.planted.sql("UPDATE view_case SET version = 4, next_due = NULL, stage = 'closed'")
    assert await kennel.found() == set()


async def test_a_journal_behind_what_a_run_has_said_is_found(kennel: Kennel) -> None:
    await kennel.planted.healthy()
    await kennel.start("c1.1")
    await kennel.planted.seen("c1", 5, "h5")
    assert await kennel.found() == {("journal_behind", "c1", "seen")}
    for version in (4, 5):
        await kennel.planted.entry("c1", version)
    await kennel.planted.sql("UPDATE view_case SET version = 5")
    assert await kennel.found() == set()


@pytest.mark.proves("I41")
async def test_a_recorded_case_that_nobody_can_see_is_found(kennel: Kennel) -> None:
    await kennel.planted.healthy()
    await kennel.start("c1.1")
    for table in (view_case, view_deadline):
        await kennel.planted.drop(table, "c1")
    kennel.later = 3 * MINUTE
    assert await kennel.found() == {("projection_behind", "c1", "absent")}


@pytest.mark.proves("I1", "I4")
async def test_an_open_case_with_nobody_responsible_or_no_deadline_is_found(
    kennel: Kennel,
) -> None:
    await kennel.planted.healthy("c1", responsible=None, responsible_kind=None)
    await kennel.planted.healthy("c2")
    for name in ("c1", "c2"):
        await kennel.start(f"{name}.1")
    await kennel.planted.drop(view_deadline, "c2")
    assert await kennel.found() == {
        ("nobody_responsible", "c1", "assessing"),
        ("no_running_deadline", "c2", "assessing"),
    }
    await kennel.planted.sql("UPDATE view_case SET responsible = 'p-ana'")
    await kennel.planted.deadline("c2")
    assert await kennel.found() == set()


async def test_a_case_that_contradicts_its_journal_is_found(kennel: Kennel) -> None:
    for name in ("c1", "c2"):
        await kennel.planted.healthy(name)
        await kennel.start(f"{name}.1")
    await kennel.planted.diverged("c1")
    await kennel.planted.seen("c2", 3, "of another night")
    assert await kennel.found() == {("diverged", "c1", "incident"), ("diverged", "c2", "head")}
    await kennel.planted.sql("UPDATE desk_incident SET settled_at = at")
    await kennel.planted.sql("UPDATE desk_seen SET head = 'h3'")
    assert await kennel.found() == set()
