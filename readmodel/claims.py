"""Claims: a case about to be opened, so that none is lost between two steps (decision 19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_child_case, desk_claim, desk_seen
from readmodel.engine import Store, hold_case, insert
from readmodel.open_cases import question_of
from readmodel.reference import check_reference, new_reference
from readmodel.tables import record_entry

__all__ = [
    "LATE",
    "ChildTaken",
    "Claim",
    "ReferenceTaken",
    "case_of",
    "check_reference",
    "claim",
    "is_unsettled",
    "mark_started",
    "new_reference",
    "reference_of",
    "sweep",
    "unstarted",
]

LATE = timedelta(minutes=10)  # decision 19


class ChildTaken(Exception):
    """A known child of the claim has an open case since somebody looked."""


class ReferenceTaken(Exception):
    """Another case has this reference already: draw another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asked for a case of which authority to be opened, for which children, and when (UTC).

    `even_so`: although a child has an open case already, and somebody said why.
    """

    case_id: str
    authority: str
    reference: str
    by: str
    at: datetime
    children: tuple[str, ...] = ()
    even_so: bool = False


async def claim(store: Store, wanted: Claim) -> Claim:
    """Return the case's claim: this one, or the first if it was claimed before.

    Raises ReferenceTaken, ChildTaken, and StoreUnavailable.
    """
    row = {
        "case_id": wanted.case_id,
        "authority": wanted.authority,
        "reference": wanted.reference,
        "by_id": wanted.by,
        "claimed_at": wanted.at,
    }
    found = await _of(store, wanted.case_id)
    if found:
        return found
    try:
        async with store.writing() as connection:
            await _claim_children(connection, wanted)
            await connection.execute(desk_claim.insert(), row)
    except IntegrityError as error:
        found = await _of(store, wanted.case_id)
        if found is None:
            raise ReferenceTaken("another case has this reference") from error
        return found
    return wanted


async def _claim_children(connection: AsyncConnection, wanted: Claim) -> None:
    """Claims of one authority's children take turns, so that of two at once one is told (R28)."""
    if not wanted.children:
        return
    await connection.run_sync(hold_case, f"children/{wanted.authority}")
    others = question_of(wanted.authority, wanted.children, wanted.case_id)
    if not wanted.even_so and (await connection.execute(others)).first():
        raise ChildTaken
    of = {"authority": wanted.authority, "case_id": wanted.case_id}
    rows = [of | {"child": child} for child in dict.fromkeys(wanted.children)]
    new = insert(desk_child_case, connection.dialect.name).on_conflict_do_nothing()
    await connection.execute(new, rows)


async def mark_started(store: Store, case_id: str, at: datetime) -> None:
    """The case's run has started: the first time counts, and a claim given up is taken up again."""
    table = desk_claim.c
    mine = update(desk_claim).where(table.case_id == case_id, table.started_at.is_(None))
    async with store.writing() as connection:
        await connection.execute(mine.values(started_at=at, swept_at=None))


async def unstarted(store: Store, older_than: datetime) -> tuple[Claim, ...]:
    """Return the claims made before an instant that wait for their first entry, oldest first."""
    question = _COLUMNS.where(is_unsettled(older_than)).order_by(desk_claim.c.claimed_at)
    async with store.reading() as connection:
        return tuple(Claim(*row) for row in await connection.execute(question))


async def sweep(store: Store, now: datetime) -> int:
    """Give up what no run ever took up within ten minutes (decision 19); returns how many.

    The row stays, with `swept_at`. A claim with a run and no first entry stays listed: somebody
    has been promised something. Claims whose case is in the journal are put aside, out of the way.
    """
    table, entry, pulse = desk_claim.c, record_entry.c, desk_seen.c
    recorded = exists().where(entry.case_id == table.case_id)
    heard = exists().where(pulse.case_id == table.case_id)
    late = (table.begun_at.is_(None), table.swept_at.is_(None), table.claimed_at < now - LATE)
    begun = update(desk_claim).where(*late, recorded)
    lost = update(desk_claim).where(*late, table.started_at.is_(None), ~recorded, ~heard)
    async with store.writing() as connection:
        await connection.execute(begun.values(begun_at=now))
        return (await connection.execute(lost.values(swept_at=now))).rowcount


def is_unsettled(older_than: datetime) -> ColumnElement[bool]:
    """Whether a claim made before an instant has no first entry, and has not been given up."""
    table = desk_claim.c
    recorded = exists().where(record_entry.c.case_id == table.case_id)
    open_ = table.begun_at.is_(None) & table.swept_at.is_(None)
    return open_ & (table.claimed_at < older_than) & ~recorded


async def case_of(store: Store, reference: str) -> str | None:
    """Return the case that a reference stands for, however it was said."""
    known = check_reference(reference)
    question = select(desk_claim.c.case_id).where(desk_claim.c.reference == known)
    async with store.reading() as connection:
        found: str | None = (await connection.execute(question)).scalar()
    return found


async def reference_of(store: Store, case_id: str) -> str | None:
    """Return what people call a case on the telephone."""
    found = await _of(store, case_id)
    return found.reference if found else None


async def _of(store: Store, case_id: str) -> Claim | None:
    async with store.reading() as connection:
        row = (
            await connection.execute(_COLUMNS.where(desk_claim.c.case_id == case_id))
        ).one_or_none()
    return Claim(*row) if row else None


_COLUMNS = select(
    desk_claim.c.case_id,
    desk_claim.c.authority,
    desk_claim.c.reference,
    desk_claim.c.by_id,
    desk_claim.c.claimed_at,
)
