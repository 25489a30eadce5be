"""Erasure: what an order allows to be destroyed, while the digests and the order itself stay."""

from datetime import datetime

from sqlalchemy import delete

from readmodel.authority import authority_of
from readmodel.engine import Store, hold_case, insert
from readmodel.tables import record_body, record_erasure, record_opening
from readmodel.vault import Vault


async def erase(store: Store, vault: Vault, case_id: str, order_id: str, at: datetime) -> None:
    """Carry out an erasure order: bodies first, then the key, which reaches every backup too.

    Only for a case whose run is closed (decision 14). Done twice it changes nothing; interrupted,
    `verify` says `erasure_unfinished` until it is done again. `at` is aware UTC.
    """
    async with store.writing() as connection:
        await connection.run_sync(hold_case, case_id)
        authority = await connection.run_sync(authority_of, case_id)
        row = {"case_id": case_id, "authority": authority, "order_id": order_id, "at_utc": at}
        order = insert(record_erasure, store.dialect).values(row).on_conflict_do_nothing()
        await connection.execute(order)
        for table in (record_body, record_opening):
            await connection.execute(delete(table).where(table.c.case_id == case_id))
    await vault.destroy(case_id)
