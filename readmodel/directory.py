"""The directory: who people are, where they work, who sits at which desk. Names live here only."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_agency, desk_duty, desk_person
from readmodel.engine import Store, insert
from statemodel.people import Desk, PersonFacts, Role


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the directory: what the law may know of them, and what it never sees.

    `second_agency` is where they work besides; `capacity` how many families they can lead for.
    """

    facts: PersonFacts
    name: str
    second_agency: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """`approver` answers for who has no line manager there (D37); no mail domains: any will do."""

    id: str
    name: str
    approver: str | None = None
    mail_domains: tuple[str, ...] = ()


async def put_people(store: Store, people: Sequence[Listed]) -> None:
    """Write people into the directory, each in place of their earlier self."""
    async with store.writing() as connection:
        await write_people(connection, people)


async def put_agencies(store: Store, agencies: Sequence[Agency]) -> None:
    """Write agencies into the directory, each in place of its earlier self."""
    async with store.writing() as connection:
        await write_agencies(connection, agencies)


async def write_people(connection: AsyncConnection, people: Sequence[Listed]) -> None:
    """Write people within somebody's transaction."""
    await _write(connection, desk_person, [_row(person) for person in people])


async def write_agencies(connection: AsyncConnection, agencies: Sequence[Agency]) -> None:
    """Write agencies within somebody's transaction."""
    rows = [asdict(one) | {"mail_domains": list(one.mail_domains) or None} for one in agencies]
    await _write(connection, desk_agency, rows)


async def _write(
    connection: AsyncConnection, table: Table, rows: Sequence[dict[str, object]]
) -> None:
    if not rows:
        return
    new = insert(table, connection.dialect.name)
    changed = {name: new.excluded[name] for name in rows[0] if name != "id"}
    put = new.on_conflict_do_update(index_elements=["id"], set_=changed)
    await connection.execute(put, list(rows))


async def put_on_duty(store: Store, desk: Desk, person: str) -> None:
    """Say who sits at a desk now."""
    new = insert(desk_duty, store.dialect).values(desk=desk.id, person=person)
    put = new.on_conflict_do_update(index_elements=["desk"], set_={"person": person})
    async with store.writing() as connection:
        await connection.execute(put)


async def facts_for(store: Store, ids: Sequence[str]) -> tuple[PersonFacts, ...]:
    """Return what is known of those people, in order of id; strangers are left out."""
    question = select(desk_person).where(desk_person.c.id.in_(ids)).order_by(desk_person.c.id)
    async with store.reading() as connection:
        return tuple(_facts(row) for row in await connection.execute(question))


async def approvers_of(store: Store, agencies: Iterable[str]) -> dict[str, str]:
    """Return agency → who answers there where nobody else does; those without are left out."""
    table = desk_agency.c
    question = select(table.id, table.approver).where(
        table.id.in_(list(agencies)), table.approver.is_not(None)
    )
    async with store.reading() as connection:
        return {row.id: row.approver for row in await connection.execute(question)}


async def names(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Return id → name of those people and agencies that are known; for screens only."""
    found: dict[str, str] = {}
    async with store.reading() as connection:
        for table in (desk_agency, desk_person):
            question = select(table.c.id, table.c.name).where(table.c.id.in_(ids))
            found |= {row.id: row.name for row in await connection.execute(question)}
    return found


async def everybody(store: Store) -> tuple[Listed, ...]:
    """Return the whole directory, in order of id."""
    async with store.reading() as connection:
        return await read_people(connection)


async def read_people(connection: AsyncConnection) -> tuple[Listed, ...]:
    """Return everybody within somebody's transaction, in order of id."""
    rows = await connection.execute(select(desk_person).order_by(desk_person.c.id))
    return tuple(Listed(_facts(row), row.name, row.second_agency, row.capacity) for row in rows)


async def read_agencies(connection: AsyncConnection) -> tuple[Agency, ...]:
    """Return every agency within somebody's transaction, in order of id."""
    rows = await connection.execute(select(desk_agency).order_by(desk_agency.c.id))
    return tuple(
        Agency(row.id, row.name, row.approver, tuple(row.mail_domains or ())) for row in rows
    )


async def who_sits(store: Store, desk: Desk, but: tuple[str, ...] = ()) -> str | None:
    """Return who is at a desk: the one put on duty, else the first active person with that role.

    Nobody who has left sits anywhere (decision 8; practice: a desk without a person is stuck), and
    for what is kept from the people of `but`, none of them does (D3).
    """
    async with store.reading() as connection:
        return await sitting(connection, desk.id, but)


async def sitting(
    connection: AsyncConnection, desk_id: str, but: tuple[str, ...] = ()
) -> str | None:
    """Return who sits at the desk of that id (`role.agency`), leaving out the people of `but`."""
    role, agency = desk_id.split(".", 1)
    person = desk_person.c
    on_duty = (
        select(person.id)
        .join(desk_duty, desk_duty.c.person == person.id)
        .where(desk_duty.c.desk == desk_id, person.active, person.id.not_in(but))
    )
    put: str | None = (await connection.execute(on_duty)).scalar()
    if put is not None:
        return put
    others = (person.agency == agency, person.active, person.id.not_in(but))
    question = select(desk_person).where(*others)
    rows = await connection.execute(question.order_by(person.id))
    return next((str(row.id) for row in rows if role in row.roles), None)


def _row(person: Listed) -> dict[str, object]:
    facts = person.facts
    return {
        "id": facts.id,
        "name": person.name,
        "agency": facts.agency,
        "roles": [role.value for role in facts.roles],
        "line_manager": facts.line_manager,
        "deputy": facts.deputy,
        "active": facts.active,
        "second_agency": person.second_agency,
        "capacity": person.capacity,
    }


def _facts(row: Row[tuple[object, ...]]) -> PersonFacts:
    roles = tuple(Role(role) for role in row.roles)
    return PersonFacts(row.id, row.agency, roles, row.line_manager, row.deputy, row.active)
