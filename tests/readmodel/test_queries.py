"""Every figure lists exactly what it counted, in the order in which somebody should look."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from readmodel import directory, queries
from readmodel.directory import Listed
from readmodel.incidents import IncidentKind, Settled, settle
from readmodel.queries import CaseRow, Filter, Standing
from statemodel.commands import RaiseConcern
from tests.builders import LAPSE, MONDAY
from tests.readmodel.office import NOW, Kept, Office

LOOKED = Settled("p-cat", NOW, "Restored from the later night")
SAFE = [Standing.WAITING, Standing.DUE_SOON, Standing.OVERDUE, Standing.STALLED]


async def worried(office: Office, case_id: str) -> Kept:
    case = await office.recorded(case_id)
    case.do(RaiseConcern())
    await office.record(case, 4)
    return case


async def numbers(office: Office, now: object = NOW) -> dict[str, int]:
    figures = await queries.today(office.store, NOW)
    return {count.code: count.number for count in (*figures.stages, *figures.standings)}


async def varied(office: Office) -> None:
    """Two proposed, one with a concern, one an hour later, one whose clocks were all lost."""
    await office.recorded("c1")
    await office.recorded("c2", MONDAY + timedelta(hours=1))
    await worried(office, "c3")
    await office.recorded("c4")
    await office.sql(
        "UPDATE view_case SET next_due = NULL, urgency = 1 WHERE case_id = 'c4'",
        "DELETE FROM view_deadline WHERE case_id = 'c4'",
    )


@pytest.mark.parametrize("moment", [NOW, LAPSE - timedelta(hours=3), LAPSE + timedelta(hours=3)])
async def test_each_figure_lists_exactly_the_cases_it_counted(
    office: Office, moment: object
) -> None:
    await varied(office)
    figures = await queries.today(office.store, NOW if moment is NOW else LAPSE)
    for count in (*figures.stages, *figures.standings):
        assert len(await queries.cases(office.store, count.filter)) == count.number, count


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=3), timedelta(days=30)])
async def test_each_open_case_stands_in_exactly_one_way(office: Office, late: timedelta) -> None:
    await varied(office)
    listed: list[str] = []
    for standing in SAFE:
        found = await queries.cases(office.store, Filter(NOW + late, standing=standing))
        listed += [row.case_id for row in found]
    assert sorted(listed) == ["c1", "c2", "c3", "c4"]


async def test_lists_put_concerns_first_then_cases_without_a_clock_then_the_latest(
    office: Office,
) -> None:
    await varied(office)
    found = await queries.cases(office.store, Filter(NOW))
    assert [row.case_id for row in found] == ["c3", "c4", "c1", "c2"]


async def test_a_list_read_page_by_page_is_the_whole_list(office: Office) -> None:
    await varied(office)
    whole = await queries.cases(office.store, Filter(NOW))
    pages: list[CaseRow] = []
    while page := await queries.cases(
        office.store, Filter(NOW), pages[-1] if pages else None, limit=1
    ):
        pages += page
    assert tuple(pages) == whole


async def test_a_list_can_be_of_one_stage_or_of_one_persons_cases(office: Office) -> None:
    await varied(office)
    mine = Filter(NOW, stage="planning", responsible="p-ana")
    assert len(await queries.cases(office.store, mine)) == 4
    assert await queries.cases(office.store, replace(mine, stage="closed")) == ()
    assert await queries.cases(office.store, replace(mine, responsible="p-jo")) == ()


async def test_a_case_shows_its_columns_and_its_deadlines_explained(office: Office) -> None:
    case = await office.recorded()
    row = await queries.case_row(office.store, "c1")
    assert row is not None
    assert (row.stage, row.status, row.responsible) == ("planning", "lp_proposed", "p-ana")
    first, then = sorted(case.case.running, key=lambda owed: owed.due.at)
    assert row.next_due == first.due.at
    shown = await queries.deadlines_of(office.store, "c1")
    assert [(one.id, one.due) for one in shown] == [(one.id, one.due) for one in (first, then)]
    assert await queries.case_row(office.store, "c9") is None


async def test_a_case_is_broken_until_its_incident_is_settled(office: Office) -> None:
    case = await office.recorded()
    other = Kept("c1", case.secret, MONDAY + timedelta(hours=1))
    other.opened()
    await office.record(other)
    assert (await numbers(office))["broken"] == 1
    assert await settle(office.store, "c1", IncidentKind.DIVERGED, LOOKED) == 1
    assert (await numbers(office))["broken"] == 0


async def test_the_largest_list_is_served_from_an_index(office: Office) -> None:
    """A page of a list must not sort every case there is (sort key and cursor are columns)."""
    await office.recorded()
    ordered = "SELECT * FROM view_case ORDER BY urgency, sort_due, case_id LIMIT 50"
    async with office.store.reading() as connection:
        if office.store.dialect == "postgresql":
            await connection.execute(text("SET LOCAL enable_seqscan = off"))  # of one row it would
            plan = (await connection.execute(text(f"EXPLAIN {ordered}"))).all()
        else:
            plan = (await connection.execute(text(f"EXPLAIN QUERY PLAN {ordered}"))).all()
    assert "view_case_list" in str(plan)
    assert "Sort" not in str(plan)
    assert "TEMP B-TREE" not in str(plan)


async def names_nobody(office: Office) -> str:
    return str(await queries.cases(office.store, Filter(NOW)))


async def test_a_list_holds_ids_and_never_a_name(office: Office) -> None:
    case = await office.recorded()
    facts = case.known[0]
    await directory.put_people(office.store, [Listed(facts, "CANARY Smith")])
    assert "CANARY" not in await names_nobody(office)
    assert facts.id in await names_nobody(office)
