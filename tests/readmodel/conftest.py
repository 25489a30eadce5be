"""Each test here runs twice: on SQLite, and on a PostgreSQL database made from a migrated one."""

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

TEMPLATE = f"baton_migrated_{os.getpid()}"


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[str]:
    """The name of a database that is migrated once and copied for each test."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    asyncio.run(migrate(database(postgres_url, TEMPLATE)))
    yield TEMPLATE
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")


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
    fresh: FreshPostgres = request.getfixturevalue("fresh_postgres")
    return fresh(template=request.getfixturevalue("migrated_postgres"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
def office(store: Store) -> Office:
    """A store with its vault, and cases made by really asking the law."""
    return Office(store)
