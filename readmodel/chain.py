"""One case's chain: where its journal ends, and whether new entries go on from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from readmodel.tables import record_entry

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Diverged:
    """The batch contradicts the journal and nothing of it was written.

    `why` is a code: other_digest, gap, other_head, older_episode or other_case.
    """

    case_id: str
    version: int
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a case in the journal; version 0 when there is none."""

    version: int = 0
    digest: str = ""
    episode: int = 0


def head_of(connection: Connection, case_id: str) -> Head:
    table = record_entry.c
    question = (
        select(table.version, table.digest, table.episode)
        .where(table.case_id == case_id)
        .order_by(table.version.desc())
        .limit(1)
    )
    row = connection.execute(question).one_or_none()
    return Head(*row) if row else Head()


def tail_of(connection: Connection, case_id: str, first: int) -> tuple[Head, dict[int, str]]:
    """Return a case's head, and version → digest from the entry before `first` on.

    A journal that ends even earlier gives no head: whatever is to follow `first` is then a gap.
    """
    table = record_entry.c
    question = (
        select(table.version, table.digest, table.episode)
        .where(table.case_id == case_id, table.version >= first - 1)
        .order_by(table.version)
    )
    rows = connection.execute(question).all()
    return Head(*rows[-1]) if rows else Head(), {row.version: row.digest for row in rows}


def contradiction(head: Head, kept: Mapping[int, str], entries: Sequence[Plain]) -> Diverged | None:
    """Return the first entry that is neither a repeat nor the next one, or None."""
    case_id = entries[0]["case_id"]
    for entry in entries:
        version = entry["version"]
        why = "other_case" if entry["case_id"] != case_id else _fault(head, kept, entry)
        if why:
            return Diverged(case_id, version, why)
        if version > head.version:
            head = Head(version, entry["digest"], entry["episode"])
    return None


def _fault(head: Head, kept: Mapping[int, str], entry: Plain) -> str:
    known = kept.get(entry["version"])
    if known is not None:
        return "" if known == entry["digest"] else "other_digest"
    if entry["version"] != head.version + 1:
        return "gap"
    if entry["prev"] != head.digest:
        return "other_head"
    return "older_episode" if entry["episode"] < head.episode else ""
