"""Keeping the order over all cases sealed, a second behind at most (decision 24)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity

from readmodel.engine import Store, StoreUnavailable
from readmodel.sealer import seal, sign_heads
from readmodel.vault import Vault

ROUND, PAUSE = timedelta(minutes=9), 0.5


@dataclass(frozen=True, slots=True)
class Sealing:
    store: Store
    vault: Vault
    clock: Callable[[], datetime]

    @activity.defn(name="seal")
    async def seal(self) -> None:
        until = self.clock() + ROUND
        await sign_heads(self.store, self.vault, self.clock())
        while self.clock() < until and not activity.is_worker_shutdown():
            activity.heartbeat()
            try:
                sealed = await seal(self.store, self.clock())
            except StoreUnavailable:
                sealed = 0
            if not sealed:
                await asyncio.sleep(PAUSE)
