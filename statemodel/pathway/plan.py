"""The plan that stands, as the newest meeting of this episode of help made it (R63, C11)."""

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.planning import Plan
from statemodel.policy import Order
from statemodel.refusal import Authority, Strength, Unmet

NO_MEETING = Unmet(
    "no_meeting_held",
    ("T12", "R62", "R63", "R81", "C11"),
    Authority.NATIONAL_GUIDANCE,
    Strength.ASK_WHY,
)


def plan_of(case: Case) -> Plan | None:
    """Return the plan that stands; it ends with the episode of help it was made for."""
    return next((plan for plan in case.every(Plan) if plan.live), None)


def the_meeting_was_held(asked: Asked[object]) -> Unmet | None:
    """Where an assessment comes first, so does the meeting of this episode (T12, C11)."""
    first = asked.case.pack.order is Order.ASSESS_FIRST
    return NO_MEETING if first and plan_of(asked.case) is None else None
