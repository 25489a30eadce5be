"""A writing transaction made in one go: whole or not at all, and in turn with the others."""

import asyncio
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import Connection, func, select

from readmodel.desks import desk_receipt
from readmodel.engine import Store
from readmodel.receipts import first_received

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)


def receipt(connection: Connection, name: str) -> None:
    row = {"command_id": name, "case_id": "c1", "payload": "0" * 32, "received_at": NOW}
    connection.execute(desk_receipt.insert(), row)


async def receipts(store: Store) -> int:
    async with store.reading() as connection:
        number = select(func.count()).select_from(desk_receipt)
        return int((await connection.execute(number)).scalar_one())


async def test_work_that_fails_half_way_leaves_nothing(store: Store) -> None:
    def half(connection: Connection) -> None:
        receipt(connection, "one")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.at_once(half)
    assert await receipts(store) == 0
    await store.at_once(lambda connection: receipt(connection, "one"))
    assert await receipts(store) == 1


async def test_both_ways_of_writing_take_their_turns(store: Store) -> None:
    asked = [store.at_once(partial(receipt, name=f"at-once-{number}")) for number in range(20)]
    stepwise = [
        first_received(store, f"step-{number}", "c1", "0" * 32, NOW) for number in range(20)
    ]
    await asyncio.gather(*asked, *stepwise)
    assert await receipts(store) == 40
