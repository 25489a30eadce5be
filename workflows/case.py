"""One running case: waits, and sees it done. What may be done is the state model's to say."""

import asyncio
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():  # pure: see [tool.importlinter]
    import wire
    from statemodel import summary
    from workflows import attributes, slots
    from workflows.held import Held
    from workflows.ports import CasePorts
    from workflows.retries import ATTEMPT, STORE

LONG, TOO_LONG = 1_000, 2_000


@workflow.defn(name="Case")
class CaseWorkflow:
    """Two hands, never cancelled and never silent (decision 12): the clock and the courier."""

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        self._held = Held(given)
        self._shown = attributes.of(self._held.case)
        now = self._now()
        self._pulse_at = now if self._held.pulse_now else slots.next_pulse(self._held.case.id, now)
        self._nudged = self._busy = self._diverged = False

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        hands = (asyncio.create_task(self._clock()), asyncio.create_task(self._courier()))
        await workflow.wait_condition(lambda: self._rolls() or any(hand.done() for hand in hands))
        for hand in hands:
            _surface(hand)
        if self._held.has_ended(self._now()):
            return dict(wire.encode(summary(self._held.case)))
        return workflow.continue_as_new(self._held.handed_on(pulse_now=self._nudged))

    @workflow.update
    def submit(self, document: dict[str, Any]) -> dict[str, Any]:
        acknowledged = self._held.take(document, self._now())
        self._show()
        return acknowledged

    @submit.validator
    def _may_be_submitted(self, document: dict[str, Any]) -> None:
        self._held.check(document, self._now())

    @workflow.query
    def snapshot(self) -> dict[str, Any]:
        return {"case": wire.encode(self._held.case), "unrecorded": len(self._held.outbox)}

    @workflow.signal
    def nudge(self) -> None:
        self._nudged = True

    async def _clock(self) -> None:
        """Rest until there is news or something is due; then ask the state model again."""
        while not self._held.has_ended(self._now()):
            while self._held.tick(self._now()):
                self._show()
            wake = self._wakes_at()
            news = partial(self._moved_from, wake)
            with suppress(TimeoutError):
                await workflow.wait_condition(news, timeout=wake - self._now() if wake else None)

    async def _courier(self) -> None:
        """Record, then hand messages on, in order; an entry leaves once its last effect is done."""
        while not self._held.has_ended(self._now()):
            await workflow.wait_condition(self._has_errand)
            if self._held.outbox and not self._diverged:
                await self._deliver()
            elif self._pulse_at <= self._now():
                await self._pulse()

    async def _deliver(self) -> None:
        batch = self._held.batch()
        answer = await self._do(CasePorts.record, batch)
        if "diverged" in answer:
            self._diverged = True  # kept in the outbox until a person has looked and nudges
            return
        messages = [message for item in batch["items"] for message in item["messages"]]
        if messages:
            await self._do(CasePorts.hand_on, messages)
        self._held.recorded(len(batch["items"]))

    async def _pulse(self) -> None:
        case = self._held.case
        standing = {"version": case.version, "head": case.head, "edition": case.edition}
        await self._do(CasePorts.seen, {"case_id": case.id, **standing})
        self._pulse_at = slots.next_pulse(case.id, self._now())

    async def _do(self, port: Any, argument: Any) -> Any:
        self._busy = True
        answer = await workflow.execute_activity_method(
            port, argument, start_to_close_timeout=ATTEMPT, retry_policy=STORE
        )
        self._busy = False
        return answer

    def _has_errand(self) -> bool:
        to_record = bool(self._held.outbox) and not self._diverged
        return to_record or self._pulse_at <= self._now() or self._held.has_ended(self._now())

    def _moved_from(self, wake: datetime | None) -> bool:
        """News also is what was due before it was asked: a question put long after its meeting."""
        now = self._now()
        return self._wakes_at() != wake or self._held.is_due(now) or self._held.has_ended(now)

    def _wakes_at(self) -> datetime | None:
        times = (time for time in (self._held.next_at(), self._pulse_at) if time)
        return min((time for time in times if time > self._now()), default=None)

    def _rolls(self) -> bool:
        """After a deploy's nudge, or when long; between errands unless it is too long (1, 12)."""
        info = workflow.info()
        length = info.get_current_history_length()
        long = length > LONG or info.is_continue_as_new_suggested()
        return self._nudged or length > TOO_LONG or (long and not self._busy)

    def _show(self) -> None:
        """Search attributes only when they change: each upsert is an event and a write (17)."""
        shown = attributes.of(self._held.case)
        if shown != self._shown:
            self._shown = shown
            workflow.upsert_search_attributes(attributes.updates(shown))

    def _now(self) -> datetime:
        return workflow.now() + self._held.case.ahead


def _surface(hand: asyncio.Task[None]) -> None:
    """A hand that failed fails the task, visibly and until mended, and never the case."""
    if not hand.done():
        return
    try:
        hand.result()
    except ActivityError as error:
        raise RuntimeError("an activity gave up that never should") from error
