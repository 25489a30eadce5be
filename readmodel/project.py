"""The pages' rows of one case, made from its plain summary; an older one never overwrites."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, delete

from readmodel.engine import insert
from readmodel.instant import instant
from readmodel.tables import view_case, view_deadline

Plain = Mapping[str, Any]
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
INSTANTS = ("accepted_at", "next_due", "opened_at", "closed_at")
HOLDERS = {"responsible": "responsible_kind", "waits_on": "waits_on_kind"}


def project(connection: Connection, summary: Plain) -> bool:
    """Write a case's rows in `view_*`; False when the rows there are as new, or newer."""
    row = columns_of(summary)
    if connection.execute(_newer(connection.dialect.name), row).rowcount == 0:
        return False
    gone = delete(view_deadline).where(view_deadline.c.case_id == row["case_id"])
    connection.execute(gone)
    deadlines = [deadline_row(summary, one) for one in summary["deadlines"]]
    if deadlines:
        connection.execute(view_deadline.insert(), deadlines)
    return True


@cache
def _newer(dialect: str) -> Insert:
    """Built once: to write the statement anew each time costs more than to run it."""
    new = insert(view_case, dialect)
    return new.on_conflict_do_update(
        index_elements=["case_id"],
        set_={column.name: new.excluded[column.name] for column in view_case.columns},
        where=view_case.c.version < new.excluded.version,
    )


def columns_of(summary: Plain) -> dict[str, Any]:
    """Return the columns of `view_case`; holders become kind and id, instants are typed."""
    row = {column.name: summary.get(column.name) for column in view_case.columns}
    row |= {name: instant(summary.get(name)) for name in INSTANTS}
    for name, kind in HOLDERS.items():
        row[kind], row[name] = holder(summary.get(name))
    row["urgency"] = urgency(summary)
    row["sort_due"] = row["next_due"] or NEVER
    return row


def urgency(summary: Plain) -> int:
    """Return a list's first order: 0 an open concern, 1 open without a clock, 2 on time or late.

    Lateness comes second, 3 is closed with nothing owed (practice D14, as far as data go).
    """
    if summary["open_concerns"]:
        return 0
    if summary.get("next_due"):
        return 2
    return 3 if summary["stage"] == "closed" else 1


def deadline_row(summary: Plain, deadline: Plain) -> dict[str, Any]:
    kind, owner = holder(deadline["owner"])
    return {
        "case_id": summary["case_id"],
        "id": deadline["id"],
        "authority": summary["authority"],
        "what": deadline["what"],
        "about": deadline["about"],
        "owner_kind": kind,
        "owner": owner,
        "due_at": instant(deadline["due"]["at"]),
        "due": deadline["due"],
        "state": deadline["state"],
        "step": deadline["step"],
    }


def holder(document: Plain | None) -> tuple[str | None, str | None]:
    """Return kind and id of a plain person or desk; a desk's id is `role.agency`."""
    if document is None:
        return None, None
    if document["kind"] == "desk":
        return "desk", f"{document['role']}.{document['agency']}"
    return "person", document["id"]
