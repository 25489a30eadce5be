"""What the journal has of a case, once it has caught up."""

import asyncio
from typing import Any

from readmodel.journal import read_entries
from readmodel.rebuild import refold
from tests.installation import Installation


async def entries_of(whole: Installation, case_id: str) -> list[dict[str, Any]]:
    return await read_entries(whole.gateway.store, whole.gateway.vault, case_id)


async def caught_up(
    whole: Installation, case_id: str, patience: float = 90
) -> list[dict[str, Any]]:
    """Wait until the journal holds everything the run has decided; return its entries.

    The case folded from the journal must be the case the run holds.
    """
    async with asyncio.timeout(patience):
        while True:
            case = await whole.gateway.snapshot(case_id)
            entries = await entries_of(whole, case_id)
            if len(entries) == case.version:
                folded = await refold(whole.gateway.store, whole.gateway.vault, case_id)
                if folded.version == case.version:  # else a clock fired between the two reads
                    assert folded == case
                    return entries
            await asyncio.sleep(0.1)
