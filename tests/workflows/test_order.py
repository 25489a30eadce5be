"""What a task orders does not hang on how the engine puts its news together."""

import asyncio

import pytest
from temporalio import activity
from temporalio.api.enums.v1 import EventType
from temporalio.testing import WorkflowEnvironment

from rehearsals.memory import Document
from tests import builders as b
from tests.workflows.bench import Bench, Ports, a_case, working
from tests.workflows.test_rolling import until


class Slow(Ports):
    """Writes only once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = asyncio.Event()

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        await self.may_write.wait()
        return await super().record(batch)


async def _tasks(bench: Bench) -> int:
    history = await bench.handle.fetch_history()
    done = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    return sum(event.event_type == done for event in history.events)


async def _reaches(bench: Bench, tasks: int) -> None:
    async with asyncio.timeout(60):
        while await _tasks(bench) < tasks:
            await asyncio.sleep(0.02)


@pytest.mark.proves("F27", "I7")
async def test_two_tasks_that_ordered_nothing_then_a_command_leave_a_case_that_replays(
    environment: WorkflowEnvironment, cached: int
) -> None:
    """A cold worker is given the three tasks' news at once; a later replay one by one."""
    ports = Slow()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        await bench.start()
        await bench.ask(b.identify())
        tasks = await _tasks(bench)
        await bench.handle.signal("no-such-signal")
        await _reaches(bench, tasks + 1)
        ports.may_write.set()
        await _reaches(bench, tasks + 2)
        await bench.ask(b.agreement())
        await until(bench, 2)
        assert (await bench.seen()).version == 2
        assert not bench.kept.wrong
