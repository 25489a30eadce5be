"""Who is asked in whose place, and when they are away: looked up for the law, afresh each time."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from gateway.facts import look_up
from readmodel.away import Absence, Closure, put_absences, put_closures
from readmodel.directory import Agency, Listed, put_agencies, put_people
from readmodel.engine import Store, migrate, open_store, sqlite_url
from statemodel import PersonFacts, Role
from statemodel.people import Away
from tests import builders as b

WEEK = Away(date(2026, 1, 7), date(2026, 1, 12))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    await migrate(sqlite_url(tmp_path))
    opened = await open_store(sqlite_url(tmp_path))
    await put_people(opened, [Listed(person, person.id) for person in b.people()])
    yield opened
    await opened.close()


async def asked_for(store: Store, nominee: str) -> str | None:
    """Whom the law sees as the manager of somebody proposed; facts of them go along."""
    facts = await look_up(store, "p-ana", b.proposal(nominee), b.MONDAY)
    found = facts.of(nominee)
    assert found
    assert found.line_manager is None or facts.of(found.line_manager)
    return found.line_manager


async def approve(store: Store, agency: str, approver: str) -> None:
    await put_agencies(store, [Agency(agency, agency, approver)])


@pytest.mark.proves("R93")
async def test_an_agencys_approver_answers_for_who_has_no_line_manager(store: Store) -> None:
    assert await asked_for(store, "p-solo") is None, "her own yes counts (D37)"
    await approve(store, "a-charity", "p-lee")
    assert await asked_for(store, "p-solo") == "p-lee"
    await approve(store, "a-trust", "p-dee")
    assert await asked_for(store, "p-sam") == "p-lee", "who has a manager is asked for by them"


@pytest.mark.parametrize("approver", ["p-solo", "p-gone", "p-nobody"])
async def test_nobody_waits_for_an_approver_who_is_herself_or_gone(
    store: Store, approver: str
) -> None:
    await approve(store, "a-charity", approver)
    assert await asked_for(store, "p-solo") is None


async def test_for_a_manager_who_has_left_the_approver_answers(store: Store) -> None:
    left = PersonFacts("p-lee", "a-trust", (Role.LINE_MANAGER,), deputy="p-dee", active=False)
    await put_people(store, [Listed(left, "Lee")])
    assert await asked_for(store, "p-sam") == "p-lee", "whose deputy may answer still"
    await approve(store, "a-trust", "p-dee")
    assert await asked_for(store, "p-sam") == "p-dee"


@pytest.mark.parametrize("closed", [True, False])
async def test_when_a_manager_is_away_goes_along_with_a_proposal(
    store: Store, *, closed: bool
) -> None:
    if closed:
        await put_closures(store, [Closure("a-trust", WEEK.since, WEEK.until)])
    else:
        await put_absences(store, [Absence("p-lee", WEEK.since, WEEK.until)])
    facts = await look_up(store, "p-ana", b.proposal("p-sam"), b.MONDAY)
    lee, sam = facts.of("p-lee"), facts.of("p-sam")
    assert lee
    assert lee.away == (WEEK,)
    assert sam
    assert sam.away is None, "only of who is asked"
    other = await look_up(store, "p-lee", b.identify(), b.MONDAY)
    assert [one.away for one in other.people if one.away] == []
