"""A store that cannot be used says so, in time, with what to do; nothing is half done."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from readmodel.desks import desk_agency
from readmodel.engine import (
    Store,
    StoreLocked,
    StoreReadOnly,
    StoreUnavailable,
    migrate,
    open_store,
    sqlite_url,
)
from readmodel.instant import UtcDateTime
from readmodel.journal import Recorded
from readmodel.queries import today
from readmodel.tables import record_entry
from tests.readmodel.office import NOW, Office, outage


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another process writes, and does not finish until the block ends; pages can be read."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE record_entry IN EXCLUSIVE MODE")
        yield
        connection.rollback()


async def test_a_store_held_for_three_seconds_loses_nothing(office: Office, url: str) -> None:
    case = await office.case()
    case.proposed()
    with held(url):
        recording = asyncio.create_task(office.record(case))
        await asyncio.sleep(3)
        assert not recording.done()
        assert (await today(office.store, NOW)).standings, "pages can be read meanwhile"
    assert await recording == Recorded("c1", 3, 3)


async def test_a_store_held_for_longer_is_told_as_locked(office: Office, url: str) -> None:
    case = await office.case()
    case.proposed()
    with held(url), pytest.raises(StoreLocked, match="try again"):
        await office.record(case)
    assert await office.count(record_entry) == 0
    assert await office.record(case) == Recorded("c1", 3, 3)


@pytest.mark.proves("F11")
async def test_a_store_that_goes_away_says_so_and_loses_nothing(office: Office, url: str) -> None:
    case = await office.case()
    case.proposed()
    async with outage(office.store, url):
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            await office.record(case)
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            await today(office.store, NOW)
    assert await office.record(case) == Recorded("c1", 3, 3)


def read_only(url: str) -> str:
    if url.startswith("sqlite"):
        file = url.removeprefix("sqlite+aiosqlite:///")
        return f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true"
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    return url


async def test_a_store_that_cannot_be_written_can_still_be_read(office: Office, url: str) -> None:
    case = await office.recorded()
    reader = Office(await open_store(read_only(url)))
    try:
        assert await reader.count(record_entry) == 3
        with pytest.raises(StoreReadOnly, match="permissions"):
            await reader.record(case)
    finally:
        await reader.store.close()


async def test_the_reading_engine_cannot_write(office: Office) -> None:
    with pytest.raises(StoreReadOnly):
        async with office.store.reading() as connection:
            await connection.execute(text("DELETE FROM view_case"))


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////nowhere/at/all/baton.db",
        "postgresql://nobody@127.0.0.1:1/nothing",
    ],
)
async def test_a_store_that_is_not_there_is_told(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        await open_store(url)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        await migrate(url)


async def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "baton.db").write_bytes(b"no database at all" * 400)
    with pytest.raises(StoreUnavailable, match="not a database"):
        await open_store(sqlite_url(tmp_path))


async def test_a_new_file_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    await migrate(sqlite_url(tmp_path))
    assert (tmp_path / "baton.db").stat().st_mode & 0o777 == 0o600


async def test_what_sqlite_was_told_holds_for_each_connection(tmp_path: Path) -> None:
    await migrate(sqlite_url(tmp_path))
    store = await open_store(sqlite_url(tmp_path))
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for engine in (store.write, store.read):
        async with engine.begin() as connection:
            for pragma, value in wanted.items():
                found = await connection.execute(text(f"PRAGMA {pragma}"))
                assert found.scalar() == value, pragma
    await store.close()


async def test_what_a_store_says_quotes_nothing_that_was_to_be_stored(office: Office) -> None:
    async def twice() -> None:
        async with office.store.writing() as connection:
            for _ in range(2):
                await connection.execute(insert(desk_agency), {"id": "a", "name": "CANARY"})

    with pytest.raises(IntegrityError) as caught:
        await twice()
    assert "CANARY" not in str(caught.value)


async def test_an_instant_comes_back_as_it_went_in_and_a_naive_one_is_refused(
    store: Store,
) -> None:
    times = Table("desk_times", MetaData(), Column("at", UtcDateTime))
    summer = datetime(2026, 7, 1, 12, 30, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    async with store.writing() as connection:
        await connection.run_sync(times.create)
        await connection.execute(insert(times), {"at": summer})
        back = (await connection.execute(select(times.c.at))).scalar_one()
        assert back == summer
        assert back.utcoffset() == timedelta(0)
        with pytest.raises(StatementError, match="without a time zone"):
            await connection.execute(insert(times), {"at": datetime(2026, 7, 1)})  # noqa: DTZ001
