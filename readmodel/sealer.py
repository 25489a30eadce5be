"""The sealer: one gapless order over all cases, chained, with a signed head for every day.

Refused attempts have an order, a chain and heads of their own, so that neither shows a gap. It
runs behind the writers, so that they never queue for one another (decision 24).
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_unsealed
from readmodel.engine import Store
from readmodel.series import SERIES
from readmodel.tables import record_head, record_seal
from readmodel.vault import Vault
from statemodel.plain import canonical

ONE_DAY = timedelta(days=1)
ONE_AT_A_TIME = "LOCK TABLE record_seal IN EXCLUSIVE MODE"  # readers are not held up


async def seal(store: Store, now: datetime, limit: int = 1000) -> int:
    """Give up to `limit` of each series their position; returns how many. Two take turns."""
    sealed = 0
    async with store.writing() as connection:
        if store.dialect == "postgresql":
            await connection.execute(text(ONE_AT_A_TIME))
        for one in SERIES:
            waiting = await _waiting(connection, one.name, limit)
            fresh = [row for row in waiting if row.position is None]
            rows = await _sealed(connection, one.name, fresh, now)
            if rows:
                await connection.execute(record_seal.insert(), rows)
            if waiting:
                done = [row.id for row in waiting]
                await connection.execute(delete(desk_unsealed).where(desk_unsealed.c.id.in_(done)))
            sealed += len(rows)
    return sealed


async def sign_heads(store: Store, vault: Vault, now: datetime) -> int:
    """Sign where each order stood at the end of each day (UTC) that is over; returns how many."""
    today = now.astimezone(UTC).date()
    signed = 0
    async with store.writing() as connection:
        if store.dialect == "postgresql":
            await connection.execute(text(ONE_AT_A_TIME))
        for one in SERIES:
            while (day := await _unsigned_day(connection, one.name)) and day < today:
                end = await _end_of(connection, one.name, day)
                head = {"series": one.name, "day": day.isoformat()} | end
                signature = signature_of(vault.signing_key, head)
                signed_head = head | {"key_id": vault.signing_key_id, "signature": signature}
                await connection.execute(record_head.insert(), signed_head)
                signed += 1
    return signed


def link(before: str, sealed: Mapping[Any, Any]) -> str:
    """Return the chain at a position: SHA-256 over what it seals and the chain before."""
    names = ("series", "position", "case_id", "number", "digest")
    place = {name: sealed[name] for name in names}
    return sha256(canonical(place | {"before": before})).hexdigest()


def signature_of(key: bytes, head: Mapping[Any, Any]) -> str:
    """Return the HMAC-SHA256 over a series, a day, its last position and the chain there."""
    names = ("series", "day", "position", "chain")
    return hmac.new(key, canonical({name: head[name] for name in names}), "sha256").hexdigest()


async def _waiting(
    connection: AsyncConnection, series: str, limit: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What waits, in order of arrival, with its position if it was sealed all the same."""
    one, done = desk_unsealed.c, record_seal.c
    same = (done.series == series) & (one.case_id == done.case_id) & (one.number == done.number)
    question = (
        select(one.id, one.case_id, one.number, one.digest, done.position)
        .select_from(desk_unsealed.outerjoin(record_seal, same))
        .where(one.series == series)
        .order_by(one.id)
        .limit(limit)
    )
    return (await connection.execute(question)).all()


async def _sealed(
    connection: AsyncConnection,
    series: str,
    waiting: Sequence[Row[*tuple[Any, ...]]],
    now: datetime,
) -> list[dict[str, Any]]:
    if not waiting:
        return []
    table = record_seal.c
    last = select(table.position, table.chain).where(table.series == series)
    end = last.order_by(table.position.desc()).limit(1)
    row = (await connection.execute(end)).one_or_none()
    position, chain = (row.position, row.chain) if row else (0, "")
    rows = []
    for one in waiting:
        position += 1
        sealed = {
            "series": series,
            "position": position,
            "case_id": one.case_id,
            "number": one.number,
            "digest": one.digest,
        }
        chain = link(chain, sealed)
        rows.append(sealed | {"chain": chain, "sealed_at_utc": now})
    return rows


async def _unsigned_day(connection: AsyncConnection, series: str) -> date | None:
    """The first day with something sealed that no head covers; never a day signed already."""
    head, table = record_head.c, record_seal.c
    heads = select(head.day, head.position).where(head.series == series)
    newest = heads.order_by(head.position.desc()).limit(1)
    signed = (await connection.execute(newest)).one_or_none()
    covered = signed.position if signed else 0
    later = select(table.sealed_at_utc).where(table.series == series, table.position > covered)
    first = (await connection.execute(later.order_by(table.position).limit(1))).scalar()
    if first is None:
        return None
    day: date = first.date()
    return max(day, date.fromisoformat(signed.day) + ONE_DAY) if signed else day


async def _end_of(connection: AsyncConnection, series: str, day: date) -> dict[str, Any]:
    table = record_seal.c
    midnight = datetime.combine(day + ONE_DAY, time(), UTC)
    before = (table.series == series, table.sealed_at_utc < midnight)
    last = select(table.position, table.chain).where(*before).order_by(table.position.desc())
    row = (await connection.execute(last.limit(1))).one()
    return {"position": row.position, "chain": row.chain}
