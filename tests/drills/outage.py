"""Taking a store away for real, and giving it back: a writer's lock, or a database that refuses."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from tests.installation import Installation


@asynccontextmanager
async def store_down(whole: Installation) -> AsyncIterator[None]:
    """SQLite is locked by another process's transaction; PostgreSQL refuses every connection."""
    url = whole.settings.database_url
    taken = _sqlite_locked(whole) if url is None else _postgres_refusing(url)
    async with taken:
        yield


@asynccontextmanager
async def _sqlite_locked(whole: Installation) -> AsyncIterator[None]:
    lock = sqlite3.connect(
        whole.settings.database_file, isolation_level=None, timeout=20, check_same_thread=False
    )
    await asyncio.to_thread(lock.execute, "BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        lock.execute("ROLLBACK")
        lock.close()


@asynccontextmanager
async def _postgres_refusing(url: str) -> AsyncIterator[None]:
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    await asyncio.to_thread(_refuse, url, str(name), False)
    try:
        yield
    finally:
        await asyncio.to_thread(_refuse, url, str(name), True)


def _refuse(url: str, name: str, allowed: bool) -> None:  # noqa: FBT001 - the setting's own value
    admin = psycopg.conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(
                sql.Identifier(name), sql.Literal(allowed)
            )
        )
        if not allowed:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
