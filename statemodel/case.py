"""What the service knows about one family's case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, TypeVar

from statemodel.calendar import Calendar
from statemodel.people import Holder
from statemodel.policy import Pack
from statemodel.things import (
    LIVE_NOMINATIONS,
    Deadline,
    DeadlineState,
    Lead,
    Nomination,
    Task,
    TaskState,
    Thing,
)


class Stage(StrEnum):
    """The plan's stages (decision 4); one at a time, the table says how a case moves."""

    NONE = "none"
    IDENTIFIED = "identified"
    CHECKING = "checking"
    AGREEMENT = "agreement"
    ASSESSING = "assessing"
    TRIAGE = "triage"
    ROUTED = "routed"
    STEPPED_DOWN_IN = "stepped_down_in"
    PLANNING = "planning"
    IN_DELIVERY = "in_delivery"
    IN_REVIEW = "in_review"
    CLOSED = "closed"


OPEN_STAGES = tuple(stage for stage in Stage if stage not in (Stage.NONE, Stage.CLOSED))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the case stands and who is responsible; `accepted_at` says whether they said yes."""

    stage: Stage = Stage.NONE
    responsible: Holder | None = None
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    closed_because: str | None = None
    reopen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """What one entry replaced, so that a mistake can be struck as if it had never been (D22).

    `about` is the thing whose time had come, where the clock made the entry; it falls with it.
    """

    version: int
    command: str
    hat: str
    standing: Standing | None
    things: tuple[Thing, ...]
    born: tuple[str, ...]
    told: tuple[Holder, ...] = ()
    not_to: tuple[str, ...] = ()
    departures: int = 0
    struck: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One accepted command of a person or the post, so that twice is answered once (decision 6)."""

    command_id: str
    payload: str
    version: int
    at: datetime


KEPT_RECEIPTS = 256
KEPT_UNDOS = 64
KEPT_CHANGED = 64
KEPT_SETTLED = 40
KEPT_DEADLINES = 8
KEPT_LEADS = 16
KEPT_APART = 16
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case:
    """One family plan's case: bounded by construction (decision 6); `head` ends its chain."""

    v: ClassVar[int] = 1
    id: str
    pack: Pack
    calendar: Calendar
    edition: int
    episode: int = 1
    version: int = 0
    head: str = ""
    standing: Standing = Standing()
    children: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    opened_at: datetime | None = None
    ahead: timedelta = timedelta(0)
    departures: int = 0
    undos: tuple[Undo, ...] = ()
    ledger: tuple[Receipt, ...] = ()

    @property
    def stage(self) -> Stage:
        return self.standing.stage

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def rehearsal(self) -> bool:
        """Whether a rehearsal calendar or a shifted clock marks this case for ever (decision 9)."""
        return self.calendar.pace is not None or self.ahead != timedelta(0)

    def every(self, kind: type[T]) -> tuple[T, ...]:
        # Not isinstance, which in a workflow's sandbox takes ten times as long; things are final.
        return tuple(thing for thing in self.things if type(thing) is kind)

    def thing(self, kind: type[T], name: str) -> T | None:
        """Return the thing of that kind and name; None where there is none."""
        found = (t for t in self.things if t.id == name and isinstance(t, kind))
        return next(found, None)

    def newest(self, kind: type[T]) -> T | None:
        """Return the thing of that kind that was born last; None where there is none."""
        return next(reversed(self.every(kind)), None)

    def leads(self, child: str) -> tuple[Lead, ...]:
        """The tenures over one child that run or are planned, the earliest first (R1)."""
        mine = (lead for lead in self.every(Lead) if lead.live and child in lead.children)
        return tuple(sorted(mine, key=lambda lead: (lead.since, lead.id)))

    @property
    def vacant(self) -> tuple[str, ...]:
        """The children nobody leads for now (R160, T31)."""
        led = {child for lead in self.every(Lead) if lead.current for child in lead.children}
        return tuple(child for child in self.children if child not in led)

    @property
    def running(self) -> tuple[Deadline, ...]:
        """The running deadlines, the earliest due first."""
        mine = (d for d in self.every(Deadline) if d.state is DeadlineState.RUNNING)
        return tuple(sorted(mine, key=lambda deadline: (deadline.due.at, deadline.id)))

    @property
    def nominations(self) -> tuple[Nomination, ...]:
        """The nominations that still wait for something."""
        return tuple(n for n in self.every(Nomination) if n.state in LIVE_NOMINATIONS)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        return tuple(task for task in self.every(Task) if task.state is TaskState.OPEN)
