"""One order over all cases: no gap, nothing twice, and a signed head for each day that is over."""

import asyncio
from datetime import timedelta

from readmodel.sealer import seal, sign_heads
from readmodel.tables import record_head, record_seal
from readmodel.verify import verify
from statemodel.commands import RaiseConcern
from tests.readmodel.office import NOW, Office


async def test_positions_have_no_gap_however_many_seal_at_once(office: Office) -> None:
    cases = [await office.case(f"c{n}") for n in range(6)]
    for case in cases:
        case.proposed()

    async def sealing() -> int:
        return sum([await seal(office.store, NOW, limit=2) for _ in range(6)])

    writing = [office.record(case) for case in cases]
    await asyncio.gather(*writing, *(sealing() for _ in range(4)))
    while await seal(office.store, NOW, limit=5):
        pass
    rows = await office.rows(record_seal)
    assert [row["position"] for row in rows] == list(range(1, 19))
    order = [row["number"] for row in rows if row["case_id"] == "c3"]
    assert order == [1, 2, 3]
    assert (await verify(office.store, office.vault)).faults == ()


async def test_an_entry_is_sealed_once_even_if_it_is_put_to_wait_again(office: Office) -> None:
    await office.recorded()
    await seal(office.store, NOW)
    again = "SELECT 'entry', case_id, version, digest FROM record_entry"
    await office.sql(f"INSERT INTO desk_unsealed (series, case_id, number, digest) {again}")
    assert await seal(office.store, NOW) == 0
    assert await office.count(record_seal) == 3
    assert (await verify(office.store, office.vault)).waiting == 0


async def test_each_day_that_is_over_gets_one_head(office: Office) -> None:
    case = await office.recorded()
    await seal(office.store, NOW)
    assert await sign_heads(office.store, office.vault, NOW) == 0
    for day in (1, 2, 5):
        case.do(RaiseConcern())
        await office.record(case, len(case.entries))
        await seal(office.store, NOW + timedelta(days=day))
    assert await sign_heads(office.store, office.vault, NOW + timedelta(days=5)) == 3
    assert await sign_heads(office.store, office.vault, NOW + timedelta(days=6)) == 1
    rows = await office.rows(record_head)
    assert [row["position"] for row in rows] == [3, 4, 5, 6]
    assert rows[-1]["day"] == "2026-01-10"
    assert (await verify(office.store, office.vault)).faults == ()
