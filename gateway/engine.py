"""Updates to running cases: asks again with the same id until answered, in bounded time."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

import wire
from gateway.answers import Busy, No, NotValid, Unavailable, Unknown, refused
from statemodel import Case, Unmet
from workflows.answers import INVALID, REFUSED
from workflows.attributes import of, pairs
from workflows.case import CaseWorkflow
from workflows.run_state import CaseRun

ONE_TRY, ALL_TRIES = timedelta(seconds=6), timedelta(seconds=12)
NOBODY_THERE = timedelta(seconds=4)
TASK_TIMEOUT = timedelta(seconds=5)
PAUSE = 0.1
TRY_AGAIN = "AcceptedUpdateCompletedWorkflow"


class Ended(Exception):
    """No such run: it never was, or it has ended."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The Temporal server as the gateway sees it; one client a process."""

    client: Client
    queue: str

    async def start(self, run: CaseRun) -> None:
        """Start one episode; twice is harmless, a finished one is never born again (19)."""
        try:
            await self.client.start_workflow(
                CaseWorkflow.run,
                wire.encode(run),
                id=f"{run.case.id}.{run.case.episode}",
                task_queue=self.queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                task_timeout=TASK_TIMEOUT,
                search_attributes=TypedSearchAttributes(pairs(of(run.case))),
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise Unavailable(f"the engine did not start the case: {error.status.name}") from error

    async def submit(
        self,
        workflow_id: str,
        document: dict[str, Any],
        command_id: str,
        patience: timedelta = ALL_TRIES,
    ) -> Any:
        """Return the acknowledgement; raises the case's no, Unknown, Unavailable, Busy or Ended.

        Bounded by `patience` on our own clock: the client turns a cancelled call into a timeout, so
        that a timeout around it would be swallowed.
        """
        tries = _Tries(self.client.get_workflow_handle(workflow_id), document, command_id)
        clock = asyncio.get_running_loop().time
        until = clock() + patience.total_seconds()
        while (left := until - clock()) > 0:
            answer = await tries.once(min(ONE_TRY, timedelta(seconds=left)))
            if answer is not None:
                return answer
            await asyncio.sleep(PAUSE)
        raise tries.silence()

    async def snapshot(self, workflow_id: str) -> Case:
        """Return the running case as its workflow holds it; Unavailable when nobody answers."""
        handle = self.client.get_workflow_handle(workflow_id)
        try:
            answer = await handle.query(CaseWorkflow.snapshot, rpc_timeout=ONE_TRY)
        except (WorkflowQueryFailedError, RPCError) as error:
            if isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND:
                raise Ended(workflow_id) from None
            raise Unavailable("the engine does not answer for this case at the moment") from error
        return wire.decode(Case, answer["case"])


class _Tries:
    """One command, asked until it is answered; always under the same id."""

    def __init__(
        self, handle: WorkflowHandle[Any, Any], document: dict[str, Any], command_id: str
    ) -> None:
        self._handle, self._document = handle, document
        self._id = sha256(command_id.encode()).hexdigest()[:32]
        self._maybe_heard = False
        self._gives_up_at = asyncio.get_running_loop().time() + NOBODY_THERE.total_seconds()

    async def once(self, patience: timedelta) -> Any:
        try:
            async with asyncio.timeout(patience.total_seconds()):
                return await self._handle.execute_update(
                    CaseWorkflow.submit, self._document, id=self._id, rpc_timeout=patience
                )
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
            _let_go_if_cancelled()
            self._maybe_heard = True
        except WorkflowUpdateFailedError as error:
            _say_no(error.cause)
        except RPCError as error:
            self._weigh(error)
        return None

    def _weigh(self, error: RPCError) -> None:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise Ended(self._handle.id) from None
        if error.status is RPCStatusCode.RESOURCE_EXHAUSTED:
            raise Busy("the case is answering others; try again in a moment") from None
        retried = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.FAILED_PRECONDITION)
        self._maybe_heard |= error.status not in retried
        if not self._maybe_heard and asyncio.get_running_loop().time() > self._gives_up_at:
            raise self.silence()

    def silence(self) -> Exception:
        if self._maybe_heard:
            return Unknown("no answer in time; ask again with the same id")
        return Unavailable("the engine is not reachable; nothing was done; try again")


def _let_go_if_cancelled() -> None:
    """Whoever asked has gone: stop asking."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _say_no(cause: BaseException | None) -> None:
    """Raise the case's own no; return where the only thing to do is to ask again."""
    if not isinstance(cause, ApplicationError):
        return
    if cause.type == REFUSED:
        raise _refusal(cause)
    if cause.type == INVALID:
        raise NotValid(cause.message)
    if cause.type != TRY_AGAIN:
        raise Unavailable(f"the case could not answer: {cause.type}")


def _refusal(cause: ApplicationError) -> No:
    try:
        return refused(tuple(wire.decode(Unmet, reason) for reason in cause.details[0]))
    except (wire.Invalid, IndexError):
        raise Unavailable("the case's answer cannot be read: its key may be wrong here") from None
