"""The plan a family and its practitioners make: meetings, needs, actions and who signed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.people import Holder
from statemodel.working_days import Due


class MeetingState(StrEnum):
    NONE = "none"
    CALLED = "called"
    HELD = "held"
    DID_NOT_HAPPEN = "did_not_happen"


class MeetingKind(StrEnum):
    """First TAF, a review, or one to allocate a lead (R57, R134, R160)."""

    FIRST = "first"
    REVIEW = "review"
    ALLOCATE = "allocate"


class Attendance(StrEnum):
    """Each invited person came, was represented, sent apologies, or was absent (R60)."""

    ATTENDED = "attended"
    REPRESENTED = "represented"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A Team Around the Family meeting; `at` is when it is or was held (UTC)."""

    kind: ClassVar[str] = "meeting"
    id: str
    version: int
    state: MeetingState
    what: MeetingKind
    at: datetime
    convenor: str
    invited: tuple[str, ...] = ()
    chair: str | None = None
    note_taker: str | None = None
    plan_keeper: str | None = None

    @property
    def live(self) -> bool:
        return self.state in (MeetingState.CALLED, MeetingState.HELD)


@dataclass(frozen=True, slots=True)
class Need:
    """One need in order of priority; `whose` is a child or an adult of the family (R63, R67)."""

    kind: ClassVar[str] = "need"
    id: str
    whose: str
    priority: int
    met: bool = False

    @property
    def live(self) -> bool:
        return not self.met


class ActionState(StrEnum):
    NONE = "none"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """Who does what by when, for which need; conditional, bounded, recurring where said (R65, R66).

    A conditional action waits for the family's wish and is never overdue before it.
    """

    kind: ClassVar[str] = "action"
    id: str
    version: int
    state: ActionState
    owner: Holder
    by_family: bool
    need: str
    due: Due | None = None
    conditional: bool = False
    from_at: datetime | None = None
    until: datetime | None = None
    every_days: int = 0

    @property
    def live(self) -> bool:
        return self.state is ActionState.OPEN


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody signed the plan, or would not; neither stops it (R63, C45)."""

    kind: ClassVar[str] = "signature"
    id: str
    who: str
    signed: bool
    plan: int
    at: datetime

    live: ClassVar[bool] = False
