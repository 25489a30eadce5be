"""Receipts: when a command first arrived (decision 7), and the attempts that were refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, func, select

from readmodel.authority import authority_of
from readmodel.desks import desk_attempts_left_out, desk_receipt, desk_unsealed
from readmodel.engine import Store, hold_case, insert
from readmodel.series import ATTEMPTS
from readmodel.tables import record_attempt
from statemodel.plain import canonical, utc_text

KEPT = timedelta(days=30)  # as long as a case remembers a command (decision 6)
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


async def forget_receipts(store: Store, now: datetime) -> int:
    """Drop receipts older than thirty days, which no stamp may still rest on; returns how many."""
    async with store.writing() as connection:
        old = delete(desk_receipt).where(desk_receipt.c.received_at < now - KEPT)
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
    return await store.at_once(lambda connection: _keep(connection, attempt))


def attempt_digest(row: Mapping[Any, Any]) -> str:
    """Return the SHA-256 over a row of `record_attempt`, which the sealer chains."""
    names = ("case_id", "number", "authority", "by_id", "kind")
    kept = {name: row[name] for name in names} | {"at": utc_text(row["at_utc"])}
    return sha256(canonical(kept | {"codes": list(row["codes"])})).hexdigest()


def _keep(connection: Connection, attempt: Attempt) -> bool:
    hold_case(connection, attempt.case_id)
    hour = attempt.at.replace(minute=0, second=0, microsecond=0)
    table = record_attempt.c
    mine = (table.case_id == attempt.case_id, table.at_utc >= hour)
    count = select(func.count()).select_from(record_attempt).where(*mine)
    if connection.execute(count).scalar_one() >= MOST_ATTEMPTS:
        _leave_out(connection, attempt.case_id, hour)
        return False
    row = _row(connection, attempt)
    connection.execute(record_attempt.insert(), row)
    wait = ATTEMPTS.waiting(row["case_id"], row["number"], row["digest"])
    connection.execute(desk_unsealed.insert(), wait)
    return True


def _row(connection: Connection, attempt: Attempt) -> dict[str, Any]:
    table = record_attempt.c
    last = select(func.max(table.number)).where(table.case_id == attempt.case_id)
    row = {
        "case_id": attempt.case_id,
        "number": (connection.execute(last).scalar() or 0) + 1,
        "authority": authority_of(connection, attempt.case_id),
        "at_utc": attempt.at,
        "by_id": attempt.by,
        "kind": attempt.kind,
        "codes": list(attempt.codes),
    }
    return row | {"digest": attempt_digest(row)}


def _leave_out(connection: Connection, case_id: str, hour: datetime) -> None:
    row = {"case_id": case_id, "hour": hour, "number": 1}
    one_more = {"number": desk_attempts_left_out.c.number + 1}
    over = insert(desk_attempts_left_out, connection.dialect.name).values(row)
    counted = over.on_conflict_do_update(index_elements=["case_id", "hour"], set_=one_more)
    connection.execute(counted)
