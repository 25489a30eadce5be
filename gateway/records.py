"""What the gateway keeps and looks up in the store: receipts, claims, refusals, how far it is."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from gateway.answers import No
from gateway.asking import Asking
from gateway.facts import look_up
from readmodel.claims import (
    ChildTaken,
    Claim,
    ReferenceTaken,
    claim,
    mark_started,
    new_reference,
)
from readmodel.engine import Store, StoreUnavailable
from readmodel.journal import version_of
from readmodel.receipts import Attempt, attempt_refused, first_received
from statemodel import Case, Facts
from statemodel.commands import AnyCommand, IdentifyNeed, RaiseConcern
from statemodel.evolve import payload_hash

PATIENCE, FIRST_LOOK = 2.0, 0.02


@dataclass(frozen=True, slots=True)
class Records:
    """Everything here survives a store that is down, or says StoreUnavailable; times are UTC."""

    store: Store

    async def received(
        self, case_id: str, command: AnyCommand, asking: Asking, now: datetime
    ) -> tuple[datetime, bool]:
        """Return when it was first pressed, kept over retries (7), and whether that was before.

        With the store down it is now, and a retry after the deadline would be judged by the retry.

        Only acceptance binds an id (6): the same id with other content is a new press, and it is
        the case's ledger that knows whether the first was taken.
        """
        command_id = asking.command_id(command)
        short = sha256(command_id.encode()).hexdigest()[:40]
        try:
            first, same = await first_received(
                self.store, short, case_id, payload_hash(command), now
            )
        except StoreUnavailable:
            return now, False
        return (first, first < now) if same else (now, False)

    async def facts(self, by: str, command: AnyCommand, now: datetime) -> Facts:
        """Return what is known of everybody mentioned; a concern needs none of it (15)."""
        try:
            return await look_up(self.store, by, command, now)
        except StoreUnavailable:
            if isinstance(command, RaiseConcern):
                return Facts(now)
            raise

    async def refused(
        self, case_id: str, command: AnyCommand, asking: Asking, no: No, now: datetime
    ) -> None:
        """Keep the attempt in the audit, not in the child's history (practice D24)."""
        codes = [reason.code for reason in no.reasons] or [no.code]
        try:
            await attempt_refused(self.store, Attempt(now, asking.by, case_id, command.kind, codes))
        except StoreUnavailable:
            return  # the answer to the person matters more than the note of it

    async def claim(self, case: Case, command: IdentifyNeed, by: str, now: datetime) -> bool:
        """Write down that a case is about to be opened, for whom, with its reference (19, 29).

        False where a known child of it has an open case since somebody looked.
        """
        children, even_so = command.children, bool(command.because)
        while True:
            reference = new_reference(os.urandom(5))
            wanted = Claim(case.id, case.pack.authority, reference, by, now, children, even_so)
            try:
                await claim(self.store, wanted)
            except ReferenceTaken:
                continue
            except ChildTaken:
                return False
            return True

    async def started(self, case_id: str, now: datetime) -> None:
        await mark_started(self.store, case_id, now)

    async def version(self, case_id: str, command_id: str) -> int | None:
        """Return the entry that this command became, if the journal has it (6)."""
        try:
            return await version_of(self.store, case_id, command_id)
        except StoreUnavailable:
            return None

    async def has(self, case_id: str, command_id: str) -> bool:
        """Wait at most two seconds for the journal to have this very command (15)."""
        pause = FIRST_LOOK
        try:
            async with asyncio.timeout(PATIENCE):
                while await version_of(self.store, case_id, command_id) is None:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, 0.25)
        except (TimeoutError, StoreUnavailable):
            return False
        return True
