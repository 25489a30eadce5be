"""The DEMONSTRATION stamp: a store is for invented cases or for real ones, and never for both."""

from sqlalchemy import select

from gateway.answers import NotValid
from gateway.asking import Opening
from gateway.leaving import Unavailable
from readmodel.desks import desk_claim, desk_epoch
from readmodel.engine import Store, insert
from readmodel.tables import record_entry

STAMP = "demonstration"


class WrongStore(Unavailable):
    """The store is stamped for another use than this process is set to."""


async def is_stamped(store: Store) -> bool:
    """Whether the store was made for a demonstration."""
    question = select(desk_epoch.c.number).where(desk_epoch.c.name == STAMP)
    async with store.reading() as connection:
        return bool((await connection.execute(question)).scalar())


async def prove_use(store: Store, *, demonstration: bool) -> None:
    """Stamp an empty store for a demonstration, or raise WrongStore (practice D29).

    The stamp is never taken off, and a store that holds a case without it never gets it.
    """
    stamped = await is_stamped(store)
    if stamped and not demonstration:
        raise WrongStore(
            "This store is stamped DEMONSTRATION and takes no real case. Use another data folder, "
            "or `baton demo --data` for this one."
        )
    if demonstration and not stamped:
        await _stamp(store)


def guard_opening(opening: Opening, *, demonstration: bool) -> None:
    """Raise NotValid for a pace on a live store, or a live policy on a demonstration (D29)."""
    if opening.calendar.pace is not None and not demonstration:
        raise NotValid(
            f"calendar {opening.calendar.id} runs at a rehearsal's pace and is refused on a live "
            "store: use a calendar without pace_seconds"
        )
    if not opening.pack.live and not demonstration:
        raise NotValid(
            f"policy {opening.pack.id} is not fit for real families yet: `baton policy check "
            f"{opening.pack.id} --live` says what it lacks"
        )
    if demonstration and opening.pack.live:
        raise NotValid(
            f"policy {opening.pack.id} is for live use and this is a demonstration: "
            "open the case in a store of its own, with `baton up`"
        )


async def _stamp(store: Store) -> None:
    async with store.writing() as connection:
        for table in (record_entry, desk_claim):
            if (await connection.execute(select(table.c.case_id).limit(1))).first():
                raise WrongStore(
                    "This store holds cases that are no demonstration's, and is not stamped for "
                    "one. Give `baton demo` a data folder of its own."
                )
        row = insert(desk_epoch, store.dialect).values(name=STAMP, number=1)
        await connection.execute(row.on_conflict_do_nothing())
