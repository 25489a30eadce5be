"""The courier: sees that what was decided is recorded, and then told; in order, and for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, is_cancelled_exception

from workflows.held import Held
from workflows.ports import CasePorts
from workflows.retries import ATTEMPT, LATE, STORE

AGAIN = timedelta(minutes=1)


class Courier:
    """Record, then hand messages on; an entry leaves the outbox once its last effect is done (12).

    `late_since` is when a record was found to be pending for a minute; None while none is.
    """

    def __init__(self, held: Held, now: Callable[[], datetime]) -> None:
        self._held, self._now = held, now
        self.late_since: datetime | None = None
        self.is_busy = self._diverged = False

    async def carry(self) -> None:
        while not self._held.has_ended(self._now()):
            await workflow.wait_condition(self._has_errand)
            if self._diverged:
                await self._warn()
            elif self._held.outbox:
                await self._deliver()

    def try_again(self) -> None:
        """A person has looked at what the journal refused."""
        self._diverged = False

    def _has_errand(self) -> bool:
        if self._held.has_ended(self._now()):
            return True
        unwarned = self._held.warned < self._held.case.version
        return bool(self._held.outbox) and (unwarned or not self._diverged)

    async def _deliver(self) -> None:
        batch = self._held.batch()
        answer = await self._record(batch)
        self._diverged = "diverged" in answer  # all is kept until a person has looked and nudges
        if "recorded" in answer:
            messages = [message for item in batch["items"] for message in item["messages"]]
            if messages:
                await self._do(CasePorts.hand_on, messages)
            self._held.recorded(len(batch["items"]))
            self.late_since = None
        elif not self._diverged:
            await workflow.sleep(AGAIN)  # an answer that could not be read says nothing

    async def _warn(self) -> None:
        """A child's safety does not wait for two stores to agree (13)."""
        through, messages = self._held.outbox.warnings(after=self._held.warned)
        if messages:
            await self._do(CasePorts.hand_on, messages)
        self._held.warned = through

    async def _record(self, batch: dict[str, Any]) -> Any:
        """The engine says when a minute is over: a timer of ours would cost each entry two events.

        What it gave up after that minute is asked again, and never given up.
        """
        if self.late_since is None:
            try:
                return await self._do(CasePorts.record, batch, within=LATE)
            except ActivityError as error:
                if is_cancelled_exception(error):
                    raise
                self.late_since = self._now()
        return await self._do(CasePorts.record, batch)

    async def _do(self, port: Any, argument: Any, within: timedelta | None = None) -> Any:
        self.is_busy = True
        answer = await workflow.execute_activity_method(
            port,
            argument,
            start_to_close_timeout=ATTEMPT,
            schedule_to_close_timeout=within,
            retry_policy=STORE,
        )
        self.is_busy = False
        return answer
