"""Claims: a case about to be opened, so that none is lost between two steps (decision 19)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from readmodel.desks import desk_claim
from readmodel.engine import Store
from readmodel.reference import check_reference, new_reference

__all__ = [
    "Claim",
    "ReferenceTaken",
    "case_of",
    "check_reference",
    "claim",
    "mark_started",
    "new_reference",
    "reference_of",
    "unstarted",
]


class ReferenceTaken(Exception):
    """Another case has this reference already: draw another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asked for a case to be opened, and when (UTC)."""

    case_id: str
    reference: str
    by: str
    at: datetime


async def claim(store: Store, case_id: str, reference: str, by: str, at: datetime) -> Claim:
    """Return the case's claim: this one, or the first if it was claimed before.

    Raises ReferenceTaken, and StoreUnavailable.
    """
    row = {"case_id": case_id, "reference": reference, "by_id": by, "claimed_at": at}
    found = await _of(store, case_id)
    if found:
        return found
    try:
        async with store.writing() as connection:
            await connection.execute(desk_claim.insert(), row)
    except IntegrityError as error:
        found = await _of(store, case_id)
        if found is None:
            raise ReferenceTaken("another case has this reference") from error
        return found
    return Claim(case_id, reference, by, at)


async def mark_started(store: Store, case_id: str, at: datetime) -> None:
    """The case's run has started; the first time counts."""
    table = desk_claim.c
    mine = update(desk_claim).where(table.case_id == case_id, table.started_at.is_(None))
    async with store.writing() as connection:
        await connection.execute(mine.values(started_at=at))


async def unstarted(store: Store, older_than: datetime) -> tuple[Claim, ...]:
    """Return the claims made before an instant that have no run yet, the oldest first."""
    table = desk_claim.c
    late = (table.started_at.is_(None), table.claimed_at < older_than)
    question = _COLUMNS.where(*late).order_by(table.claimed_at)
    async with store.reading() as connection:
        return tuple(Claim(*row) for row in await connection.execute(question))


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
    desk_claim.c.case_id, desk_claim.c.reference, desk_claim.c.by_id, desk_claim.c.claimed_at
)
