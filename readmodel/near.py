"""A SQLite transaction made in one go, in a thread of its own.

Statement by statement each costs four changes of thread, which is most of what a record costs.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")


class Near:
    """One connection in one thread; an engine that begins by itself with the write lock."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="baton_store")

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` makes of a transaction; it is committed whole, or not at all.

        Whoever stops waiting does not stop it.
        """
        return await self._away(lambda: self._transact(work))

    async def close(self) -> None:
        """Close the connection; another is opened if it is asked again."""
        await self._away(self._engine.dispose)

    async def _away(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _transact(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)
