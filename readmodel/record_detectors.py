"""Detectors of what Baton itself has hurt: messages, pages, and the journal against the runs."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from readmodel.conditions import MOST, Condition, Detector, Found, stuck
from readmodel.desks import desk_incident, desk_message, desk_seen
from readmodel.incidents import IncidentKind
from readmodel.messages import is_overdue
from readmodel.tables import record_entry, view_case

LAG = timedelta(seconds=60)  # decision 15


async def message_dead(connection: AsyncConnection, now: datetime) -> Found:
    """Until the case has heard of it and its tasks are done: then somebody has told them."""
    message, case, entry = desk_message.c, view_case.c, record_entry.c
    same = (entry.case_id == message.case_id, entry.command_id == message.id)
    unsettled = ~exists().where(*same) | (case.open_tasks > 0)
    question = (
        select(desk_message)
        .select_from(desk_message.outerjoin(view_case, case.case_id == message.case_id))
        .where(message.state == "dead", unsettled)
        .order_by(message.changed_at)
        .limit(MOST)
    )
    return [
        stuck(Condition.MESSAGE_DEAD, row.case_id, row.changed_at, row.purpose, row.to_id, row.why)
        for row in await connection.execute(question)
    ]


async def message_waiting(connection: AsyncConnection, now: datetime) -> Found:
    """Somebody was to be told minutes ago and has not been; it goes on being handed on."""
    table = desk_message.c
    question = select(desk_message).where(is_overdue(now)).limit(MOST)
    rows = await connection.execute(question.order_by(table.safety.desc(), table.created_at))
    return [
        stuck(Condition.MESSAGE_WAITING, row.case_id, row.created_at, row.purpose, row.to_id)
        for row in rows
    ]


async def projection_behind(connection: AsyncConnection, now: datetime) -> Found:
    """Pages that still show less than an entry whose projection failed."""
    incident, case = desk_incident.c, view_case.c
    question = (
        select(desk_incident)
        .select_from(desk_incident.outerjoin(view_case, case.case_id == incident.case_id))
        .where(
            incident.kind == IncidentKind.PROJECTION_BEHIND.value,
            incident.settled_at.is_(None),
            func.coalesce(case.version, 0) < incident.version,
        )
        .order_by(incident.at)
        .limit(MOST)
    )
    return [
        stuck(Condition.PROJECTION_BEHIND, row.case_id, row.at, row.version, row.detail["why"])
        for row in await connection.execute(question)
    ]


async def diverged(connection: AsyncConnection, now: datetime) -> Found:
    """The journal refused a run's entries, or a run holds another entry than the journal does."""
    table, seen, entry = desk_incident.c, desk_seen.c, record_entry.c
    noted = select(desk_incident).where(
        table.kind == IncidentKind.DIVERGED.value, table.settled_at.is_(None)
    )
    other = (
        select(seen.case_id, seen.version, seen.seen_at)
        .join(record_entry, (entry.case_id == seen.case_id) & (entry.version == seen.version))
        .where(entry.digest != seen.head)
    )
    found = {
        row.case_id: stuck(Condition.DIVERGED, row.case_id, row.seen_at, row.version, "other_head")
        for row in await connection.execute(other.limit(MOST))
    }
    for row in await connection.execute(noted.order_by(table.at).limit(MOST)):
        why = row.detail["why"]
        found[row.case_id] = stuck(Condition.DIVERGED, row.case_id, row.at, row.version, why)
    return list(found.values())


async def journal_lag(connection: AsyncConnection, now: datetime) -> Found:
    """A run answered with entries that the journal lacks, and did so or has for over a minute."""
    seen, entry = desk_seen.c, record_entry.c
    same = (entry.case_id == seen.case_id) & (entry.version == seen.version)
    last = select(func.max(entry.recorded_at_utc)).where(entry.case_id == seen.case_id)
    question = (
        select(desk_seen, last.correlate(desk_seen).scalar_subquery().label("recorded_at"))
        .where(~exists().where(same), seen.version > 0)
        .where((seen.seen_at < now - LAG) | (seen.unrecorded > 0))
        .order_by(seen.seen_at)
        .limit(MOST)
    )
    return [
        stuck(Condition.JOURNAL_LAG, row.case_id, row.seen_at, row.version, row.unrecorded or None)
        for row in await connection.execute(question)
        if row.seen_at < now - LAG or _is_behind(row)
    ]


def _is_behind(seen: Row[Any]) -> bool:
    """Whether the journal had been silent for a minute when the run had more to say.

    Of a case it has nothing of, it has been silent always.
    """
    if not seen.unrecorded:
        return False
    return seen.recorded_at is None or seen.seen_at - seen.recorded_at > LAG


DETECTORS: tuple[Detector, ...] = (
    message_dead,
    message_waiting,
    projection_behind,
    diverged,
    journal_lag,
)
