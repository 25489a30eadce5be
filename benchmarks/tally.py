"""Counts until every entry is recorded and every batch of messages is handed on."""

import asyncio


class Tally:
    """One round's, in the worker's own process; nothing is asked of the engine to keep it."""

    def __init__(self, entries: int) -> None:
        self._entries, self._batches = entries, 0
        self._done = asyncio.Event()

    def recorded(self, entries: int, *, told: bool) -> None:
        self._entries -= entries
        self._batches += told
        self._look()

    def handed_on(self) -> None:
        self._batches -= 1
        self._look()

    async def done(self) -> None:
        await self._done.wait()

    def _look(self) -> None:
        if self._entries <= 0 and self._batches <= 0:
            self._done.set()
