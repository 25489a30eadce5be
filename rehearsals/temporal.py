"""The real engine: CaseWorkflow in a real worker on a real server, on time that is skipped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from temporalio.client import (
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment
from temporalio.worker import Worker

import wire
from config.settings import load_settings
from gateway.connect import data_converter
from gateway.devserver import TIME_SKIPPING, temporal_binary
from rehearsals.engine import Answer, Sight, Stopped
from rehearsals.memory import Kept, Memory
from rehearsals.rehearsal import Asking
from rehearsals.replay import differences, save_history
from statemodel import Case, next_deadline
from workflows.answers import REFUSED
from workflows.attributes import KEYS, of, pairs
from workflows.case import CaseWorkflow
from workflows.run_state import CaseRun, Submission

QUEUE: Final = "rehearsal-cases"
IDENTITY: Final = "rehearsal"
MOST_SKIPS: Final = 100_000
PATIENCE: Final = timedelta(seconds=20)  # of real time, for anything that is to happen at once
STRIDE: Final = timedelta(days=7)  # with nothing cached a day costs a replay of all before it
LAST_MINUTE: Final = timedelta(minutes=1)  # in which a worker is lost, if it is to be
AWAY: Final = timedelta(seconds=1)  # of real time, at most, until there is another
LOOK, TASK_TIMEOUT = 0.01, timedelta(seconds=5)


@asynccontextmanager
async def temporal_engine(
    histories: Path | None = None, cached: int | None = None
) -> AsyncIterator["TemporalEngine"]:
    """A server of our own with a clock for each case, and one worker that may be replaced.

    `cached`: runs kept in memory, else as the settings say; histories go to a folder, if given.
    """
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=MOST_SKIPS),
        data_converter=data_converter(),
        identity=IDENTITY,
        search_attributes=KEYS,
        dev_server_existing_path=temporal_binary(),
        dev_server_log_level="never",
        dev_server_extra_args=[
            *("--output", "none"),  # else it greets whoever reads our own output
            *(word for flag in TIME_SKIPPING for word in ("--dynamic-config-value", flag)),
        ],
    )
    async with environment:
        size = load_settings().max_cached_workflows if cached is None else cached
        engine = TemporalEngine(environment, histories, size)
        await engine.start_worker()
        try:
            yield engine
        finally:
            await engine.stop_worker()


class TemporalEngine:
    """Runs cases; `memory` is what stands in for the store, and outlives each worker."""

    def __init__(
        self, environment: WorkflowEnvironment, histories: Path | None, cached: int
    ) -> None:
        self.environment, self.memory = environment, Memory()
        self.histories, self._cached = histories, cached
        self._worker: Worker | None = None

    async def open(self, case: Case, secret: str, at: datetime) -> "TemporalCase":
        """Start the case's workflow, so far ahead of the wall clock that it is `at` there now."""
        shifted = replace(case, ahead=at - datetime.now(UTC))
        kept = self.memory.open(case.id, secret)
        handle = await self.environment.client.start_workflow(
            CaseWorkflow.run,
            wire.encode(CaseRun(shifted, secret, opening=shifted)),
            id=f"{case.id}.{case.episode}",
            task_queue=QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            task_timeout=TASK_TIMEOUT,
            search_attributes=TypedSearchAttributes(pairs(of(shifted))),
        )
        return TemporalCase(self, handle, shifted.ahead, kept)

    async def start_worker(self) -> None:
        ports = self.memory
        self._worker = Worker(
            self.environment.client,
            task_queue=QUEUE,
            workflows=[CaseWorkflow],
            activities=[ports.record, ports.hand_on, ports.seen],
            identity=IDENTITY,
            max_cached_workflows=self._cached,
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=3),
        )
        await self._worker.__aenter__()

    async def stop_worker(self) -> None:
        if self._worker:
            worker, self._worker = self._worker, None
            await worker.__aexit__(None, None, None)


class TemporalCase:
    """One case's workflow and its own clock, which is the case's time less `ahead`."""

    def __init__(
        self,
        engine: TemporalEngine,
        handle: WorkflowHandle[Any, Any],
        ahead: timedelta,
        kept: Kept,
    ) -> None:
        self._engine, self._handle, self._ahead, self._kept = engine, handle, ahead, kept
        self._asked, self._ended = 0, False

    async def pass_to(self, moment: datetime, *, restart_worker: bool = False) -> None:
        """Skip to a moment; a worker that is to be restarted is lost in the last minute before."""
        if not restart_worker:
            await self._forward(moment)
            return
        await self._forward(moment - LAST_MINUTE)
        await self.look()
        await self._engine.stop_worker()
        forward = asyncio.create_task(self._forward(moment))
        try:
            await self._nobody_is_there(moment)
        finally:
            await self._engine.start_worker()
            await forward

    async def ask(self, asking: Asking) -> Answer:
        if self._ended:
            raise Stopped("the case's run has ended: a rehearsal does not begin another episode")
        submission = Submission(
            asking.command, asking.by, asking.id, asking.received_at, asking.facts
        )
        self._asked += 1  # the server must not answer a repeat from its own memory: the case must
        try:
            answer = await self._handle.execute_update(
                CaseWorkflow.submit,
                wire.encode(submission),
                id=f"asking-{self._asked}",
                rpc_timeout=PATIENCE,
            )
        except WorkflowUpdateFailedError as error:
            return _refusal(error.cause)
        except RPCError as error:
            raise Stopped(f"the engine gave no answer: {error.status.name}") from error
        return Answer(answer["version"], repeat=answer["repeat"])

    async def look(self) -> Sight:
        """Return the case once all that is due is done, recorded and handed on."""
        now = await self._now()
        async with _in_time("the outbox does not empty, or the clock does not come to rest"):
            while not _at_rest(answer := await self._snapshot(), now):  # noqa: ASYNC110 - as below
                await asyncio.sleep(LOOK)
        case = wire.decode(Case, answer["case"])
        if self._kept.wrong:
            raise Stopped("; ".join(self._kept.wrong))
        return Sight(case, self._kept.journal(), self._kept.told())

    async def finish(self) -> tuple[str, ...]:
        """Replay the whole history with the code as it is."""
        unsent = self._kept.recorded_messages.keys() - self._kept.handed_on.keys()
        lost = (f"{name} was recorded and never handed on" for name in sorted(unsent))
        history = await self._handle.fetch_history()
        if self._engine.histories:
            save_history(history, self._engine.histories / f"{self._handle.id}.json")
        return *lost, *await differences(history)

    async def _snapshot(self) -> Any:
        async with _in_time("the case does not say how it stands"):
            while (answer := await self._query()) is None:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(LOOK)
        return answer

    async def _query(self) -> Any:
        """Return how the case stands; None from a run that began this moment, as a long one's."""
        try:
            return await self._handle.query(CaseWorkflow.snapshot, rpc_timeout=PATIENCE)
        except WorkflowQueryFailedError:
            return None
        except RPCError as error:
            if error.status is RPCStatusCode.FAILED_PRECONDITION:
                return None
            raise Stopped(f"the case does not say how it stands: {error}") from error

    async def _now(self) -> datetime:
        clock: datetime = await self._engine.environment.get_current_time(self._handle)
        return clock + self._ahead

    async def _forward(self, moment: datetime) -> None:
        """Skip time; a closed case's run ends with its window, and stands as it is."""
        while not self._ended and (left := moment - await self._now()) > timedelta(0):
            await self._stride(min(left, STRIDE), f"{moment:%Y-%m-%d %H:%M}")

    async def _stride(self, by: timedelta, towards: str) -> None:
        async with _in_time(f"time does not pass to {towards}"):
            came = await self._engine.environment.fast_forward(self._handle, by)
        self._ended = not came and await self._is_complete()
        if not came and not self._ended:
            raise Stopped(f"time stopped before {towards}")

    async def _is_complete(self) -> bool:
        return (await self._handle.describe()).status is WorkflowExecutionStatus.COMPLETED

    async def _nobody_is_there(self, moment: datetime) -> None:
        """Let time go as far as it does without a worker: to the moment, or to a timer before."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AWAY.total_seconds()):
                while await self._now() < moment:  # noqa: ASYNC110 - no event tells of its clock
                    await asyncio.sleep(LOOK)


@asynccontextmanager
async def _in_time(otherwise: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            yield
    except TimeoutError:
        raise Stopped(otherwise) from None


def _at_rest(answer: dict[str, Any], now: datetime) -> bool:
    owed = next_deadline(wire.decode(Case, answer["case"]))
    return not answer["unrecorded"] and (owed is None or owed.next_at > now)


def _refusal(cause: BaseException | None) -> Answer:
    if not isinstance(cause, ApplicationError) or cause.type != REFUSED:
        raise Stopped(f"the case could not answer: {cause}")
    return Answer(refused=tuple(reason["code"] for reason in cause.details[0]))
