"""The directory as a whole: what a file changes in it is counted, told and written, and no more."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from readmodel.away import Absence, Closure
from readmodel.contacts import Channel, Contact, contacts_of, put_contacts
from readmodel.directory import Agency
from readmodel.engine import Store
from readmodel.enrolment import read_roll, write_changes
from readmodel.roll import Change, Colleague, Given, Part, Roll, Turn, compare, count, key_of
from statemodel.people import Role

SINCE, UNTIL = date(2026, 7, 23), date(2026, 9, 1)
SAM: Mapping[str, Any] = {
    "id": "p-sam",
    "name": "Sam Reed",
    "agency": "a-trust",
    "roles": (Role.PRACTITIONER,),
    "line_manager": "p-lee",
    "email": "sam@trust.example",
    "phone": "+44 1632 960000",
    "quiet_from": "18:00",
    "quiet_until": "08:00",
}
LEE: Mapping[str, Any] = {
    "id": "p-lee",
    "name": "Lee Archer",
    "agency": "a-trust",
    "roles": (Role.LINE_MANAGER,),
}
TRUST = {"id": "a-trust", "name": "The Trust", "approver": "p-lee"}
LEES = {"person": "p-lee", "since": SINCE, "until": UNTIL}
SHUT = {"agency": "a-trust", "since": SINCE, "until": SINCE}
EMPTY: Roll = {part: {} for part in Part}


def given(**parts: list[Mapping[str, Any]]) -> Given:
    return {
        Part(name): {key_of(Part(name), one): one for one in rows} for name, rows in parts.items()
    }


WHOLE = given(people=[SAM, LEE], agencies=[TRUST], absences=[LEES], closures=[SHUT])


async def taken_in(store: Store, said: Given, *, sync: bool = False) -> tuple[Change, ...]:
    async with store.writing() as connection:
        changes = compare(await read_roll(connection), said, sync=sync)
        await write_changes(connection, changes)
    return changes


async def roll_of(store: Store) -> Roll:
    async with store.reading() as connection:
        return await read_roll(connection)


def turns(changes: tuple[Change, ...]) -> list[tuple[Turn, str]]:
    return [(one.turn, one.key[0]) for one in changes]


async def test_what_is_taken_in_is_read_back_whole_and_changes_nothing_again(store: Store) -> None:
    first = await taken_in(store, WHOLE)
    assert [one.turn for one in first] == [Turn.ADDED] * 5
    assert await roll_of(store) == {
        Part.PEOPLE: {("p-sam",): Colleague(**SAM), ("p-lee",): Colleague(**LEE)},
        Part.AGENCIES: {("a-trust",): Agency("a-trust", "The Trust", "p-lee")},
        Part.ABSENCES: {("p-lee", "2026-07-23"): Absence("p-lee", SINCE, UNTIL)},
        Part.CLOSURES: {("a-trust", "2026-07-23"): Closure("a-trust", SINCE, SINCE)},
    }
    assert await taken_in(store, WHOLE, sync=True) == ()


async def test_what_a_file_does_not_speak_of_stays_and_what_it_empties_goes(store: Store) -> None:
    await taken_in(store, WHOLE)
    await put_contacts(store, [Contact("p-sam", Channel.SMS, "07700 900000")])
    bare = {name: SAM[name] for name in ("id", "name", "agency", "roles")}
    assert await taken_in(store, given(people=[bare, LEE])) == ()
    [change] = await taken_in(store, given(people=[bare | {"email": None}, LEE]))
    assert change.differs == (("email", "sam@trust.example", None),)
    quiet = ("18:00", "08:00")
    assert await contacts_of(store, "p-sam") == {
        Channel.PHONE: Contact("p-sam", Channel.PHONE, "+44 1632 960000", *quiet),
        Channel.SMS: Contact("p-sam", Channel.SMS, "07700 900000"),
    }


async def test_a_sync_marks_who_is_missing_as_left_and_keeps_them(store: Store) -> None:
    await taken_in(store, WHOLE)
    changes = await taken_in(store, given(people=[LEE], absences=[]), sync=True)
    assert turns(changes) == [(Turn.LEFT, "p-sam"), (Turn.REMOVED, "p-lee")]
    roll = await roll_of(store)
    left = roll[Part.PEOPLE]["p-sam",]
    assert isinstance(left, Colleague)
    assert (left.active, left.email) == (False, "sam@trust.example")
    assert roll[Part.ABSENCES] == {}
    assert roll[Part.CLOSURES], "of which the file said nothing"
    assert await taken_in(store, given(people=[LEE]), sync=True) == (), "nobody leaves twice"


async def test_without_a_sync_who_is_missing_is_told_of_and_stays(store: Store) -> None:
    await taken_in(store, WHOLE)
    before = await roll_of(store)
    changes = await taken_in(store, given(people=[SAM], agencies=[], closures=[]))
    assert turns(changes) == [
        (Turn.NOT_IN_FILE, "p-lee"),
        (Turn.NOT_IN_FILE, "a-trust"),
        (Turn.NOT_IN_FILE, "a-trust"),
    ]
    assert await roll_of(store) == before


async def test_an_agency_is_never_removed_since_cases_are_there(store: Store) -> None:
    await taken_in(store, WHOLE)
    changes = await taken_in(store, given(people=[SAM, LEE], agencies=[]), sync=True)
    assert turns(changes) == [(Turn.NOT_IN_FILE, "a-trust")]


async def test_rows_read_are_those_added_changed_and_unchanged(store: Store) -> None:
    await taken_in(store, WHOLE)
    new = dict(LEE) | {"id": "p-new"}
    said = given(people=[dict(SAM) | {"deputy": "p-lee"}, new], absences=[LEES])
    changes = compare(await roll_of(store), said)
    people, absences = count(said, changes)
    assert (people.read, people.added, people.changed, people.unchanged) == (2, 1, 1, 0)
    assert (people.missing, absences.read, absences.unchanged) == (1, 1, 1)


def test_what_is_new_or_gone_differs_in_no_field() -> None:
    [added] = compare(EMPTY, given(people=[SAM]))
    assert (added.before, added.differs) == (None, ())
