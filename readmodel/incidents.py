"""Incidents: what went wrong with a case's record or its pages, each written down once."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, update

from readmodel.desks import desk_incident
from readmodel.engine import Store, insert


class IncidentKind(StrEnum):
    """`diverged`: case and journal disagree; `projection_behind`: pages show an older case."""

    DIVERGED = "diverged"
    PROJECTION_BEHIND = "projection_behind"


def note(
    connection: Connection, kind: IncidentKind, detail: Mapping[str, Any], at: datetime
) -> None:
    """Write an incident; the same one again changes nothing. `detail` has case_id and version."""
    case_id, version = detail["case_id"], detail["version"]
    row = {
        "id": f"{kind}:{case_id}:{version}:{detail.get('digest', '')[:16]}",
        "kind": kind.value,
        "case_id": case_id,
        "version": version,
        "detail": dict(detail),
        "at": at,
    }
    new = insert(desk_incident, connection.dialect.name).values(row)
    connection.execute(new.on_conflict_do_nothing())


async def settle(store: Store, case_id: str, kind: IncidentKind, at: datetime) -> int:
    """Mark a case's incidents of one kind as seen to; returns how many."""
    table = desk_incident.c
    mine = (table.case_id == case_id, table.kind == kind.value, table.settled_at.is_(None))
    async with store.writing() as connection:
        done = await connection.execute(update(desk_incident).where(*mine).values(settled_at=at))
    return done.rowcount
