"""The directory: who people are, where they work, who sits at which desk. Names live here only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_agency, desk_duty, desk_person
from readmodel.engine import Store, insert
from statemodel.people import Desk, PersonFacts, Role


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the directory: what the law may know of them, and the name it never sees."""

    facts: PersonFacts
    name: str


async def put_people(store: Store, people: Sequence[Listed]) -> None:
    """Write people into the directory, each in place of their earlier self."""
    if not people:
        return
    rows = [_row(person) for person in people]
    new = insert(desk_person, store.dialect)
    changed = {name: new.excluded[name] for name in rows[0] if name != "id"}
    put = new.on_conflict_do_update(index_elements=["id"], set_=changed)
    async with store.writing() as connection:
        await connection.execute(put, rows)


async def put_agencies(store: Store, names: Mapping[str, str]) -> None:
    """Write agencies by id into the directory, each in place of its earlier name."""
    if not names:
        return
    new = insert(desk_agency, store.dialect)
    put = new.on_conflict_do_update(index_elements=["id"], set_={"name": new.excluded.name})
    async with store.writing() as connection:
        await connection.execute(put, [{"id": id_, "name": name} for id_, name in names.items()])


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
    question = select(desk_person).order_by(desk_person.c.id)
    async with store.reading() as connection:
        rows = await connection.execute(question)
        return tuple(Listed(_facts(row), row.name) for row in rows)


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
    }


def _facts(row: Row[tuple[object, ...]]) -> PersonFacts:
    roles = tuple(Role(role) for role in row.roles)
    return PersonFacts(row.id, row.agency, roles, row.line_manager, row.deputy, row.active)
