"""Workflows that do the work of a case with nothing in it: of the same shape, and bare."""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow

with workflow.unsafe.imports_passed_through():
    from benchmarks.padding import padding
    from benchmarks.tally import Tally
    from workflows import attributes

BATCH = 50
ATTEMPT = timedelta(seconds=30)


@workflow.defn(name="SameShape")
class SameShape:
    """As many updates, upserts and activities as a case, and payloads as large; no law, no key."""

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        self._opening: int = given["opening"]
        self._outbox: deque[dict[str, Any]] = deque()
        self._version = 0

    @workflow.run
    async def run(self, given: dict[str, Any]) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._outbox))
            batch = list(self._outbox)[:BATCH]
            await self._record(batch)
            for _ in batch:
                self._outbox.popleft()

    async def _record(self, batch: list[dict[str, Any]]) -> None:
        told = sum(item["messages"] for item in batch)
        length = sum(item["item"] for item in batch) + batch[-1]["summary"] + self._opening
        document = {"entries": len(batch), "told": bool(told), "pad": padding(length)}
        await workflow.execute_activity("record", document, start_to_close_timeout=ATTEMPT)
        self._opening = 0
        if told:
            await workflow.execute_activity(
                "hand_on", padding(told), start_to_close_timeout=ATTEMPT
            )

    @workflow.update
    def submit(self, document: dict[str, Any]) -> dict[str, Any]:
        self._outbox.append(document)
        self._version += 1
        if document["shown"]:
            workflow.upsert_search_attributes(attributes.updates(document["shown"]))
        return {"version": self._version, "repeat": False}


@workflow.defn(name="Bare")
class Bare:
    """One activity that does nothing for each update, and nothing else."""

    @workflow.init
    def __init__(self) -> None:
        self._waiting = 0

    @workflow.run
    async def run(self) -> None:
        while True:
            await workflow.wait_condition(lambda: self._waiting > 0)
            await workflow.execute_activity("nothing", start_to_close_timeout=ATTEMPT)
            self._waiting -= 1

    @workflow.update
    def submit(self, number: int) -> int:
        self._waiting += 1
        return number


@dataclass(frozen=True, slots=True)
class Nothing:
    """Activities that only count."""

    tally: Tally

    @activity.defn(name="record")
    async def record(self, document: dict[str, Any]) -> dict[str, Any]:
        self.tally.recorded(document["entries"], told=document["told"])
        return {"recorded": document["entries"]}

    @activity.defn(name="hand_on")
    async def hand_on(self, pad: str) -> None:
        self.tally.handed_on()

    @activity.defn(name="nothing")
    async def nothing(self) -> None:
        self.tally.recorded(1, told=False)
