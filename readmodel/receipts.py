"""Receipts: when a command first arrived (decision 7), and the attempts that were refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from readmodel.desks import desk_attempts_left_out, desk_receipt
from readmodel.engine import Store, hold_case, insert
from readmodel.tables import record_attempt

MOST_ATTEMPTS = 100  # kept for one case in one hour; the rest are counted


async def first_received(
    store: Store, command_id: str, case_id: str, payload: str, at: datetime
) -> tuple[datetime, bool]:
    """Return when the command id was first received, and whether it carried the same payload.

    `payload` is the hash of the command's content; only the first receipt is ever written.
    """
    row = {"command_id": command_id, "case_id": case_id, "payload": payload, "received_at": at}
    table = desk_receipt.c
    question = select(table.received_at, table.payload, table.case_id)
    async with store.writing() as connection:
        await connection.execute(
            insert(desk_receipt, store.dialect).values(row).on_conflict_do_nothing()
        )
        first = (await connection.execute(question.where(table.command_id == command_id))).one()
    return first.received_at, (first.payload, first.case_id) == (payload, case_id)


async def forget_receipts(store: Store, before: datetime) -> int:
    """Drop receipts too old to matter (a receipt counts for 72 h); returns how many."""
    async with store.writing() as connection:
        old = delete(desk_receipt).where(desk_receipt.c.received_at < before)
        return (await connection.execute(old)).rowcount


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was asked and refused: by whom, of which case, for which reasons; codes only."""

    at: datetime
    by: str
    case_id: str
    kind: str
    codes: Sequence[str]


async def attempt_refused(store: Store, attempt: Attempt) -> bool:
    """Write down a refused attempt, for ever; False once the case's hour is full (it is counted).

    Somebody who tries all night fills no disc (decision 24).
    """
    hour = attempt.at.replace(minute=0, second=0, microsecond=0)
    table = record_attempt.c
    mine = (table.case_id == attempt.case_id, table.at_utc >= hour)
    async with store.writing() as connection:
        await connection.run_sync(hold_case, attempt.case_id)
        count = select(func.count()).select_from(record_attempt).where(*mine)
        full = (await connection.execute(count)).scalar_one() >= MOST_ATTEMPTS
        row = {
            "at_utc": attempt.at,
            "by_id": attempt.by,
            "case_id": attempt.case_id,
            "kind": attempt.kind,
            "codes": list(attempt.codes),
        }
        left_out = {"case_id": attempt.case_id, "hour": hour, "number": 1}
        one_more = {"number": desk_attempts_left_out.c.number + 1}
        over = insert(desk_attempts_left_out, store.dialect).values(left_out)
        counted = over.on_conflict_do_update(index_elements=["case_id", "hour"], set_=one_more)
        await connection.execute(counted if full else record_attempt.insert().values(row))
    return not full
