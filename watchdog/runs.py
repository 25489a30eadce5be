"""The runs of cases, as Temporal has them: listed, and looked at one by one; never spoken to."""

import asyncio
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from watchdog.finding import Place, Unreachable

ANSWERING, LISTING = timedelta(seconds=5), timedelta(minutes=2)
RUNNING, ABSENT = "running", "absent"
QUERY = "WorkflowType = 'Case' AND ExecutionStatus = 'Running'"
SIDE_BY_SIDE = 16


@dataclass(slots=True)
class Runs:
    """One namespace of one server, connected to when it first answers and kept from then on."""

    address: str
    namespace: str
    _client: Client | None = None

    async def running(self) -> dict[str, datetime]:
        """Return workflow id → start (UTC) of the running cases; the list may lag by a moment.

        Raises Unreachable, within five seconds when nobody answers.
        """
        try:
            async with asyncio.timeout(ANSWERING.total_seconds()):
                client = await self._connected()
                await client.count_workflows(QUERY)
            async with asyncio.timeout(LISTING.total_seconds()):
                return {run.id: run.start_time async for run in client.list_workflows(QUERY)}
        except (TimeoutError, RuntimeError, RPCError) as error:
            raise _unreachable(error) from error

    async def states(self, ids: Collection[str]) -> dict[str, str]:
        """Return how each latest run stands, exactly: running, absent, terminated, failed …"""
        client, turn = await self._connected(), asyncio.Semaphore(SIDE_BY_SIDE)
        try:
            async with asyncio.timeout(LISTING.total_seconds()), asyncio.TaskGroup() as group:
                asked = {i: group.create_task(_state(client, turn, i)) for i in ids}
        except (TimeoutError, ExceptionGroup) as error:
            raise _unreachable(error) from error
        return {workflow_id: task.result() for workflow_id, task in asked.items()}

    async def _connected(self) -> Client:
        if self._client is None:
            self._client = await Client.connect(
                self.address,
                namespace=self.namespace,
                identity=f"baton-watchdog-{os.getpid()}",
                connect_timeout=ANSWERING,
            )
        return self._client


async def _state(client: Client, turn: asyncio.Semaphore, workflow_id: str) -> str:
    async with turn:
        try:
            told = await client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return ABSENT
            raise
    return (told.status or WorkflowExecutionStatus.RUNNING).name.lower()


def _unreachable(error: BaseException) -> Unreachable:
    """A code of what was wrong; an answer's words may quote anything."""
    if isinstance(error, ExceptionGroup):
        return _unreachable(error.exceptions[0])
    why = error.status.name if isinstance(error, RPCError) else type(error).__name__
    return Unreachable(Place.TEMPORAL, why.lower())
