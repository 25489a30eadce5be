"""The store: one database with an engine that writes and an engine that only reads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from readmodel.append_only import unguarded
from readmodel.faults import (
    StoreLocked,
    StoreOutdated,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnguarded,
    locked,
    translated,
    unavailable,
)
from readmodel.near import Near

__all__ = [
    "Store",
    "StoreLocked",
    "StoreOutdated",
    "StoreReadOnly",
    "StoreUnavailable",
    "StoreUnguarded",
    "migrate",
    "open_store",
    "sqlite_url",
]

T = TypeVar("T")
WAIT_MS = 5_000  # for another process's lock
SQLITE = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else INSERT OR REPLACE would slip past the delete trigger
    f"PRAGMA busy_timeout={WAIT_MS}",
)
POSTGRES = f"-c timezone=UTC -c lock_timeout={WAIT_MS} -c statement_timeout=60000"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Store:
    """Two engines on one database; `close` both, or a connection is collected in a wrong thread."""

    write: AsyncEngine
    read: AsyncEngine
    dialect: str
    near: Near | None = None

    async def at_once(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` makes of one writing transaction, made in one go where that is less.

        `work` asks nothing but the connection. Raises StoreUnavailable and its kinds.
        """
        if self.near is None:
            async with self.writing() as connection:
                return await connection.run_sync(work)
        try:
            async with self.write.connect():  # the one writer's place, so that the others wait (26)
                return await self.near.run(work)
        except PoolTimeout as error:
            raise locked() from error

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, whole or not at all; raises StoreUnavailable and its kinds."""
        try:
            async with self.write.begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise locked() from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent look; raises StoreUnavailable and its kinds."""
        try:
            async with self.read.begin() as connection:
                yield connection
        except PoolTimeout as error:
            raise locked() from error

    async def close(self) -> None:
        if self.near is not None:
            await self.near.close()
        await self.write.dispose()
        await self.read.dispose()


def sqlite_url(folder: Path) -> str:
    """Return the URL of the store in a data folder."""
    return f"sqlite+aiosqlite:///{folder / 'baton.db'}"


async def open_store(url: str) -> Store:
    """Open a migrated store; raises StoreUnavailable if it is absent, outdated or unguarded."""
    known = make_url(url)
    dialect = known.get_backend_name()
    if dialect == "sqlite" and not _is_there(known.database):
        raise unavailable("there is no such file; run `baton up`, which makes it")
    write, read = _engine(url, writes=True), _engine(url, writes=False)
    store = Store(write, read, dialect, _near(known) if dialect == "sqlite" else None)
    try:
        async with store.reading() as connection:
            await connection.run_sync(check)
    except BaseException:
        await store.close()
        raise
    return store


async def migrate(url: str) -> None:
    """Bring the store to this build's tables, as often as wanted; then assert its triggers."""
    from readmodel.migrations import upgrade  # noqa: PLC0415 - alembic takes 100 ms to import

    known = make_url(url)
    if known.get_backend_name() == "sqlite" and known.database:
        _make_private(known.database)
    engine = _engine(url, writes=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
            await connection.run_sync(check)
    finally:
        await engine.dispose()


def check(connection: Connection) -> None:
    """Raise StoreOutdated or StoreUnguarded unless the tables are this build's, and guarded."""
    from readmodel.migrations import newest, revision  # noqa: PLC0415 - as in `migrate`

    if revision(connection) != newest():
        raise StoreOutdated("the store's tables are of another build: run `baton up` of this one")
    missing = unguarded(connection)
    if missing:
        raise StoreUnguarded(f"the record is not protected ({', '.join(missing)}): restore it")


def insert(table: Table, dialect: str) -> postgresql.Insert:
    """Return an INSERT that knows ON CONFLICT; both databases share its spelling."""
    made: Any = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    kept: postgresql.Insert = made
    return kept


def hold_case(connection: Connection, case_id: str) -> None:
    """Let one writer at a time at a case; on SQLite there is only one anyway."""
    if connection.dialect.name == "postgresql":
        one_by_one = text("SELECT pg_advisory_xact_lock(hashtextextended(:case, 0))")
        connection.execute(one_by_one, {"case": case_id})


def _engine(url: str, *, writes: bool) -> AsyncEngine:
    known = make_url(url)
    dialect = known.get_backend_name()
    known = known.set(drivername=DRIVERS[dialect])
    reads_only = "" if writes else " -c default_transaction_read_only=on"
    options: dict[str, Any] = {
        "connect_args": {"options": POSTGRES + reads_only, "connect_timeout": 5},
        "pool_pre_ping": True,
    }
    if dialect == "sqlite":
        known = _existing(known)
        size = 1 if writes else 4  # one writer a process: the others queue here, not on the file
        options = {"pool_size": size, "max_overflow": 0, "pool_timeout": 30}
    engine = create_async_engine(known, hide_parameters=True, **options)
    event.listen(engine.sync_engine, "handle_error", _translate, retval=True)
    if dialect == "sqlite":
        event.listen(engine.sync_engine, "connect", _set_up if writes else _set_up_reader)
        event.listen(engine.sync_engine, "begin", _begin_immediate if writes else _begin)
    return engine


def _near(url: URL) -> Near:
    made = _existing(url.set(drivername="sqlite"))
    engine = create_engine(made, hide_parameters=True, pool_size=1, max_overflow=0)
    event.listen(engine, "handle_error", _translate, retval=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_immediate)
    return Near(engine)


def _existing(url: URL) -> URL:
    """Never make an empty file in the place of one that has been moved away."""
    if url.database is None or url.database.startswith("file:"):
        return url
    return url.set(
        database=f"file:{quote(url.database)}", query={**url.query, "mode": "rw", "uri": "true"}
    )


def _translate(context: ExceptionContext) -> BaseException | None:
    if context.is_pre_ping:
        return None  # a stale connection is no outage: the pool quietly opens another
    error = context.sqlalchemy_exception
    dialect = context.dialect.name
    return translated(error, dialect) if isinstance(error, DBAPIError) else None


def _set_up(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in SQLITE:
        cursor.execute(pragma)
    cursor.close()


def _set_up_reader(connection: Any, record: Any) -> None:
    _set_up(connection, record)
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once: of deferred transactions 622 of 900 failed (decision 26)."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _is_there(file: str | None) -> bool:
    name = (file or "").removeprefix("file:").split("?")[0]
    return Path(name).is_file()


def _make_private(file: str) -> None:
    try:
        Path(file).touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise unavailable("its file cannot be made; check the folder") from error
