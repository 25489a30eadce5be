"""The pulse: says that the run is alive and how far its record is behind, whatever else waits."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow

from workflows import slots
from workflows.courier import Courier
from workflows.held import Held
from workflows.ports import CasePorts
from workflows.retries import ATTEMPT, LATE, STORE

HOUR = timedelta(hours=1)


class Pulse:
    """Daily, after a nudge, and while a record is late: after a minute, then every hour (18)."""

    def __init__(self, held: Held, courier: Courier, now: Callable[[], datetime]) -> None:
        self._held, self._courier, self._now = held, courier, now
        self._slot = now() if held.pulse_now else slots.next_pulse(held.case.id, now())
        self._told_at: datetime | None = None

    async def beat(self) -> None:
        while not self._held.has_ended(self._now()):
            if self.is_due():
                await self._tell()
            else:
                await self._rest(self._due())

    def is_due(self) -> bool:
        return self._due() <= self._now()

    async def _rest(self, due: datetime) -> None:
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._due() != due or self._held.has_ended(self._now()),
                timeout=due - self._now(),
            )

    def _due(self) -> datetime:
        late, waits = self._courier.late_since, self._held.outbox.since
        if late is None or waits is None:
            return self._slot
        if self._told_at is None or self._told_at < late:
            return min(self._slot, max(late, waits + LATE))
        return min(self._slot, self._told_at + HOUR)

    async def _tell(self) -> None:
        now, case = self._now(), self._held.case
        standing = {"version": case.version, "head": case.head, "edition": case.edition}
        await workflow.execute_activity_method(
            CasePorts.seen,
            {"case_id": case.id, **standing, "unrecorded": self._unrecorded(now)},
            start_to_close_timeout=ATTEMPT,
            retry_policy=STORE,
        )
        self._told_at, self._slot = now, slots.next_pulse(case.id, self._now())

    def _unrecorded(self, now: datetime) -> int:
        """How many entries wait, once one has for a minute: what is on its way lags nowhere."""
        waits = self._held.outbox.since
        return len(self._held.outbox) if waits and waits + LATE <= now else 0
