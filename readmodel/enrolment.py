"""Reading the whole directory and writing what changes in it, within somebody's transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.away import Absence, Closure, write_spans
from readmodel.contacts import Channel, Contact, drop_contact, write_contacts
from readmodel.desks import desk_absence, desk_closure, desk_contact
from readmodel.directory import (
    Agency,
    Listed,
    read_agencies,
    read_people,
    write_agencies,
    write_people,
)
from readmodel.roll import Change, Colleague, Key, Part, Record, Roll, Turn
from statemodel.people import PersonFacts

SPANS: Final[tuple[tuple[Part, Table, type[Absence | Closure]], ...]] = (
    (Part.ABSENCES, desk_absence, Absence),
    (Part.CLOSURES, desk_closure, Closure),
)
REACHED: Final = ((Channel.EMAIL, "email"), (Channel.PHONE, "phone"))
Contacts = dict[str, dict[str, Any]]


async def read_roll(connection: AsyncConnection) -> Roll:
    """Return the whole directory."""
    contacts = await _contacts(connection)
    people = (_colleague(one, contacts) for one in await read_people(connection))
    agencies = await read_agencies(connection)
    spans = {part: await _spans(connection, table, kind) for part, table, kind in SPANS}
    return {
        Part.AGENCIES: {(one.id,): one for one in agencies},
        Part.PEOPLE: {(one.id,): one for one in people},
        **spans,
    }


async def write_changes(connection: AsyncConnection, changes: Sequence[Change]) -> None:
    """Write what is to be; somebody who has left is kept, a time away that is none is not."""
    put = [change.after for change in changes if change.turn is not Turn.NOT_IN_FILE]
    people = [one for one in put if isinstance(one, Colleague)]
    await write_agencies(connection, [one for one in put if isinstance(one, Agency)])
    await write_people(connection, [_listed(one) for one in people])
    for one in people:
        await _reach(connection, one)
    for part, table, kind in SPANS:
        await write_spans(connection, table, [one for one in put if isinstance(one, kind)])
        gone = (one.key for one in changes if one.part is part and one.turn is Turn.REMOVED)
        await _drop(connection, table, gone)


async def _spans(
    connection: AsyncConnection, table: Table, kind: type[Absence | Closure]
) -> dict[Key, Record]:
    rows = await connection.execute(select(table).order_by(*table.primary_key))
    return {
        (whose, since): kind(whose, date.fromisoformat(since), date.fromisoformat(until))
        for whose, since, until in rows
    }


async def _contacts(connection: AsyncConnection) -> Contacts:
    """How each person is reached; the hours of the e-mail go before those of the telephone."""
    found: Contacts = {}
    named = dict(REACHED)
    for row in await connection.execute(select(desk_contact).order_by(desk_contact.c.channel)):
        if row.channel in named:
            one = found.setdefault(row.person, {})
            one[named[row.channel]] = row.address
            one.setdefault("quiet_from", row.quiet_from)
            one.setdefault("quiet_until", row.quiet_until)
    return found


async def _reach(connection: AsyncConnection, one: Colleague) -> None:
    for channel, name in REACHED:
        address = getattr(one, name)
        if address is None:
            await drop_contact(connection, one.id, channel)
            continue
        contact = Contact(one.id, channel, address, one.quiet_from, one.quiet_until)
        await write_contacts(connection, [contact])


async def _drop(connection: AsyncConnection, table: Table, keys: Iterable[Key]) -> None:
    for key in keys:
        matches = (column == value for column, value in zip(table.primary_key, key, strict=True))
        await connection.execute(delete(table).where(*matches))


def _colleague(one: Listed, contacts: Contacts) -> Colleague:
    facts = one.facts
    return Colleague(
        facts.id,
        one.name,
        facts.agency,
        facts.roles,
        facts.line_manager,
        facts.deputy,
        facts.active,
        one.second_agency,
        one.capacity,
        **contacts.get(facts.id, {}),
    )


def _listed(one: Colleague) -> Listed:
    facts = PersonFacts(one.id, one.agency, one.roles, one.line_manager, one.deputy, one.active)
    return Listed(facts, one.name, one.second_agency, one.capacity)
