"""The plan a meeting makes, and its actions: who does what by when, some of them the family's."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.assessing import Document
from statemodel.command import about


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


class Invitee(StrEnum):
    """As what somebody was asked to come to a meeting (R60, R61)."""

    PRACTITIONER = "practitioner"
    FAMILY = "family"
    CHILD = "child"


class Came(StrEnum):
    """Whether somebody who was asked to a meeting was there (R60)."""

    ATTENDED = "attended"
    REPRESENTED = "represented"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person who was asked to come, and whether they came."""

    who: str = about("Who was asked, by id", "p-sam")
    kind: Invitee = about("As what", "practitioner")
    came: Came = about("Whether they came", "attended")
    agency: str = about("Whom they work for", "a-school", default="")
    represented_by: str = about("Who spoke for them", "f-aunt", default="")

    @property
    def heard(self) -> bool:
        return self.came in (Came.ATTENDED, Came.REPRESENTED)


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether somebody signed the plan, and if not, why (R63)."""

    who: str = about("Who was asked to sign, by id", "f-parent")
    signed: bool = about("They signed", True)
    why_not: str = about("Why not, if not", "Wants to read it first", default="")


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """One action as the meeting worded it; no children named means it is for the adults (R67)."""

    what: str = about("What is to be done", "Developmental check, and a nursery place")
    owner: str = about("Whose it is, by id", "p-sam", default="")
    owner_kind: OwnerKind = about(
        "A practitioner's or the family's", "practitioner", default=OwnerKind.PRACTITIONER
    )
    by: date | None = about("By which day", "2026-03-02", default=None)
    children: tuple[str, ...] = about("For which children", ["k-9f2c"], default=())
    outcome: str = about("What it is to bring about", "Ready for school", default="")
    only_if: str = about("Only if what is so", "Only if Diane wants it", default="")
    since: date | None = about("Not before which day", "2026-09-02", default=None)
    every_weeks: int | None = about("Every how many weeks, if again and again", 2, default=None)


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

    @property
    def due(self) -> date | None:
        """The day by which its owner has begun it, or done it; what waits for a wish has none."""
        if self.state is ActionState.WAITING:
            return None if self.condition else self.since
        return self.by
