"""Telling a case what only Baton knows: that a message never arrived."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import wire
from gateway.answers import Conflict, Hidden
from gateway.engine import Ended, Engine
from gateway.episodes import Episodes
from readmodel.engine import Store
from readmodel.vault import NoKey, Vault
from statemodel import Actor, Facts, Hat, Message
from statemodel.commands import ReportUndelivered
from workflows.ports import Document
from workflows.run_state import Submission

POST = Actor(Hat.POST, "post")


class Reporter(Protocol):
    async def undelivered(self, message: Message, why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CaseReporter:
    """An ordinary command to the case; a case that has ended keeps the dead message on its page."""

    engine: Engine
    store: Store
    vault: Vault
    clock: Callable[[], datetime]

    async def undelivered(self, message: Message, why: str) -> None:
        """Return once the case has heard of it, or no longer can; raises the world's errors.

        A Conflict is its own earlier answer: the message's id is the command's, and another try may
        have failed for another reason.
        """
        now = self.clock()
        command = ReportUndelivered(
            message=message.id, purpose=message.purpose, subject=message.about, why=why
        )
        submission = Submission(command, POST, message.id, now, Facts(now))
        with suppress(Conflict, Ended, Hidden, NoKey):  # reported; ended; erased
            await self._submit(message.case_id, wire.encode(submission), message.id)

    async def _submit(self, case_id: str, document: Document, command_id: str) -> None:
        """Each time the journal is asked: another process may have begun the next episode."""
        episodes = Episodes(self.engine, self.store, self.vault)
        run = await episodes.run_of(case_id)
        try:
            await self.engine.submit(run, document, command_id)
        except Ended:
            case = await episodes.folded(case_id)  # with the store away the run was a guess
            if run == f"{case_id}.{case.episode}":
                raise
            await self.engine.submit(f"{case_id}.{case.episode}", document, command_id)
