"""Incidents: what went wrong with a case's record or its pages, each written down once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select, update

from readmodel.desks import desk_incident
from readmodel.engine import Store, insert


class IncidentKind(StrEnum):
    """`diverged`: case and journal disagree; `projection_behind`: pages show an older case."""

    DIVERGED = "diverged"
    PROJECTION_BEHIND = "projection_behind"


def note(
    connection: Connection, kind: IncidentKind, detail: Mapping[str, Any], at: datetime
) -> None:
    """Write an incident; while it is open the same one again changes nothing.

    Once settled it is a new incident. `detail` has case_id and version.
    """
    case_id, version = detail["case_id"], detail["version"]
    what = f"{kind}:{case_id}:{version}:{detail.get('digest', '')[:16]}"
    before = _of(connection, kind, case_id, what)
    if None in before:
        return
    row = {
        "id": f"{what}:{len(before) + 1}",
        "kind": kind.value,
        "case_id": case_id,
        "version": version,
        "detail": dict(detail),
        "at": at,
    }
    new = insert(desk_incident, connection.dialect.name).values(row)
    connection.execute(new.on_conflict_do_nothing())


def _of(
    connection: Connection, kind: IncidentKind, case_id: str, what: str
) -> list[datetime | None]:
    """When each incident of the same was settled; None for one that is open."""
    table = desk_incident.c
    mine = (
        table.case_id == case_id,
        table.kind == kind.value,
        table.id.startswith(f"{what}:", autoescape=True),
    )
    rows = connection.execute(select(table.settled_at).where(*mine))
    return [row.settled_at for row in rows]


@dataclass(frozen=True, slots=True)
class Settled:
    """Who has looked (a person's id), when (UTC), and what was found, in words without names."""

    by: str
    at: datetime
    because: str


async def settle(store: Store, case_id: str, kind: IncidentKind, seen_to: Settled) -> int:
    """Mark a case's open incidents of one kind as seen to; returns how many."""
    table = desk_incident.c
    mine = (table.case_id == case_id, table.kind == kind.value, table.settled_at.is_(None))
    values = {
        "settled_at": seen_to.at,
        "settled_by": seen_to.by,
        "settled_because": seen_to.because,
    }
    async with store.writing() as connection:
        done = await connection.execute(update(desk_incident).where(*mine).values(values))
    return done.rowcount
