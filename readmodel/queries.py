"""What pages ask: today's figures, lists of cases a page at a time, one case's columns.

Every figure carries the filter that lists exactly the cases it counted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Integer,
    RowMapping,
    Text,
    exists,
    func,
    literal,
    select,
    tuple_,
)

import wire
from readmodel.desks import desk_incident, desk_message
from readmodel.engine import Store
from readmodel.incidents import IncidentKind
from readmodel.instant import UtcDateTime
from readmodel.stuck import Condition, Stuck, needs_a_person
from readmodel.tables import view_case, view_deadline
from statemodel.case import OPEN_STAGES, Stage
from statemodel.working_days import Due

__all__ = [
    "CaseRow",
    "Condition",
    "Count",
    "DeadlineRow",
    "Filter",
    "Standing",
    "Stuck",
    "Today",
    "case_row",
    "cases",
    "deadlines_of",
    "needs_a_person",
    "today",
]

SOON = timedelta(days=2)
MOST = 200
OPEN = tuple(stage.value for stage in OPEN_STAGES)


class Standing(StrEnum):
    """How a case stands; each open case is one of waiting, due soon, overdue and stalled."""

    OPEN_CONCERN = "open_concern"
    WAITING = "waiting"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STALLED = "stalled"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; `as_of` (UTC) is the instant that lateness is judged by."""

    as_of: datetime
    stage: str | None = None
    standing: Standing | None = None
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    code: str
    number: int
    filter: Filter


@dataclass(frozen=True, slots=True)
class Today:
    as_of: datetime
    stages: tuple[Count, ...]
    standings: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list, as it was when last recorded: ids and codes only; times in UTC."""

    case_id: str
    version: int
    head: str
    episode: int
    edition: int
    authority: str
    stage: str
    status: str
    responsible_kind: str | None
    responsible: str | None
    accepted_at: datetime | None
    waits_on_kind: str | None
    waits_on: str | None
    next_step: str
    next_due: datetime | None
    open_concerns: int
    open_tasks: int
    departures: int
    rehearsal: bool
    pack: str
    calendar: str
    calendar_until: str
    opened_at: datetime | None
    closed_at: datetime | None
    closed_because: str | None
    struck: tuple[int, ...]
    urgency: int
    sort_due: datetime


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A running deadline with its explanation; `owner` is an id, a desk's is `role.agency`."""

    case_id: str
    id: str
    what: str
    about: str
    owner_kind: str
    owner: str
    due: Due
    step: int


async def today(store: Store, now: datetime) -> Today:
    """Return how many cases are at each stage, and how many stand how, at `now` (UTC)."""
    stage = view_case.c.stage
    async with store.reading() as connection:
        grouped = select(stage, func.count()).group_by(stage)
        found = {row[0]: int(row[1]) for row in await connection.execute(grouped)}
        standings = []
        for standing in Standing:
            wanted = Filter(now, standing=standing)
            count = select(func.count()).select_from(view_case).where(*_where(wanted))
            number = int((await connection.execute(count)).scalar_one())
            standings.append(Count(standing.value, number, wanted))
    stages = (one.value for one in Stage if one is not Stage.NONE)
    counts = (Count(one, found.get(one, 0), Filter(now, stage=one)) for one in stages)
    return Today(now, tuple(counts), tuple(standings))


async def cases(
    store: Store, wanted: Filter, after: CaseRow | None = None, limit: int = 50
) -> tuple[CaseRow, ...]:
    """Return the next cases after one, at most `limit` (200): concerns first, then by lateness."""
    table = view_case.c
    order = (table.urgency, table.sort_due, table.case_id)
    question = select(view_case).where(*_where(wanted)).order_by(*order).limit(min(limit, MOST))
    if after is not None:
        place = (
            literal(after.urgency, Integer),
            literal(after.sort_due, UtcDateTime()),
            literal(after.case_id, Text),
        )
        question = question.where(tuple_(*order) > tuple_(*place))
    async with store.reading() as connection:
        return tuple(_case_row(row) for row in (await connection.execute(question)).mappings())


async def case_row(store: Store, case_id: str) -> CaseRow | None:
    question = select(view_case).where(view_case.c.case_id == case_id)
    async with store.reading() as connection:
        row = (await connection.execute(question)).mappings().one_or_none()
    return _case_row(row) if row else None


async def deadlines_of(store: Store, case_id: str) -> tuple[DeadlineRow, ...]:
    """Return a case's running deadlines, the earliest first."""
    table = view_deadline.c
    question = select(view_deadline).where(table.case_id == case_id)
    async with store.reading() as connection:
        rows = (await connection.execute(question.order_by(table.due_at, table.id))).mappings()
        return tuple(
            DeadlineRow(
                case_id=row["case_id"],
                id=row["id"],
                what=row["what"],
                about=row["about"],
                owner_kind=row["owner_kind"],
                owner=row["owner"],
                due=wire.decode(Due, row["due"]),
                step=row["step"],
            )
            for row in rows
        )


def _where(wanted: Filter) -> list[ColumnElement[bool]]:
    table = view_case.c
    rules: list[ColumnElement[bool]] = []
    if wanted.stage is not None:
        rules.append(table.stage == wanted.stage)
    if wanted.responsible is not None:
        rules.append(table.responsible == wanted.responsible)
    if wanted.standing is not None:
        rules += _standing(wanted.standing, wanted.as_of)
    return rules


def _standing(standing: Standing, now: datetime) -> list[ColumnElement[bool]]:
    table, soon = view_case.c, now + SOON
    is_open = table.stage.in_(OPEN)
    rules: dict[Standing, list[ColumnElement[bool]]] = {
        Standing.OPEN_CONCERN: [table.open_concerns > 0],
        Standing.OVERDUE: [is_open, table.next_due <= now],
        Standing.DUE_SOON: [is_open, table.next_due > now, table.next_due <= soon],
        Standing.WAITING: [is_open, table.next_due > soon],
        Standing.STALLED: [is_open, table.next_due.is_(None)],
        Standing.BROKEN: [_is_broken()],
    }
    return rules[standing]


def _is_broken() -> ColumnElement[bool]:
    incident, message, case = desk_incident.c, desk_message.c, view_case.c
    healed = (incident.kind == IncidentKind.PROJECTION_BEHIND) & (case.version >= incident.version)
    noted = exists().where(incident.case_id == case.case_id, incident.settled_at.is_(None), ~healed)
    dead = exists().where(message.case_id == case.case_id, message.state == "dead")
    return noted | (dead & (case.open_tasks > 0))


def _case_row(row: RowMapping) -> CaseRow:
    return CaseRow(**{**row, "struck": tuple(row["struck"])})
