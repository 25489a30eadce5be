"""What can be wrong with the store itself: the world's errors, each with what to do about it."""

import re

from sqlalchemy.exc import DBAPIError

READ_ONLY, LOCKED = "25006", ("55P03", "40P01", "57014")


class StoreUnavailable(Exception):
    """The store cannot be used now; the text says what to do and quotes nothing stored."""


class StoreLocked(StoreUnavailable):
    """Another process has held the store for longer than we wait; ask again."""


class StoreReadOnly(StoreUnavailable):
    """The store can be read and not written."""


class StoreUnguarded(StoreUnavailable):
    """A trigger that keeps the record append-only is missing."""


class StoreOutdated(StoreUnavailable):
    """The store's tables are not those of this build."""


def translated(error: DBAPIError, dialect: str) -> StoreUnavailable | None:
    """Return the world's error behind a driver's, or None when it is a bug or a broken rule."""
    return _of_sqlite(error) if dialect == "sqlite" else _of_postgres(error)


def _of_sqlite(error: DBAPIError) -> StoreUnavailable | None:
    said = str(error.orig)
    if re.search(r"database (table )?is locked|database schema is locked", said):
        return locked()
    if "readonly database" in said:
        return read_only()
    if re.search(r"unable to open|disk I/O|is full|malformed|not a database|closed file", said):
        return unavailable(said)
    return None


def _of_postgres(error: DBAPIError) -> StoreUnavailable | None:
    state = getattr(error.orig, "sqlstate", None)
    if state == READ_ONLY:
        return read_only()
    if state in LOCKED:
        return locked()
    gone = error.connection_invalidated or state is None or state[:2] in ("08", "53", "57")
    operational = type(error.orig).__name__ in ("OperationalError", "AdminShutdown")
    return unavailable("no connection") if operational or (gone and state) else None


def locked() -> StoreLocked:
    return StoreLocked("the store is held by another process: try again; if it lasts, see who")


def read_only() -> StoreReadOnly:
    return StoreReadOnly("the store cannot be written: check the file's and folder's permissions")


def unavailable(why: str) -> StoreUnavailable:
    return StoreUnavailable(f"the store cannot be reached ({why}): check that it is there and up")
