"""Who is away and which agency is closed, by whole days: told beforehand, never found out (D36)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.desks import desk_absence, desk_closure, desk_person
from readmodel.engine import Store, insert
from statemodel.people import Away


@dataclass(frozen=True, slots=True)
class Absence:
    """One person is away; both days are days away."""

    person: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Closure:
    """One agency is closed, a school in August say; both days are days closed."""

    agency: str
    since: date
    until: date


async def put_absences(store: Store, absences: Sequence[Absence]) -> None:
    """Write absences, each in place of the person's one that began on the same day."""
    async with store.writing() as connection:
        await write_spans(connection, desk_absence, absences)


async def put_closures(store: Store, closures: Sequence[Closure]) -> None:
    """Write closures, each in place of the agency's one that began on the same day."""
    async with store.writing() as connection:
        await write_spans(connection, desk_closure, closures)


async def write_spans(
    connection: AsyncConnection, table: Table, spans: Sequence[Absence | Closure]
) -> None:
    """Write within somebody's transaction; `table` is that of absences or of closures."""
    if not spans:
        return
    new = insert(table, connection.dialect.name)
    key = [column.name for column in table.primary_key]
    put = new.on_conflict_do_update(index_elements=key, set_={"until": new.excluded.until})
    await connection.execute(put, [_plain(span) for span in spans])


async def away_on(store: Store, day: date) -> frozenset[str]:
    """Return the ids of all who are away on a day, by themselves or since their agency is closed.

    Somebody of two agencies is away with the first alone: the second is where they work besides.
    """
    return frozenset(await _found(store, _absent(day, day), _shut(day, day)))


async def is_closed(store: Store, agency: str, first: date, last: date) -> bool:
    """Return whether an agency is closed on any of the days from `first` to `last`."""
    table = desk_closure.c
    question = select(table.agency).where(table.agency == agency, _meets(table, first, last))
    async with store.reading() as connection:
        return (await connection.execute(question.limit(1))).first() is not None


async def times_away(
    store: Store, people: Iterable[str], first: date, last: date
) -> dict[str, tuple[Away, ...]]:
    """Return when each of those people is away between two days; nobody who is there all along.

    The closures of their agency are among the times, as for the law both are the same: nobody
    answers. In order of the first day.
    """
    wanted = desk_person.c.id.in_(list(people))
    return await _found(store, _absent(first, last).where(wanted), _shut(first, last).where(wanted))


def _absent(first: date, last: date) -> Select[Any]:
    table = desk_absence.c
    question = select(desk_person.c.id, table.since, table.until)
    joined = question.join(desk_absence, table.person == desk_person.c.id)
    return joined.where(_meets(table, first, last))


def _shut(first: date, last: date) -> Select[Any]:
    table = desk_closure.c
    question = select(desk_person.c.id, table.since, table.until)
    joined = question.join(desk_closure, table.agency == desk_person.c.agency)
    return joined.where(_meets(table, first, last))


def _meets(table: Any, first: date, last: date) -> ColumnElement[bool]:
    met: ColumnElement[bool] = (table.since <= last.isoformat()) & (
        table.until >= first.isoformat()
    )
    return met


async def _found(store: Store, *questions: Select[Any]) -> dict[str, tuple[Away, ...]]:
    found: dict[str, set[Away]] = {}
    async with store.reading() as connection:
        for question in questions:
            for id_, since, until in await connection.execute(question):
                span = Away(date.fromisoformat(since), date.fromisoformat(until))
                found.setdefault(id_, set()).add(span)
    return {id_: tuple(sorted(spans, key=_order)) for id_, spans in sorted(found.items())}


def _order(span: Away) -> tuple[date, date]:
    return span.since, span.until


def _plain(span: Absence | Closure) -> dict[str, object]:
    return asdict(span) | {"since": span.since.isoformat(), "until": span.until.isoformat()}
