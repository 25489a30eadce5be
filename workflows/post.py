"""One recipient's post: sends in order, tries again, and reports to the case what never arrived."""

from collections import deque
from contextlib import suppress
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():  # pure: see [tool.importlinter]
    import wire
    from statemodel import Message
    from workflows.ports import PostPorts
    from workflows.retries import ATTEMPT, POST_ATTEMPT, PROVIDER, STORE
    from workflows.run_state import PostState

IDLE = timedelta(minutes=30)
REMEMBERED, LONG = 500, 1_000


@workflow.defn(name="Post")
class PostWorkflow:
    """A case never waits for a provider: this does (decision 13). It holds ids and codes only."""

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        state = wire.decode(PostState, given)
        self._recipient = state.recipient
        self._waiting = deque(state.waiting)
        self._done = deque(state.done, REMEMBERED)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> None:
        while True:
            with suppress(TimeoutError):
                await workflow.wait_condition(lambda: bool(self._waiting), timeout=IDLE)
            if not self._waiting:
                return
            await self._send_first()
            if workflow.info().get_current_history_length() > LONG:
                workflow.continue_as_new(self._state())

    @workflow.signal
    def deliver(self, documents: list[dict[str, Any]]) -> None:
        known = {*self._done, *(message.id for message in self._waiting)}
        for document in documents:
            message = _read(document)
            if message and message.id not in known:
                known.add(message.id)
                self._waiting.append(message)

    async def _send_first(self) -> None:
        message = self._waiting[0]
        try:
            await workflow.execute_activity(
                "send",
                wire.encode(message),
                start_to_close_timeout=POST_ATTEMPT,
                retry_policy=PROVIDER,
            )
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            await self._report(message, error)
        self._done.append(self._waiting.popleft().id)

    async def _report(self, message: Message, error: ActivityError) -> None:
        cause = error.cause
        why = cause.type if isinstance(cause, ApplicationError) and cause.type else "gave_up"
        await workflow.execute_activity(
            "report_dead",
            {"message": wire.encode(message), "why": why},
            start_to_close_timeout=ATTEMPT,
            retry_policy=STORE,
        )

    def _state(self) -> dict[str, Any]:
        state = PostState(self._recipient, tuple(self._waiting), tuple(self._done))
        return dict(wire.encode(state))


def _read(document: dict[str, Any]) -> Message | None:
    """A junk signal is dropped: what must be told stands in the store all the same."""
    try:
        return wire.decode(Message, document)
    except wire.Invalid:
        return None


__all__ = ["PostPorts", "PostWorkflow"]
