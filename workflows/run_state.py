"""What one run of a case hands to the next, and what it is handed: versioned values (32)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from statemodel import Actor, Case, Entry, Facts, Message, Summary
from statemodel.commands import AnyCommand


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An entry that waits to be recorded, with whom it tells and the case's columns after it."""

    entry: Entry
    messages: tuple[Message, ...]
    summary: Summary


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One run's whole state; `opening` is the case before its first entry, until recorded.

    A run begun for a concern waits for it: it does not end before the case has that version.
    `warned` is the version up to which safety messages went out although the journal refuses it.
    """

    v: ClassVar[int] = 1
    case: Case
    secret: str
    outbox: tuple[Outgoing, ...] = ()
    opening: Case | None = None
    pulse_now: bool = False
    not_before: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True)
class Submission:
    """A command as the gateway forwards it, with the facts it looked up; times are UTC."""

    v: ClassVar[int] = 1
    command: AnyCommand
    by: Actor
    command_id: str
    received_at: datetime
    facts: Facts


@dataclass(frozen=True, slots=True)
class Dead:
    """A message that never arrived, and a code for why; its case has not heard of it yet."""

    message: Message
    why: str


@dataclass(frozen=True, slots=True)
class PostState:
    """One recipient's post: what waits in order, what may not wait, what no case has heard of yet.

    `done` are the ids of those lately dealt with.
    """

    v: ClassVar[int] = 1
    recipient: str
    waiting: tuple[Message, ...] = ()
    done: tuple[str, ...] = ()
    urgent: tuple[Message, ...] = ()
    unreported: tuple[Dead, ...] = ()


def upgrade(document: dict[str, Any]) -> dict[str, Any]:
    """Lift an older run's state to this version's form; wire's own upcasts come after it."""
    return document
