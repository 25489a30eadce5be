"""One recipient's post: sends, tries again, and reports to the case what never arrived."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():  # pure: see [tool.importlinter]
    import wire
    from statemodel import Message
    from workflows.hand import Hand, surface
    from workflows.ports import PostPorts
    from workflows.retries import ATTEMPT, POST_ATTEMPT, PROVIDER, REPORT
    from workflows.run_state import Dead, PostState
    from workflows.tray import Tray

IDLE = timedelta(minutes=30)
LONG, TOO_LONG = 1_000, 2_000
T = TypeVar("T")


@workflow.defn(name="Post")
class PostWorkflow:
    """A case never waits for a provider: this does (decision 13). It holds ids and codes only.

    Routine messages go one after another. A safety message goes at once, and so does a report of
    what never arrived: each is an errand of its own, and none waits for another.
    """

    long, too_long = LONG, TOO_LONG

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        self._tray = Tray(wire.decode(PostState, given))
        self._errands: dict[str, asyncio.Task[None]] = {}
        self._news = False

    @workflow.run
    async def run(self, given: dict[str, Any]) -> None:
        while await self._has_work():
            self._set_out()
            await workflow.wait_condition(lambda: self._news or bool(self._back()))
            self._gather()
            if self._rolls():
                workflow.continue_as_new(wire.encode(self._tray.state()))

    @workflow.signal
    def deliver(self, documents: list[dict[str, Any]]) -> None:
        for document in documents:
            message = _read(document)
            if message:
                self._tray.take(message)
        self._news = True

    async def _has_work(self) -> bool:
        """Nothing left for half an hour is the end; the next message begins another run."""
        if not self._tray.is_empty:
            return True
        with suppress(TimeoutError):
            await workflow.wait_condition(lambda: not self._tray.is_empty, timeout=IDLE)
        return not self._tray.is_empty

    def _set_out(self) -> None:
        self._news = False
        for message in self._tray.to_send():
            self._begin(f"send {message.id}", self._send, message)
        for dead in self._tray.to_report():
            self._begin(f"report {dead.message.id}", self._report, dead)

    def _begin(self, name: str, errand: Callable[[T], Hand], about: T) -> None:
        if name not in self._errands:
            self._errands[name] = asyncio.create_task(errand(about))

    def _back(self) -> list[str]:
        return [name for name, errand in self._errands.items() if errand.done()]

    def _gather(self) -> None:
        """An errand that failed by a bug of ours fails the task, visibly and until mended."""
        for name in self._back():
            surface(self._errands.pop(name))

    def _rolls(self) -> bool:
        """Between errands, unless it is too long: what is under way is then done again."""
        info = workflow.info()
        length = info.get_current_history_length()
        too_long = length > self.too_long or info.is_continue_as_new_suggested()
        return too_long or (length > self.long and not self._errands)

    async def _send(self, message: Message) -> None:
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
            self._tray.failed(message, _why(error))
        else:
            self._tray.sent(message)

    async def _report(self, dead: Dead) -> None:
        await workflow.execute_activity(
            "report_dead",
            {"message": wire.encode(dead.message), "why": dead.why},
            start_to_close_timeout=ATTEMPT,
            retry_policy=REPORT,
        )
        self._tray.reported(dead)


def _why(error: ActivityError) -> str:
    """The code of what will never work; else it was tried until it was given up."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.non_retryable and cause.type:
        return cause.type
    return "gave_up"


def _read(document: dict[str, Any]) -> Message | None:
    """A junk signal is dropped: what must be told stands in the store all the same."""
    try:
        return wire.decode(Message, document)
    except wire.Invalid:
        return None


__all__ = ["PostPorts", "PostWorkflow"]
