"""One running case: waits, and sees it done. What may be done is the state model's to say."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():  # pure: see [tool.importlinter]
    import wire
    from statemodel import summary
    from workflows import attributes
    from workflows.alarm import Alarm
    from workflows.answers import full
    from workflows.courier import Courier
    from workflows.hand import Hand, surface
    from workflows.held import Held
    from workflows.pulse import Pulse

LONG, TOO_LONG = 1_000, 2_000


@dataclass(frozen=True, slots=True)
class Length:
    """Of a history: events, and bytes as the engine counts them."""

    events: int
    bytes: int


ENOUGH = Length(20_000, 20 * 1024 * 1024)  # the engine ends a run at 51,200 events or 50 MiB


@workflow.defn(name="Case")
class CaseWorkflow:
    """Three hands, never cancelled and never silent (12): the clock, the courier and the pulse."""

    enough = ENOUGH

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        self._held = Held(given)
        self._shown = attributes.of(self._held.case)
        self._alarm = Alarm()
        self._courier = Courier(self._held, self._now)
        self._pulse = Pulse(self._held, self._courier, self._now)
        self._nudged = False

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        hands = [asyncio.create_task(hand) for hand in self._hands()]
        await workflow.wait_condition(lambda: self._rolls() or any(hand.done() for hand in hands))
        for hand in hands:
            surface(hand)
        if self._held.has_ended(self._now()):
            return dict(wire.encode(summary(self._held.case)))
        pulse_now = self._nudged or self._pulse.is_due()
        return workflow.continue_as_new(self._held.handed_on(pulse_now=pulse_now))

    @workflow.update
    def submit(self, document: dict[str, Any]) -> dict[str, Any]:
        acknowledged = self._held.take(document, self._now())
        self._settle()
        return acknowledged

    @submit.validator
    def _may_be_submitted(self, document: dict[str, Any]) -> None:
        if self._held.check(document, self._now()) and self._is_full():
            raise full()

    @workflow.query
    def snapshot(self) -> dict[str, Any]:
        return {"case": wire.encode(self._held.case), "unrecorded": len(self._held.outbox)}

    @workflow.signal
    def nudge(self) -> None:
        self._nudged = True
        if self._held.outbox.is_heavy:  # else the next run tries again
            self._courier.try_again()

    def _hands(self) -> tuple[Hand, Hand, Hand]:
        return self._clock(), self._courier.carry(), self._pulse.beat()

    async def _clock(self) -> None:
        """Rest until something is due; then ask the state model again."""
        while not self._held.has_ended(self._now()):
            self._alarm.check(self._now())
            self._settle()
            await workflow.wait_condition(self._clock_has_work)

    def _clock_has_work(self) -> bool:
        return self._alarm.has_rung or self._held.has_ended(self._now())

    def _settle(self) -> None:
        """Do what is due, show what there is, and set the alarm for what comes next.

        A question put long after its meeting is due before it was asked. A closed case that may
        not end yet has nothing to wake for once its window is over.
        """
        now = self._now()
        while self._held.tick(now):
            pass
        self._show()
        wake = self._held.next_at()
        self._alarm.set(wake if wake and wake > now else None, now)

    def _rolls(self) -> bool:
        """After a deploy's nudge, or when long; between errands unless it is too long (1, 12).

        Not with more in hand than the next run could be given.
        """
        info = workflow.info()
        length = info.get_current_history_length()
        long = length > LONG or info.is_continue_as_new_suggested()
        wants = self._nudged or length > TOO_LONG or (long and not self._courier.is_busy)
        return wants and not self._held.outbox.is_heavy

    def _is_full(self) -> bool:
        """Whether what is left of this run is kept for the clock and for emptying the outbox."""
        info = workflow.info()
        length, size = info.get_current_history_length(), info.get_current_history_size()
        far = length > self.enough.events or size > self.enough.bytes
        return far and self._held.outbox.is_heavy

    def _show(self) -> None:
        """Search attributes only when they change: each upsert is an event and a write (17)."""
        shown = attributes.of(self._held.case)
        if shown != self._shown:
            self._shown = shown
            workflow.upsert_search_attributes(attributes.updates(shown))

    def _now(self) -> datetime:
        return workflow.now() + self._held.case.ahead
