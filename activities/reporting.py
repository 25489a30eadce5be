"""Telling a case what only Baton knows: that a message never arrived."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import wire
from gateway.engine import Ended, Engine
from statemodel import Actor, Facts, Hat, Message
from statemodel.commands import ReportUndelivered
from workflows.run_state import Submission

POST = Actor(Hat.POST, "post")


class Reporter(Protocol):
    async def undelivered(self, message: Message, why: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CaseReporter:
    """An ordinary command to the case; a case that has ended keeps the dead message on its page."""

    engine: Engine
    clock: Callable[[], datetime]

    async def undelivered(self, message: Message, why: str) -> None:
        now = self.clock()
        command = ReportUndelivered(
            message=message.id, purpose=message.purpose, subject=message.about, why=why
        )
        submission = Submission(command, POST, message.id, now, Facts(now))
        try:
            await self.engine.submit(f"{message.case_id}.1", wire.encode(submission), message.id)
        except Ended:
            return
