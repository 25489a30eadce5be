"""A case on the bench: the real workflow on skipped time, with ports that can be made to fail."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

import wire
from rehearsals.memory import Document, Memory
from statemodel import Actor, Case, Facts, Hat
from statemodel.commands import AnyCommand
from tests import builders as b
from workflows.case import CaseWorkflow
from workflows.run_state import CaseRun, Submission

AGAIN = timedelta(hours=6)


class Ports(Memory):
    """Remembers as the rehearsals' memory does, and is out of order while told to be."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = f"bench-{uuid4().hex}"  # its own: cases outlive the tests that started them
        self.broken = False
        self.says: Document | None = None
        self.attempts = 0
        self.told: dict[str, Document] = {}

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        self.attempts += 1
        if self.broken:
            raise ApplicationError("the store is away", next_retry_delay=AGAIN)
        if self.says is not None:
            return self.says
        self.written(batch)
        return await super().record(batch)

    @activity.defn(name="hand_on")
    async def hand_on(self, messages: list[Document]) -> None:
        self.told |= {message["id"]: message for message in messages}  # a post knows repeats
        await super().hand_on(messages)

    def written(self, batch: Document) -> None:
        """For those who look at batches."""


class Bench:
    """One case and its own clock; times are UTC."""

    def __init__(self, environment: WorkflowEnvironment, ports: Ports, case: Case) -> None:
        self.environment, self.ports, self.case = environment, ports, case
        self.kept = ports.open(case.id, b.SECRET)
        self.handle: WorkflowHandle[Any, Any]

    async def start(self) -> None:
        run = CaseRun(self.case, b.SECRET, opening=self.case)
        self.handle = await self.environment.client.start_workflow(
            "Case", wire.encode(run), id=f"{self.case.id}.1", task_queue=self.ports.queue
        )

    async def ask(self, command: AnyCommand, by: str = "p-ana", command_id: str = "") -> Document:
        """Submit under an update id of its own, so that only the case itself can know a repeat."""
        submission = await self.submission(command, by, command_id or uuid4().hex)
        answer: Document = await self.handle.execute_update("submit", submission, id=uuid4().hex)
        return answer

    async def submission(self, command: AnyCommand, by: str, command_id: str) -> Document:
        now = await self.now()
        facts = Facts(now, b.people())
        asked = Submission(command, Actor(Hat.PERSON, by), command_id, now, facts)
        return dict(wire.encode(asked))

    async def now(self) -> datetime:
        now: datetime = await self.environment.get_current_time(self.handle)
        return now

    async def forward(self, by: timedelta) -> None:
        assert await self.environment.fast_forward(self.handle, by)

    async def seen(self) -> Case:
        answer: Document = await self.handle.query("snapshot")
        return wire.decode(Case, answer["case"])

    async def unrecorded(self) -> int:
        answer: Document = await self.handle.query("snapshot")
        return int(answer["unrecorded"])

    async def runs(self) -> int:
        """How many runs the case has had so far."""
        listed = self.environment.client.list_workflows(f'WorkflowId="{self.handle.id}"')
        return len([run async for run in listed])

    async def lags(self) -> int:
        """How many pulses told of a record that is late."""
        return sum(pulse["unrecorded"] > 0 for pulse in self.kept.pulses)

    @property
    def kinds(self) -> list[str]:
        return [entry["command"]["kind"] for entry in self.kept.entries.values()]


@asynccontextmanager
async def working(
    environment: WorkflowEnvironment,
    ports: Ports,
    workflows: Sequence[type] = (CaseWorkflow,),
    cached: int = 1000,
) -> AsyncIterator[None]:
    """A worker over the bench's queue."""
    async with Worker(
        environment.client,
        task_queue=ports.queue,
        workflows=workflows,
        activities=[ports.record, ports.hand_on, ports.seen],
        max_cached_workflows=cached,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
    ):
        yield


def a_case(**changes: Any) -> Case:
    return replace(b.a_case(**changes), id=f"c{uuid4().hex[:26]}")
