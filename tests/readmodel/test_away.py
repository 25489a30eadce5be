"""The directory knows who is away and what is closed, and who answers where nobody else does."""

from datetime import date

import pytest

from readmodel import away, directory
from readmodel.away import Absence, Closure
from readmodel.directory import Agency, Listed
from readmodel.engine import Store
from statemodel.people import Away, PersonFacts, Role
from tests.builders import PEOPLE

JULY, AUGUST, SEPTEMBER = date(2026, 7, 23), date(2026, 8, 10), date(2026, 9, 1)
SUMMER = Away(JULY, SEPTEMBER)


async def filled(store: Store) -> None:
    await directory.put_people(store, [Listed(facts, facts.id) for facts in PEOPLE])


async def test_an_agency_keeps_who_approves_and_where_its_mailboxes_are(store: Store) -> None:
    trust = Agency("a-trust", "The Trust", "p-lee", ("trust.example", "nhs.example"))
    await directory.put_agencies(store, [trust, Agency("a-charity", "The Charity")])
    async with store.reading() as connection:
        found = await directory.read_agencies(connection)
    assert found == (Agency("a-charity", "The Charity"), trust)


async def test_somebody_keeps_a_second_agency_and_how_many_they_can_lead_for(store: Store) -> None:
    facts = PersonFacts("p-sam", "a-trust", (Role.PRACTITIONER,))
    await directory.put_people(store, [Listed(facts, "Sam", "a-school", 6)])
    assert await directory.everybody(store) == (Listed(facts, "Sam", "a-school", 6),)
    await directory.put_people(store, [Listed(facts, "Sam")])
    assert await directory.everybody(store) == (Listed(facts, "Sam"),), "each in full"


async def test_nothing_to_write_is_no_fault(store: Store) -> None:
    await directory.put_people(store, [])
    await directory.put_agencies(store, [])
    await away.put_absences(store, [])
    await away.put_closures(store, [])
    assert await away.away_on(store, AUGUST) == frozenset()


@pytest.mark.parametrize(
    ("day", "is_away"),
    [
        (date(2026, 7, 22), False),
        (JULY, True),
        (AUGUST, True),
        (SEPTEMBER, True),
        (date(2026, 9, 2), False),
    ],
)
async def test_both_the_first_and_the_last_day_are_days_away(
    store: Store, day: date, *, is_away: bool
) -> None:
    await filled(store)
    await away.put_absences(store, [Absence("p-lee", JULY, SEPTEMBER)])
    assert await away.away_on(store, day) == (frozenset({"p-lee"}) if is_away else frozenset())


async def test_with_an_agency_closed_all_its_people_are_away(store: Store) -> None:
    await filled(store)
    await away.put_closures(store, [Closure("a-school", JULY, SEPTEMBER)])
    assert await away.away_on(store, AUGUST) == {"p-ana", "p-head", "p-gone"}


@pytest.mark.parametrize(
    ("first", "last", "closed"),
    [
        (date(2026, 7, 20), date(2026, 7, 22), False),
        (date(2026, 7, 22), JULY, True),
        (AUGUST, AUGUST, True),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (SEPTEMBER, date(2026, 9, 8), True),
        (date(2026, 9, 2), date(2026, 9, 8), False),
    ],
)
async def test_an_agency_is_closed_between_two_days_if_on_any_of_them(
    store: Store, first: date, last: date, *, closed: bool
) -> None:
    await away.put_closures(store, [Closure("a-school", JULY, SEPTEMBER)])
    assert await away.is_closed(store, "a-school", first, last) is closed
    assert not await away.is_closed(store, "a-trust", first, last)


async def test_written_again_from_the_same_day_it_ends_when_was_said_last(store: Store) -> None:
    await filled(store)
    await away.put_absences(store, [Absence("p-lee", JULY, SEPTEMBER)])
    await away.put_absences(store, [Absence("p-lee", JULY, JULY)])
    assert await away.away_on(store, AUGUST) == frozenset()
    assert await away.away_on(store, JULY) == {"p-lee"}


async def test_times_away_are_a_persons_own_and_their_agencys_in_order(store: Store) -> None:
    await filled(store)
    own = Away(date(2026, 7, 1), date(2026, 7, 3))
    await away.put_absences(store, [Absence("p-head", own.since, own.until)])
    await away.put_absences(store, [Absence("p-lee", JULY, SEPTEMBER)])
    await away.put_closures(store, [Closure("a-school", JULY, SEPTEMBER)])
    people = ("p-head", "p-lee", "p-dee", "p-nobody")
    found = await away.times_away(store, people, own.until, JULY)
    assert found == {"p-head": (own, SUMMER), "p-lee": (SUMMER,)}
    after = date(2026, 9, 2)
    assert await away.times_away(store, people, after, after) == {}
