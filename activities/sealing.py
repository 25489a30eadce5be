"""Keeping the order over all cases sealed, a second behind at most (decision 24)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio import activity

from activities.sweeping import Sweeping
from readmodel.engine import Store, StoreUnavailable
from readmodel.sealer import seal, sign_heads
from readmodel.vault import Vault

ROUND, SWEEP, PAUSE = timedelta(minutes=9), timedelta(minutes=1), 0.5


@dataclass(frozen=True, slots=True)
class Sealing:
    store: Store
    vault: Vault
    clock: Callable[[], datetime]
    sweeping: Sweeping

    @activity.defn(name="seal")
    async def seal(self) -> None:
        until = self.clock() + ROUND
        next_sweep = self.clock()
        await sign_heads(self.store, self.vault, self.clock())
        while self.clock() < until and not activity.is_worker_shutdown():
            activity.heartbeat()
            if self.clock() >= next_sweep:
                await self.sweeping.sweep()
                next_sweep = self.clock() + SWEEP
            try:
                sealed = await seal(self.store, self.clock())
            except StoreUnavailable:
                sealed = 0
            if not sealed:
                await asyncio.sleep(PAUSE)
