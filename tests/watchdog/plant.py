"""A store to plant conditions in: rows as the record and the pages would hold them, and repairs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table, delete, text

from readmodel.desks import desk_claim, desk_incident, desk_seen
from readmodel.engine import Store
from readmodel.instant import UtcDateTime
from readmodel.tables import record_entry, view_case, view_deadline

HOUR = timedelta(hours=1)
CASE = {
    "version": 3,
    "episode": 1,
    "stage": "assessing",
    "responsible_kind": "person",
    "responsible": "p-ana",
    "next_step": "first_meeting",
}
NEUTRAL = {int: 0, bool: False, str: "-", object: {}, bytes: b"-"}


@dataclass(frozen=True, slots=True)
class Planted:
    """`now` is the instant that everything is planted around: a case is an hour old."""

    store: Store
    now: datetime

    async def add(self, table: Table, **row: Any) -> None:
        """A row of which a test says what matters; what else a column must hold is neutral."""
        needed = (
            one for one in table.columns if not one.nullable and one.autoincrement is not True
        )
        whole = {one.name: self._neutral(one) for one in needed} | row
        async with self.store.writing() as connection:
            await connection.execute(table.insert(), whole)

    def _neutral(self, column: Column[Any]) -> Any:
        kind = column.type
        return self.now if isinstance(kind, UtcDateTime) else NEUTRAL[kind.python_type]

    async def drop(self, table: Table, case_id: str) -> None:
        async with self.store.writing() as connection:
            await connection.execute(delete(table).where(table.c.case_id == case_id))

    async def sql(self, statement: str, **given: Any) -> None:
        async with self.store.writing() as connection:
            await connection.execute(text(statement), given)

    async def healthy(self, case_id: str = "c1", **columns: Any) -> None:
        """A case with nothing wrong in the store: claimed, recorded, shown, owed in an hour."""
        await self.claim(case_id)
        await self.recorded(case_id, **columns)

    async def recorded(self, case_id: str, **columns: Any) -> None:
        for version in (1, 2, 3):
            await self.entry(case_id, version)
        shown = CASE | {"next_due": self.now + HOUR, "opened_at": self.now - HOUR}
        await self.add(view_case, case_id=case_id, **(shown | columns))
        await self.deadline(case_id)

    async def claim(self, case_id: str, ago: timedelta = HOUR) -> None:
        row = {"reference": f"ref-{case_id}", "claimed_at": self.now - ago}
        await self.add(desk_claim, case_id=case_id, **row)

    async def entry(self, case_id: str, version: int) -> None:
        digest = f"h{version}"
        await self.add(record_entry, case_id=case_id, version=version, episode=1, digest=digest)

    async def deadline(self, case_id: str) -> None:
        row = {"id": "d2", "state": "running", "due_at": self.now + HOUR}
        await self.add(view_deadline, case_id=case_id, **row)

    async def seen(
        self, case_id: str, version: int, head: str, ago: timedelta = timedelta(0)
    ) -> None:
        heard = {"version": version, "head": head, "seen_at": self.now - ago}
        await self.add(desk_seen, case_id=case_id, **heard)

    async def diverged(self, case_id: str) -> None:
        await self.add(desk_incident, case_id=case_id, kind="diverged")
