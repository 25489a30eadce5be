"""A worked case as it was read from its file, and what came of playing it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rehearsals.lines import Lines
from statemodel import Actor, Facts, Pack
from statemodel.calendar import Calendar
from statemodel.commands import AnyCommand


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file: where, and what it says of it."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class RehearsalError(Exception):
    """A file that cannot be played; `problems` holds everything wrong with it, by line."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Asking:
    """A command put to the case. `newest` names fields left out: the newest thing, as it stands."""

    command: AnyCommand
    by: Actor
    id: str
    received_at: datetime
    facts: Facts
    newest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One moment (UTC): perhaps somebody asks something, perhaps the case is looked at.

    `refused` holds reason codes, empty when the asking is to be accepted; `departs` those of the
    rules it departs from.
    """

    number: int
    at: datetime
    asking: Asking | None = None
    refused: tuple[str, ...] = ()
    departs: tuple[str, ...] = ()
    repeat: bool = False
    restart_worker: bool = False
    expect: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A story told in steps, under one policy and calendar."""

    path: Path
    title: str
    story: str
    rules: tuple[str, ...]
    pack: Pack
    calendar: Calendar
    steps: tuple[Step, ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Failure:
    """What was not as the file says, and the line that says so."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rehearsal went; `transcript` tells what happened, a line each."""

    path: Path
    title: str
    passed: bool
    failures: tuple[Failure, ...]
    seconds: float
    transcript: tuple[str, ...]
