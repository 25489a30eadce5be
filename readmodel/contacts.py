"""How somebody is reached: one address a channel, and the hours in which they are left alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import select

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
    if not contacts:
        return
    new = insert(desk_contact, store.dialect)
    names = ("address", "quiet_from", "quiet_until")
    put = new.on_conflict_do_update(
        index_elements=["person", "channel"], set_={name: new.excluded[name] for name in names}
    )
    async with store.writing() as connection:
        await connection.execute(put, [asdict(one) for one in contacts])


async def contacts_of(store: Store, person: str) -> dict[Channel, Contact]:
    """Return how somebody is reached now; empty where nobody knows."""
    question = select(desk_contact).where(desk_contact.c.person == person)
    async with store.reading() as connection:
        rows = (await connection.execute(question)).mappings().all()
    found = [Contact(**{**row, "channel": Channel(row["channel"])}) for row in rows]
    return {one.channel: one for one in found}
