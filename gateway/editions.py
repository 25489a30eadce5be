"""Whether this build knows the law of every run that is open (decision 1)."""

from sqlalchemy import func, select

from gateway.leaving import Unavailable
from readmodel.desks import desk_seen
from readmodel.engine import Store
from readmodel.tables import view_case
from statemodel import KNOWN_EDITIONS, Stage


class StrangeLaw(Unavailable):
    """A run is open under an edition that this build does not know: it may not be touched."""


async def strange_editions(store: Store) -> tuple[int, ...]:
    """Return the editions of open cases that this build does not know.

    A run tells its edition with each entry and each pulse; the newer word counts.
    """
    told = func.coalesce(desk_seen.c.edition, 0)
    newest = select(view_case.c.edition, told).outerjoin(
        desk_seen, desk_seen.c.case_id == view_case.c.case_id
    )
    async with store.reading() as connection:
        is_open = newest.where(view_case.c.stage != Stage.CLOSED.value).distinct()
        found = {max(row) for row in await connection.execute(is_open)}
    return tuple(sorted(found - set(KNOWN_EDITIONS)))


async def prove_known(store: Store) -> None:
    """Raise StrangeLaw rather than start over runs whose law is not in this build."""
    strange = await strange_editions(store)
    if strange:
        known = " and ".join(map(str, KNOWN_EDITIONS))
        raise StrangeLaw(
            f"Cases of edition {', '.join(map(str, strange))} are open, and this build knows "
            f"{known}. Run `baton nudge --all` with the build that knows them, then start this one."
        )
