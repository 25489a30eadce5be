"""Writing the record: entries, messages and columns together, and the pulse of each run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from temporalio import activity

from readmodel import journal
from readmodel.engine import Store
from readmodel.vault import Vault
from workflows.ports import Document


@dataclass(frozen=True, slots=True)
class JournalDesk:
    """`clock` says when it is recorded (UTC); `build` is this worker's, for the pulse."""

    store: Store
    vault: Vault
    clock: Callable[[], datetime]
    build: str

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        items = [dict(item) for item in batch["items"]]
        if batch.get("opening"):
            items[0]["opening"] = batch["opening"]
        answer = await journal.record(self.store, self.vault, items, batch["summary"], self.clock())
        if isinstance(answer, journal.Diverged):
            return {"diverged": answer.version, "why": answer.why}
        return {"recorded": answer.version}

    @activity.defn(name="seen")
    async def seen(self, pulse: Document) -> None:
        await journal.seen(self.store, journal.Pulse(**pulse, build=self.build), self.clock())
