"""What needs a person: everything stuck, in the order in which somebody should look at it."""

from datetime import datetime

from readmodel import case_detectors, record_detectors
from readmodel.conditions import Condition, Found, Stuck
from readmodel.engine import Store

__all__ = ["Condition", "Stuck", "needs_a_person"]

FIRST = (Condition.OPEN_CONCERN, Condition.DESK_EMPTY)


async def needs_a_person(store: Store, now: datetime) -> Found:
    """Return all that is stuck at `now` (UTC): concerns, empty desks, then the longest so (D14).

    Statutory status, age and level of need will come between when the case knows them.
    """
    found: Found = []
    async with store.reading() as connection:
        for detector in (*case_detectors.DETECTORS, *record_detectors.DETECTORS):
            found += await detector(connection, now)
    return sorted(found, key=lambda one: _order(one, now))


def _order(one: Stuck, now: datetime) -> tuple[int, datetime, str, str]:
    rank = FIRST.index(one.condition) if one.condition in FIRST else len(FIRST)
    return rank, one.since or now, one.case_id, one.condition
