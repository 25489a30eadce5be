"""Sending one message: resolved when sent, so that nobody who has left is written to (R374)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from temporalio import activity
from temporalio.exceptions import ApplicationError

import wire
from activities.reporting import Reporter
from config.letters import Envelope, Letter, letter
from config.wording import Words
from gateway.links import Links
from readmodel.claims import reference_of
from readmodel.directory import facts_for, who_sits
from readmodel.engine import Store
from readmodel.messages import MessageState, mark
from statemodel import Desk, Message, Role
from workflows.ports import Document


class Channel(Protocol):
    """A way to reach somebody; sending the same message id twice reaches them once."""

    async def send(self, message_id: str, recipient: str, letter: Letter) -> None: ...


@dataclass(frozen=True, slots=True)
class FileChannel:
    """The default of `baton up`: letters as files in a folder, one a message."""

    folder: Path

    async def send(self, message_id: str, recipient: str, letter: Letter) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{message_id}.draft"
        draft.write_text(f"To: {recipient}\nSubject: {letter.subject}\n\n{letter.body}\n")
        draft.replace(self.folder / f"{message_id}.txt")


@dataclass(frozen=True, slots=True)
class Stationery:
    """What every letter of this installation carries: where to go, the safety line, local words."""

    link: str
    safety: str
    words: Words
    demonstration: bool = False

    def envelope(self, reference: str, token: str | None = None) -> Envelope:
        """The link leads to the case; with a token, to the reader's own page about it."""
        link = f"{self.link}/answer/{token}" if token else f"{self.link}/go/{reference}"
        return Envelope(reference, link, self.safety, self.demonstration, is_own=bool(token))


@dataclass(frozen=True, slots=True)
class Sending:
    """Activities of the post's own task queue; a case never waits for them."""

    store: Store
    channel: Channel
    reporter: Reporter
    clock: Callable[[], datetime]
    stationery: Stationery
    links: Links | None = None

    @activity.defn(name="send")
    async def send(self, document: Document) -> Document:
        message = wire.decode(Message, document)
        recipient = await self._recipient(message)
        reference = await reference_of(self.store, message.case_id) or ""
        envelope = self.stationery.envelope(reference, await self._token(message, recipient))
        text = letter(message.purpose, envelope, self.stationery.words, message.to)
        await self.channel.send(message.id, recipient, text)
        await mark(self.store, message.id, MessageState.SENT, self.clock())
        return {"sent": message.id}

    @activity.defn(name="report_dead")
    async def report_dead(self, report: Document) -> None:
        """The message's id is the report's command id, so that it is reported once (13)."""
        message = wire.decode(Message, report["message"])
        await mark(self.store, message.id, MessageState.DEAD, self.clock(), report["why"])
        await self.reporter.undelivered(message, report["why"])

    async def _token(self, message: Message, recipient: str) -> str | None:
        """Return the way to the recipient's own page, where the message is answered by link."""
        return await self.links.made_for(message, recipient, self.clock()) if self.links else None

    async def _recipient(self, message: Message) -> str:
        if isinstance(message.to, Desk):
            return await self._seated(message, message.to)
        found = await facts_for(self.store, [message.to.id])
        if not found:
            raise _never("person_not_known")
        if not found[0].active:
            raise _never("person_has_left")
        return found[0].id

    async def _seated(self, message: Message, desk: Desk) -> str:
        """Whoever sits there and may know; a safety message then goes one desk further (D3)."""
        further = (Desk(Role.EARLY_HELP_MANAGER, desk.agency),) if message.safety else ()
        for place in (desk, *further):
            sitting = await who_sits(self.store, place, but=message.not_to)
            if sitting is not None:
                return sitting
        raise _never("desk_empty")


def _never(why: str) -> ApplicationError:
    """No try will ever reach anybody; `why` is a code."""
    return ApplicationError(why, type=why, non_retryable=True)


__all__ = ["Channel", "FileChannel", "Sending", "Stationery"]
