"""Clock, courier and pulse never die in silence: a bug fails the task, never the case."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from tests import builders as b
from tests.workflows.bench import Bench, Ports, a_case, working
from tests.workflows.builds import BrokenClock, BrokenCourier, BrokenPulse
from tests.workflows.test_rolling import until


async def _failed_tasks(bench: Bench) -> int:
    history = await bench.handle.fetch_history()
    failed = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
    return sum(event.event_type == failed for event in history.events)


@pytest.mark.parametrize("broken", [BrokenClock, BrokenCourier, BrokenPulse])
@pytest.mark.proves("I7", "F33")
async def test_a_bug_in_a_hand_fails_the_task_visibly_and_the_mended_build_goes_on(
    environment: WorkflowEnvironment, broken: type
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    await bench.start()
    asking = asyncio.create_task(bench.ask(b.identify(), command_id="p-ana/1"))
    async with working(environment, ports, [broken]):
        async with asyncio.timeout(60):
            while not await _failed_tasks(bench):
                await asyncio.sleep(0.05)
        described = await bench.handle.describe()
        assert described.status is WorkflowExecutionStatus.RUNNING
    async with working(environment, ports):
        await asyncio.wait([asking], timeout=60)
        answer = await bench.ask(b.identify(), command_id="p-ana/1")
        assert answer["version"] == 1
        await until(bench, 1)
        await bench.forward(timedelta(days=20))
        assert bench.kinds[:2] == ["identify_need", "mark_missed"]


@pytest.mark.proves("F27")
async def test_what_is_asked_in_the_very_moment_of_the_start_is_kept(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    await bench.start()
    first = asyncio.create_task(bench.ask(b.identify()))
    await asyncio.sleep(0.3)
    async with working(environment, ports, cached=cached):
        assert (await first)["version"] == 1
        await until(bench, 1)
        assert (await bench.seen()).version == 1
