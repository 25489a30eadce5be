"""The plan a meeting makes, and its actions: who does what by when, some of them the family's."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.assessing import Document


class PlanState(StrEnum):
    NONE = "none"
    AGREED = "agreed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the newest meeting agreed; `number` counts the plan's versions (R21, R63)."""

    kind: ClassVar[str] = "plan"
    id: str
    version: int
    state: PlanState
    held_at: datetime
    number: int = 1
    priorities: tuple[str, ...] = ()
    document: Document | None = None
    agreed_all: bool = True

    @property
    def live(self) -> bool:
        return self.state is PlanState.AGREED


class ActionState(StrEnum):
    """Where an action stands; `waiting` for the family's wish or for its time (R66)."""

    NONE = "none"
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


class OwnerKind(StrEnum):
    """Whose action it is; the family's are never chased (R77)."""

    PRACTITIONER = "practitioner"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Action:
    """One agreed action: its owner, by when, and whether it waits, recurs or has an end (R65, R66).

    Its words stand in the entry that agreed it; `every_weeks` is how often it recurs.
    """

    kind: ClassVar[str] = "action"
    id: str
    version: int
    state: ActionState
    owner: str
    owner_kind: OwnerKind
    by: date | None
    children: tuple[str, ...] = ()
    condition: bool = False
    since: date | None = None
    every_weeks: int | None = None

    @property
    def live(self) -> bool:
        return self.state in (ActionState.WAITING, ActionState.OPEN)
