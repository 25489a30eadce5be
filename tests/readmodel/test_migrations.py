"""The tables are this build's, made step by step, and the record among them is guarded."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from readmodel.append_only import unguarded
from readmodel.desks import desk_message
from readmodel.engine import Store, StoreOutdated, StoreUnguarded, migrate, open_store
from readmodel.migrations import downgrade, newest, revision, upgrade
from readmodel.rebuild import PAGES
from readmodel.tables import METADATA, record_body, record_entry
from tests.readmodel.office import NOW, Office

KINDS = ("record_", "view_", "desk_")


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_migrating_twice_or_by_two_processes_at_once_is_once(empty_url: str) -> None:
    await asyncio.gather(migrate(empty_url), migrate(empty_url))
    await migrate(empty_url)
    store = await open_store(empty_url)
    async with store.reading() as connection:
        assert await connection.run_sync(revision) == newest()
        assert await connection.run_sync(tables) == set(METADATA.tables)
    await store.close()


async def test_the_migrations_make_exactly_the_tables_of_the_code(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, desk_message.metadata))

    async with store.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_each_step_can_be_undone_and_done_again(store: Store) -> None:
    async with store.writing() as connection:
        await connection.run_sync(downgrade, "0001")
        assert not [name for name in await connection.run_sync(tables) if name.startswith("desk_")]
        await connection.run_sync(downgrade, "base")
        assert await connection.run_sync(tables) == set()
        await connection.run_sync(upgrade)
        assert await connection.run_sync(tables) == set(METADATA.tables)
        assert await connection.run_sync(unguarded) == []


async def test_a_store_of_another_build_is_not_opened(store: Store, url: str) -> None:
    async with store.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreOutdated, match="another build"):
        await open_store(url)


async def test_an_empty_store_is_not_opened(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        Path(empty_url.removeprefix("sqlite+aiosqlite:///")).touch()
    with pytest.raises(StoreOutdated):
        await open_store(empty_url)


def drop(dialect: str, name: str, table: str) -> str:
    where = "" if dialect == "sqlite" else f" ON {table}"
    return f"DROP TRIGGER {table}_{name}{where}"


async def test_a_store_whose_record_lost_a_trigger_is_neither_opened_nor_migrated(
    office: Office, url: str, dialect: str
) -> None:
    name = "no_delete" if dialect == "sqlite" else "no_change"
    await office.sql(drop(dialect, name, "record_entry"))
    for use in (open_store, migrate):
        with pytest.raises(StoreUnguarded, match="record_entry"):
            await use(url)


async def test_the_prefix_decides_trigger_and_rebuild(store: Store) -> None:
    names = set(METADATA.tables)
    assert [name for name in names if not name.startswith(KINDS)] == []
    assert {table.name for table in PAGES} == {name for name in names if name.startswith("view_")}
    question = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    if store.dialect == "postgresql":
        question = "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    async with store.reading() as connection:
        guarded = set((await connection.execute(text(question))).scalars())
    assert guarded == {name for name in names if name.startswith("record_")}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_entry SET digest = 'x' WHERE version = 2",
        "DELETE FROM record_entry WHERE version = 3",
        "UPDATE record_body SET version = 9 WHERE version = 2",
        "DELETE FROM record_body WHERE version = 3",
        "DELETE FROM record_opening",
    ],
)
async def test_the_record_refuses_to_be_changed(office: Office, statement: str) -> None:
    await office.recorded()
    before = [await office.rows(table) for table in (record_entry, record_body)]
    with pytest.raises(DBAPIError, match="is append-only"):
        await office.sql(statement)
    assert [await office.rows(table) for table in (record_entry, record_body)] == before


async def test_the_record_cannot_be_replaced_or_emptied_by_another_word(office: Office) -> None:
    await office.recorded()
    sly = "INSERT OR REPLACE INTO record_body VALUES ('c1', 2, x'00')"
    if office.store.dialect == "postgresql":
        sly = "TRUNCATE record_body"
    with pytest.raises(DBAPIError, match="is append-only"):
        await office.sql(sly)


async def test_an_erasure_order_opens_the_bodies_of_its_own_case_only(office: Office) -> None:
    await office.recorded("c1")
    await office.recorded("c2")
    order = (
        f"INSERT INTO record_erasure VALUES ('c1', 'northshire', 'order-1', '{NOW.isoformat()}')"
    )
    await office.sql(order, "DELETE FROM record_body WHERE case_id = 'c1'")
    assert {row["case_id"] for row in await office.rows(record_body)} == {"c2"}
    with pytest.raises(DBAPIError, match="is append-only"):
        await office.sql("DELETE FROM record_body WHERE case_id = 'c2'")
    with pytest.raises(DBAPIError, match="is append-only"):
        await office.sql("DELETE FROM record_entry WHERE case_id = 'c1'")
