"""An office at work: a store, its vault, and cases whose entries the law itself has made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table, func, make_url, select, text

from readmodel.engine import Store
from readmodel.journal import Diverged, Recorded, record
from readmodel.vault import Vault
from statemodel import Actor, Entry, Refused, messages, summary
from statemodel.command import AnyCommand
from statemodel.evolve import evolve
from statemodel.plain import plain
from tests.builders import MONDAY, World, a_case

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
MASTER = b"m" * 32
Batch = list[dict[str, Any]]


class Kept(World):
    """A case whose entries are chained under its own secret, so that a store can verify them."""

    def __init__(self, case_id: str, secret: str, now: datetime = MONDAY) -> None:
        super().__init__(now, a_case(id=case_id))
        self.secret = secret

    def ask(self, command: AnyCommand, by: str | Actor = "p-ana", **more: Any) -> Entry | Refused:
        return super().ask(command, by, **({"secret": self.secret} | more))

    def batch(self, first: int = 1, last: int | None = None) -> Batch:
        """The items that `record` takes for entries first…last, as the courier hands them over."""
        case, items = self.start, []
        for entry in self.entries:
            before, case = case, evolve(case, entry)
            told = [plain(message) for message in messages(case, entry)]
            item: dict[str, Any] = {"entry": plain(entry), "messages": told}
            items.append(item | ({"opening": plain(before)} if entry.version == 1 else {}))
        return items[first - 1 : last]

    def summary(self, version: int | None = None) -> dict[str, Any]:
        """The plain summary of the case after an entry, by default the last."""
        case = self.start
        for entry in self.entries[:version]:
            case = evolve(case, entry)
        made: dict[str, Any] = plain(summary(case))
        return made


class Office:
    """Everything one test needs of a store; `master` is the vault's key."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.vault = Vault(MASTER, store)

    async def case(self, case_id: str = "c1", now: datetime = MONDAY) -> Kept:
        key = await self.vault.make(case_id)
        return Kept(case_id, key.secret, now)

    async def record(
        self, case: Kept, first: int = 1, last: int | None = None, now: datetime = NOW
    ) -> Recorded | Diverged:
        return await record(
            self.store, self.vault, case.batch(first, last), case.summary(last), now
        )

    async def recorded(self, case_id: str = "c1", now: datetime = MONDAY) -> Kept:
        """A case of three entries, with a proposal that waits for its answer, in the journal."""
        case = await self.case(case_id, now)
        case.proposed()
        assert await self.record(case) == Recorded(case_id, 3, 3)
        return case

    async def count(self, table: Table) -> int:
        async with self.store.reading() as connection:
            found = await connection.execute(select(func.count()).select_from(table))
        return int(found.scalar_one())

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        """Every row of a table, in the order of its key."""
        async with self.store.reading() as connection:
            found = await connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in found.mappings()]

    async def sql(self, *statements: str) -> None:
        """What somebody with the database's password could do."""
        async with self.store.writing() as connection:
            for statement in statements:
                await connection.execute(text(statement))


@asynccontextmanager
async def outage(store: Store, url: str) -> AsyncIterator[None]:
    """The store's file is gone, or its server lets nobody in; then it is back."""
    if store.dialect == "sqlite":
        file = Path(url.removeprefix("sqlite+aiosqlite:///"))
        await store.close()
        moved = file.rename(file.with_suffix(".away"))
        yield
        moved.rename(file)
        return
    name = make_url(url).database
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(everybody, [name])
        yield
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
