"""Whether each order still holds: its positions, the chain over them, the daily heads."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_unsealed
from readmodel.engine import Store
from readmodel.receipts import attempt_digest
from readmodel.sealer import link, signature_of
from readmodel.series import ATTEMPTS, SERIES, Series
from readmodel.tables import record_attempt, record_head, record_seal
from readmodel.vault import Vault

PAGE = 5000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the record: where (case/version, seal/position, head/day) and a code.

    The place of a refused attempt, its seals and heads begins with `attempt/`.
    """

    place: str
    code: str


async def seal_faults(store: Store, vault: Vault) -> tuple[int, list[Fault]]:
    """Return how many rows still wait for a position, and every fault of each order."""
    found: list[Fault] = []
    async with store.reading() as connection:
        for series in SERIES:
            found += await _order_faults(connection, vault, series)
            found += await _uncovered(connection, series)
        waiting = select(func.count()).select_from(desk_unsealed)
        return (await connection.execute(waiting)).scalar_one(), found


async def attempt_faults(store: Store) -> tuple[int, list[Fault]]:
    """Return how many refused attempts there are, and which of them are not as written."""
    number, found = 0, []
    async with store.reading() as connection:
        rows = await connection.stream(select(record_attempt))
        async for row in rows.mappings():
            number += 1
            if attempt_digest(row) != row["digest"]:
                place = ATTEMPTS.place(row["case_id"], row["number"])
                found.append(Fault(place, "altered"))
    return number, found


async def _order_faults(connection: AsyncConnection, vault: Vault, series: Series) -> list[Fault]:
    mine = select(record_head).where(record_head.c.series == series.name)
    heads = (await connection.execute(mine.order_by(record_head.c.day))).mappings().all()
    at = {head["position"]: head for head in heads}
    found: list[Fault] = []
    position, chain = 0, ""
    async for row in _seals(connection, series):
        found += _seal_faults(series, row, position, chain)
        position, chain = row["position"], row["chain"]
        head = at.pop(position, None)
        if head is not None and head["chain"] != chain:
            found.append(Fault(series.place("head", head["day"]), "contradicted"))
    found += [Fault(series.place("head", head["day"]), "truncated") for head in at.values()]
    found += [fault for head in heads for fault in _head_faults(vault, series, head)]
    return found


async def _seals(connection: AsyncConnection, series: Series) -> AsyncIterator[RowMapping]:
    """Every seal in order of position, with the digest that what it seals has now."""
    seal = record_seal.c
    same = (seal.case_id == series.case_id) & (seal.number == series.number)
    question = (
        select(record_seal, series.digest.label("held"))
        .select_from(record_seal.outerjoin(series.digest.table, same))
        .where(seal.series == series.name)
        .order_by(seal.position)
        .limit(PAGE)
    )
    rows = (await connection.execute(question)).mappings().all()
    while rows:
        for row in rows:
            yield row
        further = question.where(seal.position > rows[-1]["position"])
        rows = (await connection.execute(further)).mappings().all()


def _seal_faults(series: Series, row: RowMapping, position: int, chain: str) -> Iterator[Fault]:
    if row["position"] != position + 1:
        yield Fault(series.place("seal", position + 1), "missing")
    elif row["chain"] != link(chain, row):
        yield Fault(series.place("seal", row["position"]), "broken_chain")
    if row["held"] is None:
        yield Fault(series.place(row["case_id"], row["number"]), "sealed_but_gone")
    elif row["held"] != row["digest"]:
        yield Fault(series.place(row["case_id"], row["number"]), "sealed_otherwise")


def _head_faults(vault: Vault, series: Series, head: RowMapping) -> Iterator[Fault]:
    place = series.place("head", head["day"])
    if head["key_id"] != vault.signing_key_id:
        yield Fault(place, "other_signing_key")
    elif head["signature"] != signature_of(vault.signing_key, head):
        yield Fault(place, "forged")


async def _uncovered(connection: AsyncConnection, series: Series) -> list[Fault]:
    """Rows that have no position and do not wait for one: nobody recorded them."""

    def knows(table: Any) -> Any:
        same = (table.c.case_id == series.case_id, table.c.number == series.number)
        return exists().where(table.c.series == series.name, *same)

    question = select(series.case_id, series.number.label("number"))
    question = question.where(~knows(record_seal), ~knows(desk_unsealed))
    rows = await connection.execute(question.order_by(series.case_id, series.number))
    return [Fault(series.place(row.case_id, row.number), "never_sealed") for row in rows]
