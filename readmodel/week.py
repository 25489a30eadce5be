"""The days ahead: how many running deadlines fall between two instants, for each of some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from readmodel.engine import Store
from readmodel.tables import view_deadline


@dataclass(frozen=True, slots=True)
class Day:
    """A local date and the instants (UTC) between which it runs, the second not included."""

    date: date
    begins: datetime
    ends: datetime


async def due_on(store: Store, days: Sequence[Day]) -> tuple[int, ...]:
    """Return how many running deadlines fall on each of the days, in their order."""
    table, found = view_deadline.c, []
    async with store.reading() as connection:
        for day in days:
            mine = (table.due_at >= day.begins, table.due_at < day.ends)
            question = select(func.count()).select_from(view_deadline).where(*mine)
            found.append(int((await connection.execute(question)).scalar_one()))
    return tuple(found)
