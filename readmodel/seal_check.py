"""Whether the order over all cases still holds: positions, the chain over them, the daily heads."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_unsealed
from readmodel.engine import Store
from readmodel.sealer import link, signature_of
from readmodel.tables import record_entry, record_head, record_seal
from readmodel.vault import Vault

PAGE = 5000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the record: where (case/version, seal/position, head/day) and a code."""

    place: str
    code: str


async def seal_faults(store: Store, vault: Vault) -> tuple[int, list[Fault]]:
    """Return how many entries still wait for a position, and every fault of the order."""
    async with store.reading() as connection:
        heads = (await connection.execute(select(record_head))).all()
        at = {head.position: head for head in heads}
        found: list[Fault] = []
        position, chain = 0, ""
        async for row in _seals(connection):
            found += _seal_faults(row, position, chain)
            position, chain = row.position, row.chain
            head = at.pop(position, None)
            if head is not None and head.chain != chain:
                found.append(Fault(f"head/{head.day}", "contradicted"))
        found += [Fault(f"head/{head.day}", "truncated") for head in at.values()]
        found += [fault for head in heads for fault in _head_faults(vault, head)]
        found += await _uncovered(connection)
        waiting = select(func.count()).select_from(desk_unsealed)
        return (await connection.execute(waiting)).scalar_one(), found


async def _seals(connection: AsyncConnection) -> AsyncIterator[Row[Any]]:
    """Every seal in order of position, with the digest its entry has now."""
    seal, entry = record_seal.c, record_entry.c
    same = (seal.case_id == entry.case_id) & (seal.version == entry.version)
    question = (
        select(record_seal, entry.digest.label("held"))
        .select_from(record_seal.outerjoin(record_entry, same))
        .order_by(seal.position)
        .limit(PAGE)
    )
    rows = (await connection.execute(question)).all()
    while rows:
        for row in rows:
            yield row
        rows = (await connection.execute(question.where(seal.position > rows[-1].position))).all()


def _seal_faults(row: Row[Any], position: int, chain: str) -> Iterator[Fault]:
    if row.position != position + 1:
        yield Fault(f"seal/{position + 1}", "missing")
    elif row.chain != link(chain, row.position, row.case_id, row.version, row.digest):
        yield Fault(f"seal/{row.position}", "broken_chain")
    if row.held is None:
        yield Fault(f"{row.case_id}/{row.version}", "sealed_but_gone")
    elif row.held != row.digest:
        yield Fault(f"{row.case_id}/{row.version}", "sealed_otherwise")


def _head_faults(vault: Vault, head: Row[Any]) -> Iterator[Fault]:
    place = f"head/{head.day}"
    if head.key_id != vault.signing_key_id:
        yield Fault(place, "other_signing_key")
    elif head.signature != signature_of(vault.signing_key, head._asdict()):
        yield Fault(place, "forged")


async def _uncovered(connection: AsyncConnection) -> list[Fault]:
    """Entries that have no position and do not wait for one: nobody recorded them."""
    entry, seal, wait = record_entry.c, record_seal.c, desk_unsealed.c
    sealed = exists().where(seal.case_id == entry.case_id, seal.version == entry.version)
    waits = exists().where(wait.case_id == entry.case_id, wait.version == entry.version)
    question = select(entry.case_id, entry.version).where(~sealed, ~waits)
    rows = await connection.execute(question.order_by(entry.case_id, entry.version))
    return [Fault(f"{row.case_id}/{row.version}", "never_sealed") for row in rows]
