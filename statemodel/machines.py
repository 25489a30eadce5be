"""The machines by name: their states, the thing each moves, and the letter it is named by."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from statemodel.assessing import Assessment, AssessmentState
from statemodel.case import Stage
from statemodel.law import MachineName
from statemodel.planning import Action, ActionState, Plan, PlanState
from statemodel.tenure import Lead, LeadState, Nomination, NominationState
from statemodel.things import Task, TaskState


@dataclass(frozen=True, slots=True)
class Kind:
    """A machine's states; for a thing's machine also the thing's class and its letter."""

    states: type[StrEnum]
    thing: type[Any] | None = None
    letter: str = ""


KINDS: dict[MachineName, Kind] = {
    MachineName.STAGE: Kind(Stage),
    MachineName.NOMINATION: Kind(NominationState, Nomination, "n"),
    MachineName.LEAD: Kind(LeadState, Lead, "l"),
    MachineName.TASK: Kind(TaskState, Task, "t"),
    MachineName.ASSESSMENT: Kind(AssessmentState, Assessment, "s"),
    MachineName.PLAN: Kind(PlanState, Plan, "p"),
    MachineName.ACTION: Kind(ActionState, Action, "a"),
}
