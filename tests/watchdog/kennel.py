"""A watchdog at work over real stores, its time given, and the runs that stand in for cases."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.engine import make_url
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError

from tests.watchdog.plant import Planted
from watchdog.rounds import Seen, Watch
from watchdog.runs import Runs
from watchdog.store import Store

Told = set[tuple[str, str, str]]


@dataclass(slots=True)
class Kennel:
    """`later` is how far the watchdog's own time is ahead of what is planted."""

    client: Client
    url: str
    address: str
    planted: Planted
    later: timedelta = timedelta(0)
    runs: list[WorkflowHandle[Any, Any]] = field(default_factory=list)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(Store(make_url(self.url)), Runs(self.address, "default"))

    async def start(self, workflow_id: str, **options: Any) -> WorkflowHandle[Any, Any]:
        """A run of type Case, of which nobody takes the tasks; returns once it is listed."""
        options = {"task_queue": "nobody"} | options
        run = await self.client.start_workflow("Case", id=workflow_id, **options)
        self.runs.append(run)
        for _ in range(200):
            query = f"WorkflowId = '{workflow_id}' AND ExecutionStatus = 'Running'"
            if (await self.client.count_workflows(query)).count:
                break
            await asyncio.sleep(0.05)
        return run

    async def look(self) -> Seen:
        return await self.watch.round(self.planted.now + self.later)

    async def found(self) -> Told:
        """What one round has found: code, case and what about it."""
        return told(await self.look())

    async def clear(self) -> None:
        for run in self.runs:
            with suppress(RPCError):  # most have ended by then
                await run.terminate()


def told(seen: Seen) -> Told:
    return {(one.code.value, one.case_id, one.about) for one in seen.since}
