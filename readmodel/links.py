"""Links by which somebody without an account answers one question; of a token only its digest."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update

from readmodel.desks import desk_link
from readmodel.engine import Store, insert


@dataclass(frozen=True, slots=True)
class Link:
    """One person's link about one thing of a case; times are UTC.

    `answered_at` is the last time it was used to answer, `answer` a code; `name_typed` is sealed
    under the case's key.
    """

    digest: str
    case_id: str
    about: str
    person: str
    purpose: str
    message_id: str
    created_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
    answer: str | None = None
    name_typed: bytes | None = None


async def put_link(store: Store, link: Link) -> None:
    """Write a link down; one that is there already stays as it is. Raises StoreUnavailable."""
    new = insert(desk_link, store.dialect).values(asdict(link))
    async with store.writing() as connection:
        await connection.execute(new.on_conflict_do_nothing())


async def link_of(store: Store, digest: str) -> Link | None:
    """Return the link whose token has that digest; raises StoreUnavailable."""
    async with store.reading() as connection:
        found = await connection.execute(select(desk_link).where(desk_link.c.digest == digest))
        row = found.mappings().one_or_none()
    return Link(**row) if row else None


async def was_asked(store: Store, case_id: str, about: str, person: str) -> bool:
    """Whether this person has a link about this thing already."""
    table = desk_link.c
    mine = (table.case_id == case_id, table.about == about, table.person == person)
    async with store.reading() as connection:
        return (await connection.execute(select(table.digest).where(*mine))).first() is not None


async def mark_answered(store: Store, link: Link) -> None:
    """Keep when the link was answered, how, and under which name, sealed."""
    said = {"answered_at": link.answered_at, "answer": link.answer, "name_typed": link.name_typed}
    mine = update(desk_link).where(desk_link.c.digest == link.digest)
    async with store.writing() as connection:
        await connection.execute(mine.values(**said))
