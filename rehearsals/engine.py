"""What an engine must be able to do with one case, and what it shows of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rehearsals.rehearsal import Asking
from statemodel import Case, Entry, Message


@dataclass(frozen=True, slots=True)
class Sight:
    """The case, what the journal holds of it, and what was handed on to be sent, in order."""

    case: Case
    entries: tuple[Entry, ...]
    told: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an asking: the entry's version, or every reason's code."""

    version: int = 0
    repeat: bool = False
    refused: tuple[str, ...] = ()


class Played(Protocol):
    """One case under way on an engine, at its own place in time."""

    async def pass_to(self, moment: datetime, *, restart_worker: bool = False) -> None:
        """Let time pass; whatever is due by then, or at that very moment, is done first."""
        ...

    async def ask(self, asking: Asking) -> Answer:
        """Put a command to the case, now."""
        ...

    async def look(self) -> Sight:
        """Return how things stand once everything under way is done."""
        ...

    async def finish(self) -> tuple[str, ...]:
        """Return what is wrong with the history as a whole, in words; usually nothing."""
        ...


class Engine(Protocol):
    """Something that runs cases."""

    async def open(self, case: Case, secret: str, at: datetime) -> Played:
        """Begin a case of which nothing has happened yet."""
        ...


class Stopped(Exception):
    """The engine did not do what was asked of it; the text says what, and the rehearsal fails."""
