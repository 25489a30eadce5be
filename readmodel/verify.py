"""Verify: is the record whole, in order and as it was written? Each fault has its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, RowMapping, select, union

from readmodel.bodies import Place, open_body
from readmodel.desks import desk_seen
from readmodel.engine import Store
from readmodel.instant import instant
from readmodel.seal_check import Fault, attempt_faults, seal_faults
from readmodel.tables import record_body, record_entry, record_erasure, record_opening, view_case
from readmodel.vault import CaseKey, Unreadable, Vault
from statemodel.entry import digest_of

__all__ = ["Fault", "Report", "verify"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was read, and everything wrong with it; what is `waiting` has no position yet.

    `attempts` are those that were refused, and kept.
    """

    cases: int
    entries: int
    erased: int
    attempts: int
    waiting: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Tally:
    cases: int = 0
    entries: int = 0
    erased: int = 0
    faults: list[Fault] = field(default_factory=list)


async def verify(store: Store, vault: Vault) -> Report:
    """Read the whole record, one case at a time, then the orders over all of them.

    Digests are computed again from the stored bodies, under each case's own secret; of an erased
    case only links and seals can be judged. Raises StoreUnavailable and WrongMasterKey.
    """
    tally = _Tally()
    for case_id in await _cases(store):
        await _verify_case(store, vault, case_id, tally)
    attempts, altered = await attempt_faults(store)
    waiting, order = await seal_faults(store, vault)
    faults = (*tally.faults, *altered, *order)
    return Report(tally.cases, tally.entries, tally.erased, attempts, waiting, faults)


async def _cases(store: Store) -> list[str]:
    """Every case that the record or a page knows of."""
    known = union(*(select(table.c.case_id) for table in (record_entry, record_body, view_case)))
    async with store.reading() as connection:
        return sorted((await connection.execute(known)).scalars())


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that the store holds about one case's entries."""

    case_id: str
    entries: tuple[RowMapping, ...]
    bodies: Mapping[int, bytes]
    opening: Row[str, bytes] | None
    erased: bool
    shown: int | None
    seen: Row[int, str] | None


async def _verify_case(store: Store, vault: Vault, case_id: str, tally: _Tally) -> None:
    kept = await _kept(store, case_id)
    key = await vault.get(case_id)
    tally.cases += 1
    tally.entries += len(kept.entries)
    tally.faults += [*_link_faults(kept), *_page_faults(kept)]
    if key is not None and not kept.erased:
        tally.faults += [*_opening_faults(kept, key), *_body_faults(kept, key)]
    elif key is None and kept.erased:
        tally.erased += 1
    else:
        code = "erasure_unfinished" if kept.erased else "no_key"
        tally.faults.append(Fault(kept.case_id, code))


async def _kept(store: Store, case_id: str) -> _Kept:
    async with store.reading() as connection:
        entry = record_entry.c
        rows = select(record_entry).where(entry.case_id == case_id).order_by(entry.version)
        entries = (await connection.execute(rows)).mappings().all()
        body = record_body.c
        held = select(body.version, body.body).where(body.case_id == case_id)
        bodies = {row.version: row.body for row in await connection.execute(held)}
        first = record_opening.c
        opening = select(first.authority, first.body).where(first.case_id == case_id)
        opened = (await connection.execute(opening)).one_or_none()
        order = select(record_erasure.c.case_id).where(record_erasure.c.case_id == case_id)
        erased = (await connection.execute(order)).scalar() is not None
        page = select(view_case.c.version).where(view_case.c.case_id == case_id)
        shown = (await connection.execute(page)).scalar()
        pulse = select(desk_seen.c.version, desk_seen.c.head).where(desk_seen.c.case_id == case_id)
        seen = (await connection.execute(pulse)).one_or_none()
    return _Kept(case_id, tuple(entries), bodies, opened, erased, shown, seen)


def _link_faults(kept: _Kept) -> Iterator[Fault]:
    version, digest, commands = 0, "", set[str]()
    authority = kept.entries[0]["authority"] if kept.entries else ""
    for row in kept.entries:
        place = f"{kept.case_id}/{row['version']}"
        if row["version"] != version + 1:
            yield Fault(f"{kept.case_id}/{version + 1}", "missing")
        elif row["prev"] != digest:
            yield Fault(place, "broken_link")
        if row["command_id"] in commands:
            yield Fault(place, "command_twice")
        if row["authority"] != authority:
            yield Fault(place, "other_authority")
        commands.add(row["command_id"])
        version, digest = row["version"], row["digest"]


def _page_faults(kept: _Kept) -> Iterator[Fault]:
    """Pages are written with their entry, so one that shows more has lost its record."""
    last = kept.entries[-1]["version"] if kept.entries else 0
    if kept.shown is not None and kept.shown > last:
        yield Fault(f"{kept.case_id}/{last + 1}", "shorter_than_shown")
    by_version = {row["version"]: row["digest"] for row in kept.entries}
    if kept.seen and by_version.get(kept.seen.version, kept.seen.head) != kept.seen.head:
        yield Fault(f"{kept.case_id}/{kept.seen.version}", "other_than_the_run_holds")


def _opening_faults(kept: _Kept, key: CaseKey) -> Iterator[Fault]:
    if kept.opening is None:
        yield Fault(kept.case_id, "no_opening")
        return
    try:
        open_body(key, Place(kept.opening.authority, kept.case_id), kept.opening.body)
    except Unreadable:
        yield Fault(kept.case_id, "opening_unreadable")


def _body_faults(kept: _Kept, key: CaseKey) -> Iterator[Fault]:
    known = {row["version"] for row in kept.entries}
    for version in sorted(set(kept.bodies) - known):
        yield Fault(f"{kept.case_id}/{version}", "stray_body")
    for row in kept.entries:
        fault = _body_fault(kept, key, row)
        if fault:
            yield Fault(f"{kept.case_id}/{row['version']}", fault)


def _body_fault(kept: _Kept, key: CaseKey, row: RowMapping) -> str:
    body = kept.bodies.get(row["version"])
    if body is None:
        return "no_body"
    try:
        document = open_body(key, Place(row["authority"], kept.case_id, row["version"]), body)
    except Unreadable:
        return "unreadable"
    if digest_of(document, key.secret) != row["digest"] or document["digest"] != row["digest"]:
        return "altered"
    return "" if _columns(document).items() <= dict(row).items() else "columns_differ"


def _columns(document: Mapping[str, Any]) -> dict[str, Any]:
    names = ("case_id", "version", "episode", "edition", "command_id", "prev", "v")
    return {name: document[name] for name in names} | {
        "kind": document["command"]["kind"],
        "hat": document["by"]["hat"],
        "at_utc": instant(document["at"]),
    }
