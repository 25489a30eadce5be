"""Pages are made from the journal alone, and made again they are the same."""

import asyncio
from typing import Any

import pytest

from readmodel.erasure import erase
from readmodel.journal import Recorded
from readmodel.rebuild import NoOpening, Rebuilt, rebuild, refold
from readmodel.tables import METADATA, record_entry, view_case, view_deadline
from readmodel.vault import NoKey
from statemodel.commands import RaiseConcern
from tests.readmodel.office import NOW, Kept, Office
from tests.readmodel.test_verify import tamper

ALL = tuple(METADATA.tables.values())


async def everything(office: Office) -> dict[str, list[dict[str, Any]]]:
    return {table.name: await office.rows(table) for table in ALL}


async def a_varied_office(office: Office) -> list[Kept]:
    """A case proposed, one with a concern and one whose four days have lapsed."""
    proposed = await office.recorded("c1")
    worried = await office.recorded("c2")
    worried.do(RaiseConcern(what="Afraid to go home"))
    lapsed = await office.recorded("c3")
    lapsed.wait(days=9)
    for case in (worried, lapsed):
        await office.record(case, 4)
    return [proposed, worried, lapsed]


@pytest.mark.proves("I41", "F49")
async def test_pages_lost_are_made_again_as_they_were_and_nothing_else_is_touched(
    office: Office,
) -> None:
    await a_varied_office(office)
    before = await everything(office)
    await office.sql("DELETE FROM view_case", "DELETE FROM view_deadline")
    assert await rebuild(office.store, office.vault) == Rebuilt(3, 0, ())
    assert await everything(office) == before


async def test_pages_that_were_written_over_are_put_right(office: Office) -> None:
    await a_varied_office(office)
    before = await everything(office)
    await office.sql(
        "UPDATE view_case SET stage = 'closed', version = 99",
        "UPDATE view_deadline SET owner = 'nobody'",
        "INSERT INTO view_deadline SELECT 'c9', id, authority, what, about, owner_kind, owner,"
        " due_at, due, state, step FROM view_deadline WHERE case_id = 'c1'",
    )
    await rebuild(office.store, office.vault)
    assert await everything(office) == before


async def test_one_case_can_be_rebuilt_by_itself(office: Office) -> None:
    await a_varied_office(office)
    await office.sql("DELETE FROM view_case")
    assert await rebuild(office.store, office.vault, "c2") == Rebuilt(1, 0, ())
    assert [row["case_id"] for row in await office.rows(view_case)] == ["c2"]


@pytest.mark.proves("I41")
async def test_the_journal_gives_the_very_case_that_runs(office: Office) -> None:
    for case in await a_varied_office(office):
        assert await refold(office.store, office.vault, case.case.id) == case.case


async def test_a_page_that_fell_behind_is_healed(office: Office) -> None:
    case = await office.recorded()
    case.do(RaiseConcern())
    await office.sql("ALTER TABLE view_case RENAME TO view_lost")
    assert await office.record(case, 4) == Recorded("c1", 4, 1)
    await office.sql("ALTER TABLE view_lost RENAME TO view_case")
    assert (await office.rows(view_case))[0]["version"] == 3
    await rebuild(office.store, office.vault, "c1")
    assert (await office.rows(view_case))[0]["version"] == 4


async def test_a_case_that_moves_meanwhile_does_not_go_back(office: Office) -> None:
    case = await office.recorded()
    for _ in range(6):
        case.do(RaiseConcern())

    async def recording() -> None:
        for version in range(4, 10):
            await office.record(case, version, version)

    await asyncio.gather(recording(), *(rebuild(office.store, office.vault) for _ in range(3)))
    [page] = await office.rows(view_case)
    assert (page["version"], page["head"]) == (9, case.case.head)
    assert await office.count(view_deadline) == len(case.case.running)


async def test_an_erased_case_has_no_pages_and_stops_nobody(office: Office) -> None:
    await a_varied_office(office)
    await erase(office.store, office.vault, "c1", "order-7", NOW)
    assert await rebuild(office.store, office.vault) == Rebuilt(2, 1, ())
    assert [row["case_id"] for row in await office.rows(view_case)] == ["c2", "c3"]
    assert await office.count(record_entry) > 3
    with pytest.raises(NoKey):
        await refold(office.store, office.vault, "c1")


async def test_a_case_that_cannot_be_folded_is_named_and_keeps_its_pages(office: Office) -> None:
    await a_varied_office(office)
    shown = await office.rows(view_case)
    await tamper(
        office,
        "DELETE FROM record_opening WHERE case_id = 'c1'",
        "DELETE FROM record_body WHERE case_id = 'c2' AND version = 2",
    )
    answer = await rebuild(office.store, office.vault)
    assert answer == Rebuilt(1, 0, (("c1", "NoOpening"), ("c2", "Unreadable")))
    assert await office.rows(view_case) == shown
    with pytest.raises(NoOpening):
        await refold(office.store, office.vault, "c1")


async def test_a_case_nobody_knows_is_nothing_to_rebuild(office: Office) -> None:
    with pytest.raises(NoKey):
        await refold(office.store, office.vault, "c9")
