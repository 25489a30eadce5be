"""How somebody is reached: one address a channel, and the hours in which they are left alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_contact
from readmodel.engine import Store, insert


class Channel(StrEnum):
    """By what a message travels."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"  # a person rings; never used by a machine


@dataclass(frozen=True, slots=True)
class Contact:
    """Quiet hours are local times, HH:MM, both or neither; safety messages ignore them (D12)."""

    person: str
    channel: Channel
    address: str
    quiet_from: str | None = None
    quiet_until: str | None = None


async def put_contacts(store: Store, contacts: Sequence[Contact]) -> None:
    """Write contacts, each in place of the person's earlier one on that channel."""
    async with store.writing() as connection:
        await write_contacts(connection, contacts)


async def write_contacts(connection: AsyncConnection, contacts: Sequence[Contact]) -> None:
    """Write contacts within somebody's transaction."""
    if not contacts:
        return
    new = insert(desk_contact, connection.dialect.name)
    names = ("address", "quiet_from", "quiet_until")
    put = new.on_conflict_do_update(
        index_elements=["person", "channel"], set_={name: new.excluded[name] for name in names}
    )
    await connection.execute(put, [asdict(one) for one in contacts])


async def drop_contact(connection: AsyncConnection, person: str, channel: Channel) -> None:
    """Forget within somebody's transaction how a person was reached on a channel."""
    table = desk_contact.c
    gone = (table.person == person) & (table.channel == channel.value)
    await connection.execute(delete(desk_contact).where(gone))


async def contacts_of(store: Store, person: str) -> dict[Channel, Contact]:
    """Return how somebody is reached now; empty where nobody knows."""
    question = select(desk_contact).where(desk_contact.c.person == person)
    async with store.reading() as connection:
        rows = (await connection.execute(question)).mappings().all()
    found = [Contact(**{**row, "channel": Channel(row["channel"])}) for row in rows]
    return {one.channel: one for one in found}
