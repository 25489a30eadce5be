"""Each test here runs twice, on SQLite and on PostgreSQL, and finds a migrated, empty store."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from readmodel.engine import Store, migrate, open_store, sqlite_url
from tests.conftest import FreshPostgres, database
from tests.readmodel.office import Office

USED = f"baton_used_{os.getpid()}"
SHAPE = """SELECT (SELECT version_num FROM alembic_version),
    (SELECT array_agg(relname::text ORDER BY 1) FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace),
    (SELECT array_agg(tgname::text ORDER BY 1) FROM pg_trigger WHERE NOT tgisinternal)"""


@pytest.fixture(scope="session")
def used_postgres(postgres_url: str) -> Iterator[tuple[str, object]]:
    """One migrated database that is emptied for each test, as to make one takes half a second."""
    _make(postgres_url)
    used = database(postgres_url, USED)
    with psycopg.connect(used) as connection:
        shape = connection.execute(SHAPE).fetchone()
    yield used, shape
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {USED} WITH (FORCE)")


def _make(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {USED} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {USED}")
    asyncio.run(migrate(database(postgres_url, USED)))


def _emptied(used: str, shape: object) -> bool:
    """Whether the last test left the tables as they were; if so, all their rows are gone now."""
    with psycopg.connect(used, options="-c default_transaction_read_only=off") as connection:
        connection.execute(f"ALTER DATABASE {USED} RESET ALL")
        found = connection.execute(SHAPE).fetchone()
        if found is None or found != shape:
            return False
        names = (name for name in found[1] if name != "alembic_version")
        connection.execute("SET session_replication_role = replica")  # the triggers hold, else
        connection.execute("; ".join(f"DELETE FROM {name}" for name in names).encode())
        return True


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is migrated once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    asyncio.run(migrate(sqlite_url(folder)))
    return folder / "baton.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database without a table."""
    if dialect == "sqlite":
        return sqlite_url(tmp_path)
    fresh: FreshPostgres = request.getfixturevalue("fresh_postgres")
    return fresh()


@pytest.fixture
def url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a migrated, empty store."""
    if dialect == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path)
        return sqlite_url(tmp_path)
    used, shape = request.getfixturevalue("used_postgres")
    if not _emptied(used, shape):
        _make(request.getfixturevalue("postgres_url"))
    return str(used)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def office(store: Store) -> Office:
    """A store with its vault, and cases made by really asking the law."""
    return Office(store)
