"""The things born in a case, each named `<letter><version>` after the entry that bore it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.people import Holder
from statemodel.working_days import Due


class AgreementAnswer(StrEnum):
    AGREED = "agreed"
    REFUSED = "refused"


class Form(StrEnum):
    """How an answer was given: each form is its own dated record (R31)."""

    VERBAL = "verbal"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's agreement to take part, or refusal of it (R32–R34; practice D7)."""

    kind: ClassVar[str] = "agreement"
    id: str
    giver: str
    answer: AgreementAnswer
    form: Form
    at: datetime


class NominationState(StrEnum):
    """Where a proposal of a lead professional stands (T12–T16)."""

    NONE = "none"
    PROPOSED = "proposed"
    IN_DISCUSSION = "in_discussion"
    REFERRED = "referred"
    ASKED_LATE = "asked_late"
    AGREED = "agreed"


LIVE_NOMINATIONS = frozenset(NominationState) - {NominationState.NONE}


@dataclass(frozen=True, slots=True)
class Nomination:
    """A proposed lead for a set of children; `asked` is the manager the question went to (R93)."""

    kind: ClassVar[str] = "nomination"
    id: str
    version: int
    state: NominationState
    children: tuple[str, ...]
    nominee: str
    agency: str
    proposer: str
    asked: str
    deputy: str | None
    proposed_at: datetime
    due: Due
    asked_in_time: bool = True
    delivered: bool = True
    agreed_by: str | None = None
    agreed_at: datetime | None = None
    late: bool = False


class TaskKind(StrEnum):
    """What somebody must see to, beside the pathway."""

    CONCERN = "concern"
    TELL_BY_HAND = "tell_by_hand"
    PUT_RIGHT = "put_right"
    ASK_AGAIN = "ask_again"


class TaskState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Task:
    """Something with an owner and a clock; it outlives stage, closing and reopening.

    `not_to` are the people it is kept from, whichever desk they sit at (practice D3).
    """

    kind: ClassVar[str] = "task"
    id: str
    version: int
    state: TaskState
    what: TaskKind
    owner: Holder
    about: tuple[str, ...] = ()
    private: bool = False
    not_to: tuple[str, ...] = ()


class DeadlineKind(StrEnum):
    AGREEMENT = "agreement"
    REAPPROACH = "reapproach"
    FIRST_MEETING = "first_meeting"
    MANAGER_ANSWER = "manager_answer"
    ARBITER_DECISION = "arbiter_decision"
    FAMILY_CONFIRMATION = "family_confirmation"
    TASK = "task"
    FOLLOW_UP = "follow_up"


class DeadlineState(StrEnum):
    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is owed by whom and by when, explained (decision 11); `about` names the thing."""

    kind: ClassVar[str] = "deadline"
    id: str
    what: DeadlineKind
    about: str
    owner: Holder
    due: Due
    state: DeadlineState = DeadlineState.RUNNING
    remind_at: datetime | None = None
    reminded_at: datetime | None = None
    settled_at: datetime | None = None
    step: int = 0

    @property
    def next_at(self) -> datetime:
        """The next instant (UTC) at which the clock has something to do about it."""
        if self.remind_at and self.reminded_at is None and self.remind_at < self.due.at:
            return self.remind_at
        return self.due.at


Thing = Agreement | Nomination | Task | Deadline
