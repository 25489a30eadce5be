"""The things born in a case, each named `<letter><version>` after the entry that bore it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.assessing import Assessment, Checks, Sharing
from statemodel.people import Holder
from statemodel.planning import Action, Plan
from statemodel.tenure import (
    LIVE_NOMINATIONS,
    Agreement,
    AgreementAnswer,
    Form,
    Lead,
    Nomination,
    NominationState,
    Trusted,
)
from statemodel.working_days import Due

__all__ = [
    "LIVE_NOMINATIONS",
    "Agreement",
    "AgreementAnswer",
    "Assessment",
    "Checks",
    "Deadline",
    "DeadlineKind",
    "DeadlineState",
    "Form",
    "Lead",
    "Nomination",
    "NominationState",
    "Sharing",
    "Task",
    "TaskKind",
    "TaskState",
    "Thing",
]


class TaskKind(StrEnum):
    """What somebody must see to, beside the pathway."""

    CONCERN = "concern"
    TELL_BY_HAND = "tell_by_hand"
    PUT_RIGHT = "put_right"
    ASK_AGAIN = "ask_again"
    CHANGE_REQUESTED = "change_requested"
    TAKE_OVER = "take_over"
    SHARED_WITHOUT_AGREEMENT = "shared_without_agreement"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    MANAGER_ASKS = "manager_asks"
    ANSWER_CONTESTED = "answer_contested"


class TaskState(StrEnum):
    NONE = "none"
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

    @property
    def live(self) -> bool:
        return self.state is TaskState.OPEN


class DeadlineKind(StrEnum):
    AGREEMENT = "agreement"
    REAPPROACH = "reapproach"
    CHECKS = "checks"
    ASSESSMENT = "assessment"
    FRONT_DOOR = "front_door"
    ROUTE = "route"
    FIRST_MEETING = "first_meeting"
    MANAGER_ANSWER = "manager_answer"
    ARBITER_DECISION = "arbiter_decision"
    FAMILY_CONFIRMATION = "family_confirmation"
    REVIEW = "review"
    OVERSIGHT = "oversight"
    ACTION = "action"
    LEAD_WANTED = "lead_wanted"
    LEAD_STARTS = "lead_starts"
    COVER_ENDS = "cover_ends"
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
    def live(self) -> bool:
        return self.state is DeadlineState.RUNNING

    @property
    def next_at(self) -> datetime:
        """The next instant (UTC) at which the clock has something to do about it."""
        if self.remind_at and self.reminded_at is None and self.remind_at < self.due.at:
            return self.remind_at
        return self.due.at


Thing = (
    Agreement
    | Nomination
    | Lead
    | Task
    | Deadline
    | Checks
    | Sharing
    | Assessment
    | Plan
    | Action
    | Trusted
)
