"""The journal: every accepted entry once, in order, or not at all (decisions 2, 22–25)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, select

import wire
from readmodel.bodies import Place, open_body, seal_entry, seal_opening
from readmodel.chain import Diverged, contradiction, head_of, tail_of
from readmodel.desks import desk_message, desk_seen, desk_unsealed
from readmodel.engine import Store, hold_case, insert
from readmodel.incidents import IncidentKind, note
from readmodel.instant import instant
from readmodel.project import holder, project
from readmodel.series import ENTRIES
from readmodel.tables import record_body, record_entry, record_opening
from readmodel.vault import CaseKey, NoKey, Vault
from statemodel.case import Case
from statemodel.entry import Entry
from statemodel.evolve import evolve

__all__ = ["Diverged", "Recorded", "fold_case", "read_entries", "record", "seen", "version_of"]

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The journal now reaches `version`; `new` entries were not there before."""

    case_id: str
    version: int
    new: int


async def record(
    store: Store, vault: Vault, batch: Sequence[Plain], summary: Plain, now: datetime
) -> Recorded | Diverged:
    """Append one case's next entries with their messages, then bring its pages up to date.

    Each item is `{"entry": …, "messages": […]}` in version order, the first with `"opening"`, the
    plain case before it. `summary` is the plain summary after the last; `now` is aware UTC. Done
    twice it changes nothing. Raises StoreUnavailable, or NoKey when the case's key is gone.
    """
    entries = [item["entry"] for item in batch]
    key = await _key(vault, entries[0]["case_id"])
    answer = await store.at_once(lambda connection: _write(connection, key, batch, summary, now))
    if isinstance(answer, Diverged):
        await store.at_once(lambda connection: _note_divergence(connection, answer, entries, now))
    return answer


def _write(
    connection: Connection, key: CaseKey, batch: Sequence[Plain], summary: Plain, now: datetime
) -> Recorded | Diverged:
    entries = [item["entry"] for item in batch]
    case_id, last = entries[0]["case_id"], entries[-1]["version"]
    hold_case(connection, case_id)
    head, kept = tail_of(connection, case_id, entries[0]["version"])
    wrong = contradiction(head, kept, entries)
    if wrong is not None:
        return wrong
    fresh = [item for item in batch if item["entry"]["version"] not in kept]
    _append(connection, key, summary["authority"], fresh, now)
    _project(connection, summary, now)
    return Recorded(case_id, last, len(fresh))


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a run says of itself when it answers: where its case stands, and by which law.

    `unrecorded` entries of it are decided and not yet known to be in the journal.
    """

    case_id: str
    version: int
    head: str
    edition: int
    build: str
    unrecorded: int = 0


async def seen(store: Store, pulse: Pulse, now: datetime) -> None:
    """Write down that a case's run answered (decision 18); an older answer changes nothing."""
    row = asdict(pulse) | {"seen_at": now}
    new = insert(desk_seen, store.dialect).values(row)
    latest = new.on_conflict_do_update(
        index_elements=["case_id"], set_=row, where=desk_seen.c.seen_at <= now
    )
    async with store.writing() as connection:
        await connection.execute(latest)


async def read_entries(store: Store, vault: Vault, case_id: str) -> list[dict[str, Any]]:
    """Return a case's plain entries in order; raises NoKey or Unreadable for what can't be read."""
    entry, body = record_entry.c, record_body.c
    place = (body.case_id == entry.case_id) & (body.version == entry.version)
    question = (
        select(entry.version, entry.authority, body.body)
        .select_from(record_entry.outerjoin(record_body, place))
        .where(entry.case_id == case_id)
        .order_by(entry.version)
    )
    async with store.reading() as connection:
        rows = (await connection.execute(question)).all()
    if not rows:
        return []
    key = await _key(vault, case_id)
    return [
        open_body(key, Place(row.authority, case_id, row.version), row.body or b"") for row in rows
    ]


async def fold_case(store: Store, vault: Vault, case_id: str, start: Case) -> Case:
    """Return the case that its journalled entries make of `start`."""
    case = start
    for entry in await read_entries(store, vault, case_id):
        case = evolve(case, wire.decode(Entry, entry))
    return case


async def version_of(store: Store, case_id: str, command_id: str) -> int | None:
    """Return the version that a command made first, however long ago; None if it made none.

    One look at an index that holds the answer; raises StoreUnavailable.
    """
    table = record_entry.c
    question = select(table.version).where(table.case_id == case_id, table.command_id == command_id)
    async with store.reading() as connection:
        first = question.order_by(table.version).limit(1)
        found: int | None = (await connection.execute(first)).scalar()
    return found


async def _key(vault: Vault, case_id: str) -> CaseKey:
    key = await vault.get(case_id)
    if key is None:
        raise NoKey("the case has no key: it was never made, or an erasure order destroyed it")
    return key


def _append(
    connection: Connection, key: CaseKey, authority: str, batch: Sequence[Plain], now: datetime
) -> None:
    if not batch:
        return
    entries = [item["entry"] for item in batch]
    rows = [_entry_row(entry, authority, now) for entry in entries]
    connection.execute(record_entry.insert(), rows)
    bodies = [_body_row(key, authority, entry) for entry in entries]
    connection.execute(record_body.insert(), bodies)
    waiting = [ENTRIES.waiting(row["case_id"], row["version"], row["digest"]) for row in rows]
    _insert_if_absent(connection, desk_unsealed, waiting)
    openings = [item["opening"] for item in batch if item.get("opening")]
    opened = [_opening_row(key, authority, one) for one in openings]
    _insert_if_absent(connection, record_opening, opened)
    told = [_message_row(one, authority, now) for item in batch for one in item["messages"]]
    _insert_if_absent(connection, desk_message, told)


def _insert_if_absent(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    if rows:
        connection.execute(_if_absent(table, connection.dialect.name), rows)


@cache
def _if_absent(table: Table, dialect: str) -> Insert:
    """Built once: to write the statement anew each time costs more than to run it."""
    return insert(table, dialect).on_conflict_do_nothing()


def _body_row(key: CaseKey, authority: str, entry: Plain) -> dict[str, Any]:
    place = {"case_id": entry["case_id"], "version": entry["version"]}
    return place | {"body": seal_entry(key, authority, entry)}


def _opening_row(key: CaseKey, authority: str, case: Plain) -> dict[str, Any]:
    body = seal_opening(key, authority, case)
    return {"case_id": case["id"], "authority": authority, "body": body}


def _entry_row(entry: Plain, authority: str, now: datetime) -> dict[str, Any]:
    names = ("case_id", "version", "episode", "edition", "command_id", "digest", "prev")
    return {name: entry[name] for name in names} | {
        "authority": authority,
        "at_utc": instant(entry["at"]),
        "recorded_at_utc": now,
        "kind": entry["command"]["kind"],
        "v": entry["v"],
        "hat": entry["by"]["hat"],
    }


def _message_row(message: Plain, authority: str, now: datetime) -> dict[str, Any]:
    names = ("id", "case_id", "version", "purpose", "about", "safety")
    kind, to = holder(message["to"])
    return {name: message[name] for name in names} | {
        "authority": authority,
        "not_to": message.get("not_to", []),
        "to_kind": kind,
        "to_id": to,
        "state": "waiting",
        "created_at": now,
        "changed_at": now,
    }


def _project(connection: Connection, summary: Plain, now: datetime) -> None:
    """Nothing wrong with a page may keep an entry out of the journal (decision 23)."""
    try:
        with connection.begin_nested():
            project(connection, summary)
    except Exception as error:  # noqa: BLE001 - whatever it is, the journal row must stand
        place = {"case_id": summary["case_id"], "version": summary["version"]}
        detail = place | {"why": type(error).__name__}
        note(connection, IncidentKind.PROJECTION_BEHIND, detail, now)


def _note_divergence(
    connection: Connection, wrong: Diverged, entries: Sequence[Plain], now: datetime
) -> None:
    theirs = next(entry for entry in entries if entry["version"] == wrong.version)
    head = head_of(connection, wrong.case_id)
    detail = {
        "case_id": wrong.case_id,
        "version": wrong.version,
        "why": wrong.why,
        "digest": theirs["digest"],
        "prev": theirs["prev"],
        "journal_version": head.version,
        "journal_digest": head.digest,
    }
    note(connection, IncidentKind.DIVERGED, detail, now)
