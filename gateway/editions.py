"""Whether this build knows the law of every run that is open (decision 1)."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from gateway.leaving import Unavailable
from readmodel.desks import desk_seen
from readmodel.engine import Store
from readmodel.tables import view_case
from statemodel import KNOWN_EDITIONS

LONGEST = timedelta(days=400)  # no pack reopens a case after that


class StrangeLaw(Unavailable):
    """A run is open under an edition that this build does not know: it may not be touched."""


async def strange_editions(store: Store, now: datetime) -> tuple[int, ...]:
    """Return the editions of runs that are or may be open and that this build does not know.

    A run tells its edition with each entry and each pulse; the newer word counts. A closed case's
    run goes on through its reopening window, and for as long as anything is owed.
    """
    view = view_case.c
    told = func.coalesce(desk_seen.c.edition, 0)
    newest = select(view_case.c.edition, told).outerjoin(
        desk_seen, desk_seen.c.case_id == view_case.c.case_id
    )
    async with store.reading() as connection:
        open_ = or_(
            view.closed_at.is_(None), view.closed_at > now - LONGEST, view.next_due.is_not(None)
        )
        found = {max(row) for row in await connection.execute(newest.where(open_).distinct())}
    return tuple(sorted(found - set(KNOWN_EDITIONS)))


async def prove_known(store: Store, now: datetime) -> None:
    """Raise StrangeLaw rather than start over runs whose law is not in this build."""
    strange = await strange_editions(store, now)
    if strange:
        known = " and ".join(map(str, KNOWN_EDITIONS))
        raise StrangeLaw(
            f"Cases of edition {', '.join(map(str, strange))} are open, and this build knows "
            f"{known}. Run `baton nudge --all` with the build that knows them, then start this one."
        )
