"""Once a minute: what waits untold is handed on again, and what is over is swept (13, 19)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from temporalio.service import RPCError

import wire
from activities.handing import Handing
from readmodel import claims
from readmodel.engine import Store, StoreUnavailable
from readmodel.messages import overdue
from readmodel.receipts import forget_receipts

LOG = logging.getLogger("baton.sweeping")


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Beside the sealer, so that there is one of it."""

    store: Store
    handing: Handing
    clock: Callable[[], datetime]

    async def sweep(self) -> None:
        """Do one round; what can't be done now is done in the next."""
        now = self.clock()
        try:
            untold = await overdue(self.store, now)
            await self.handing.hand_on([wire.encode(message) for message in untold])
            await claims.sweep(self.store, now)
            await forget_receipts(self.store, now)
        except (StoreUnavailable, RPCError) as error:
            LOG.warning("not swept this time: %s", type(error).__name__)
