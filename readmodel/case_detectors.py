"""Detectors of cases that nobody has in hand; each reads columns written at record time."""

import re
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.claims import LATE, is_unsettled
from readmodel.conditions import MOST, Condition, Detector, Found, stuck
from readmodel.desks import desk_claim, desk_person
from readmodel.directory import sitting
from readmodel.tables import record_entry, view_case, view_deadline
from statemodel.case import OPEN_STAGES
from statemodel.people import Desk, Role

CALENDAR_LEFT = timedelta(days=365)  # decision 9


def _is_open() -> ColumnElement[bool]:
    return view_case.c.stage.in_([stage.value for stage in OPEN_STAGES])


async def open_concern(connection: AsyncConnection, now: datetime) -> Found:
    """Since when: the entry that bore the oldest task with a clock, passed up or not."""
    case, owed = view_case.c, view_deadline.c
    clock = (owed.case_id == case.case_id) & owed.about.like("t%")
    question = (
        select(case.case_id, case.open_concerns, owed.about)
        .select_from(view_case.outerjoin(view_deadline, clock))
        .where(case.open_concerns > 0)
        .order_by(case.sort_due, owed.due_at)
        .limit(MOST)
    )
    rows = (await connection.execute(question)).all()
    born = await _born(connection, {(row.case_id, _version(row.about)) for row in rows})
    since: dict[str, datetime] = {}
    for (case_id, _), at in sorted(born.items(), key=lambda item: item[1]):
        since.setdefault(case_id, at)
    count = {row.case_id: row.open_concerns for row in rows}
    return [
        stuck(Condition.OPEN_CONCERN, case_id, since.get(case_id), number)
        for case_id, number in count.items()
    ]


def _version(task: str | None) -> int:
    """A thing carries in its name the version of the entry that bore it (decision 5)."""
    digits = re.match(r"t(\d+)", task or "")
    return int(digits[1]) if digits else 0


async def _born(
    connection: AsyncConnection, entries: set[tuple[str, int]]
) -> dict[tuple[str, int], datetime]:
    table = record_entry.c
    cases = {case_id for case_id, _ in entries}
    question = select(table.case_id, table.version, table.at_utc).where(
        table.case_id.in_(cases), table.kind == "raise_concern"
    )
    rows = await connection.execute(question)
    found = {(row.case_id, row.version): row.at_utc for row in rows}
    return {entry: at for entry, at in found.items() if entry in entries}


async def overdue(connection: AsyncConnection, now: datetime) -> Found:
    table = view_deadline.c
    question = select(view_deadline).where(table.due_at <= now).order_by(table.due_at).limit(MOST)
    return [
        stuck(Condition.OVERDUE, row.case_id, row.due_at, row.what, row.about, row.owner)
        for row in await connection.execute(question)
    ]


async def nobody_accepted(connection: AsyncConnection, now: datetime) -> Found:
    table = view_case.c
    question = select(view_case).where(_is_open(), table.accepted_at.is_(None)).limit(MOST)
    return [
        stuck(Condition.NOBODY_ACCEPTED, row.case_id, row.opened_at, row.responsible)
        for row in await connection.execute(question)
    ]


async def no_running_deadline(connection: AsyncConnection, now: datetime) -> Found:
    table = view_case.c
    question = select(view_case).where(_is_open(), table.next_due.is_(None)).limit(MOST)
    return [
        stuck(Condition.NO_RUNNING_DEADLINE, row.case_id, row.opened_at, row.stage)
        for row in await connection.execute(question)
    ]


async def responsible_inactive(connection: AsyncConnection, now: datetime) -> Found:
    """Somebody who has left, or whom the directory has never heard of."""
    case, person = view_case.c, desk_person.c
    question = (
        select(case.case_id, case.responsible, person.active)
        .select_from(view_case.outerjoin(desk_person, person.id == case.responsible))
        .where(_is_open(), case.responsible_kind == "person", person.active.is_not(True))
        .limit(MOST)
    )
    return [
        stuck(
            Condition.RESPONSIBLE_INACTIVE,
            row.case_id,
            None,
            row.responsible,
            "unknown" if row.active is None else "inactive",
        )
        for row in await connection.execute(question)
    ]


async def unstarted_claim(connection: AsyncConnection, now: datetime) -> Found:
    """A case that somebody asked for and that has no first entry, with a run or without."""
    late = is_unsettled(now - LATE)
    question = select(desk_claim).where(late).order_by(desk_claim.c.claimed_at).limit(MOST)
    return [
        stuck(Condition.UNSTARTED_CLAIM, row.case_id, row.claimed_at, row.reference)
        for row in await connection.execute(question)
    ]


async def calendar_runs_out(connection: AsyncConnection, now: datetime) -> Found:
    """One line a calendar, with how many open cases count by it."""
    table = view_case.c
    end = (now + CALENDAR_LEFT).date().isoformat()
    columns = (table.authority, table.calendar, table.calendar_until)
    question = (
        select(*columns, func.count())
        .where(_is_open(), table.calendar_until < end)
        .group_by(*columns)
        .order_by(table.calendar_until)
    )
    rows = await connection.execute(question)
    return [stuck(Condition.CALENDAR_RUNS_OUT, "", None, *row) for row in rows]


async def desk_empty(connection: AsyncConnection, now: datetime) -> Found:
    """A desk that holds something, or is there for concerns, and nobody sits at it."""
    case, owed = view_case.c, view_deadline.c
    authorities = (await connection.execute(select(case.authority).distinct())).scalars()
    wanted = {Desk(Role.DUTY_MANAGER, authority).id for authority in authorities}
    holding = (
        select(case.responsible).where(_is_open(), case.responsible_kind == "desk").distinct(),
        select(owed.owner).where(owed.owner_kind == "desk").distinct(),
    )
    for question in holding:
        wanted |= {str(desk) for desk in (await connection.execute(question)).scalars()}
    empty = [desk for desk in sorted(wanted) if await sitting(connection, desk) is None]
    return [stuck(Condition.DESK_EMPTY, "", None, desk) for desk in empty]


DETECTORS: tuple[Detector, ...] = (
    open_concern,
    desk_empty,
    overdue,
    nobody_accepted,
    no_running_deadline,
    responsible_inactive,
    unstarted_claim,
    calendar_runs_out,
)
