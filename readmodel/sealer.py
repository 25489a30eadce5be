"""The sealer: one gapless order over all cases, chained, with a signed head for every day.

It runs behind the writers, so that they never queue for one another (decision 24).
"""

import hmac
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_unsealed
from readmodel.engine import Store
from readmodel.tables import record_head, record_seal
from readmodel.vault import Vault
from statemodel.plain import canonical

ONE_DAY = timedelta(days=1)
ONE_AT_A_TIME = "LOCK TABLE record_seal IN EXCLUSIVE MODE"  # readers are not held up


async def seal(store: Store, now: datetime, limit: int = 1000) -> int:
    """Give up to `limit` entries their position; returns how many. Two at once take turns."""
    async with store.writing() as connection:
        if store.dialect == "postgresql":
            await connection.execute(text(ONE_AT_A_TIME))
        waiting = await _waiting(connection, limit)
        if not waiting:
            return 0
        rows = await _sealed(connection, [row for row in waiting if row.position is None], now)
        if rows:
            await connection.execute(record_seal.insert(), rows)
        done = [row.id for row in waiting]
        await connection.execute(delete(desk_unsealed).where(desk_unsealed.c.id.in_(done)))
    return len(rows)


async def sign_heads(store: Store, vault: Vault, now: datetime) -> int:
    """Sign where the order stood at the end of each day (UTC) that is over; returns how many."""
    today = now.astimezone(UTC).date()
    signed = 0
    async with store.writing() as connection:
        if store.dialect == "postgresql":
            await connection.execute(text(ONE_AT_A_TIME))
        while (day := await _unsigned_day(connection)) and day < today:
            head = {"day": day.isoformat()} | await _end_of(connection, day)
            signature = signature_of(vault.signing_key, head)
            signed_head = head | {"key_id": vault.signing_key_id, "signature": signature}
            await connection.execute(record_head.insert(), signed_head)
            signed += 1
    return signed


def link(before: str, position: int, case_id: str, version: int, digest: str) -> str:
    """Return the overall chain at a position: SHA-256 over what it seals and the chain before."""
    place = {"position": position, "case_id": case_id, "version": version}
    return sha256(canonical(place | {"digest": digest, "before": before})).hexdigest()


def signature_of(key: bytes, head: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 over a day, its last position and the chain there."""
    names = ("day", "position", "chain")
    return hmac.new(key, canonical({name: head[name] for name in names}), "sha256").hexdigest()


async def _waiting(connection: AsyncConnection, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """What waits, in order of arrival, with its position if it was sealed all the same."""
    one, done = desk_unsealed.c, record_seal.c
    same = (one.case_id == done.case_id) & (one.version == done.version)
    question = (
        select(one.id, one.case_id, one.version, one.digest, done.position)
        .select_from(desk_unsealed.outerjoin(record_seal, same))
        .order_by(one.id)
        .limit(limit)
    )
    return (await connection.execute(question)).all()


async def _sealed(
    connection: AsyncConnection, waiting: Sequence[Row[*tuple[Any, ...]]], now: datetime
) -> list[dict[str, Any]]:
    table = record_seal.c
    last = select(table.position, table.chain).order_by(table.position.desc()).limit(1)
    row = (await connection.execute(last)).one_or_none()
    position, chain = (row.position, row.chain) if row else (0, "")
    rows = []
    for one in waiting:
        position += 1
        chain = link(chain, position, one.case_id, one.version, one.digest)
        place = {"position": position, "case_id": one.case_id, "version": one.version}
        rows.append(place | {"digest": one.digest, "chain": chain, "sealed_at_utc": now})
    return rows


async def _unsigned_day(connection: AsyncConnection) -> date | None:
    """The first day with something sealed that no head covers; never a day signed already."""
    head, table = record_head.c, record_seal.c
    newest = select(head.day, head.position).order_by(head.position.desc()).limit(1)
    signed = (await connection.execute(newest)).one_or_none()
    later = select(table.sealed_at_utc).where(table.position > (signed.position if signed else 0))
    first = (await connection.execute(later.order_by(table.position).limit(1))).scalar()
    if first is None:
        return None
    day: date = first.date()
    return max(day, date.fromisoformat(signed.day) + ONE_DAY) if signed else day


async def _end_of(connection: AsyncConnection, day: date) -> dict[str, Any]:
    table = record_seal.c
    midnight = datetime.combine(day + ONE_DAY, time(), UTC)
    last = select(table.position, table.chain).where(table.sealed_at_utc < midnight)
    row = (await connection.execute(last.order_by(table.position.desc()).limit(1))).one()
    return {"position": row.position, "chain": row.chain}
