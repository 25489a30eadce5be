"""Rebuild: the pages made again from the journal, which is the record (decision 22)."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

import wire
from readmodel.bodies import Place, open_body
from readmodel.chain import head_of
from readmodel.engine import Store, hold_case
from readmodel.journal import fold_case
from readmodel.project import project
from readmodel.tables import METADATA, record_entry, record_opening
from readmodel.vault import NoKey, Unreadable, Vault
from statemodel.case import Case
from statemodel.plain import plain
from statemodel.status import summary

PAGES = tuple(table for name, table in METADATA.tables.items() if name.startswith("view_"))
TRIES = 5


class NoOpening(Exception):
    """The record does not hold how the case began, so nothing can be folded from it."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases were made again, how many are erased, and which could not be (case, why)."""

    cases: int
    erased: int
    failed: tuple[tuple[str, str], ...]


async def rebuild(store: Store, vault: Vault, case_id: str | None = None) -> Rebuilt:
    """Make the pages of one case, or of all, from the journal; touches `view_*` alone.

    Pages are replaced case by case, so that nobody sees an empty list meanwhile. A case that
    cannot be folded is named and keeps its pages; the others go on.
    """
    done, erased, failed = 0, 0, []
    cases = [case_id] if case_id else await _cases(store)
    for one in cases:
        try:
            await _remake(store, vault, one)
            done += 1
        except NoKey:
            await _clear(store, one)
            erased += 1
        except (NoOpening, Unreadable, wire.Invalid) as error:
            failed.append((one, type(error).__name__))
    if case_id is None:
        await _clear_strangers(store)
    return Rebuilt(done, erased, tuple(failed))


async def refold(store: Store, vault: Vault, case_id: str) -> Case:
    """Return the case as its journalled entries make it from its opening.

    Raises NoKey once erased, NoOpening, Unreadable, or wire.Invalid for what no build knows.
    """
    table = record_opening.c
    opening = select(table.authority, table.body).where(table.case_id == case_id)
    async with store.reading() as connection:
        row = (await connection.execute(opening)).one_or_none()
    key = await vault.get(case_id)
    if key is None:
        raise NoKey("the case has no key: it was never made, or an erasure order destroyed it")
    if row is None:
        raise NoOpening("the record does not hold how the case began")
    start = wire.decode(Case, open_body(key, Place(row.authority, case_id), row.body))
    return await fold_case(store, vault, case_id, start)


async def _remake(store: Store, vault: Vault, case_id: str) -> None:
    """Fold outside the transaction; if the case has moved meanwhile, fold again."""
    for _ in range(TRIES):
        case = await refold(store, vault, case_id)
        columns = plain(summary(case))
        async with store.writing() as connection:
            await connection.run_sync(hold_case, case_id)
            head = await connection.run_sync(head_of, case_id)
            if head.version == case.version:
                await _empty(connection, case_id)
                await connection.run_sync(project, columns)
                return
    raise NoOpening("the case moves faster than it can be folded")


async def _cases(store: Store) -> list[str]:
    question = select(record_entry.c.case_id).distinct().order_by(record_entry.c.case_id)
    async with store.reading() as connection:
        return list((await connection.execute(question)).scalars())


async def _clear(store: Store, case_id: str) -> None:
    async with store.writing() as connection:
        await _empty(connection, case_id)


async def _empty(connection: AsyncConnection, case_id: str) -> None:
    for table in PAGES:
        await connection.execute(delete(table).where(table.c.case_id == case_id))


async def _clear_strangers(store: Store) -> None:
    """Take away the pages of cases that the journal does not know."""
    known = select(record_entry.c.case_id)
    async with store.writing() as connection:
        for table in PAGES:
            await connection.execute(delete(table).where(table.c.case_id.not_in(known)))
