"""An action's clock runs with whoever owns it, never with the lead; the family's has none (R77)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from statemodel.attempt import Asked
from statemodel.calendar import instant, local
from statemodel.case import Case
from statemodel.deadlines import Clock, DeadlineSet, desk, put, starts_on
from statemodel.entry import Entry
from statemodel.people import Holder, Person, Role
from statemodel.planning import Action, ActionState, OwnerKind, Plan, PlanState
from statemodel.refusal import Authority, Unmet
from statemodel.things import DeadlineKind
from statemodel.working_days import Period, Unit

ZERO = Period(0, Unit.MINUTES)
DAY_ENDS = time(23, 59)
BEFOREHAND = Period(2, Unit.WORKING_DAYS_BEFORE)  # the owner is told, so that nobody chases (R119)
FARTHEST = timedelta(days=3653)
ACTIONS_OPEN = Unmet("actions_open", ("R184",), Authority.BATON)


def watches(asked: Asked[object], action: Action, tag: str = "") -> tuple[DeadlineSet, ...]:
    """Return the owner's clock to the end of the local day agreed; the family has none (R77)."""
    if action.owner_kind is OwnerKind.FAMILY or action.due is None:
        return ()
    coordinator = desk(asked.case, Role.COORDINATOR)
    owner: Holder = Person(action.owner) if action.owner else coordinator
    clock = Clock(DeadlineKind.ACTION, action.id, owner, ZERO, BEFOREHAND, tag=tag)
    return (starts_on(asked, clock, end_of(asked.case, action.due)),)


def end_of(case: Case, day: date) -> datetime:
    """Return the instant (UTC) at which a local day is over."""
    return instant(case.calendar, day, DAY_ENDS)


def day_of(case: Case, moment: datetime) -> date:
    return local(case.calendar, moment).date()


def next_day(action: Action, today: date) -> date | None:
    """Return the next day of what recurs that still lies ahead; None for what does not recur."""
    if action.every_weeks is None:
        return None
    step = timedelta(weeks=action.every_weeks)
    first = action.by or today
    missed = max(0, (today - first) // step)
    return first + (missed + 1) * step


def a_sound_day(asked: Asked[object], day: date) -> bool:
    """Whether a day agreed is not over already, and within ten years of when it was agreed."""
    today = day_of(asked.case, asked.happened_at)
    return today <= day <= today + FARTHEST


def every_action_is_settled(asked: Asked[object]) -> Unmet | None:
    """What practitioners have in hand is said first; the family's hinders nothing (R77, R184)."""
    named = [one.id for one in asked.case.every(Action) if in_hand(one)]
    return ACTIONS_OPEN.about(actions=", ".join(named)) if named else None


def in_hand(action: Action) -> bool:
    return action.state is ActionState.OPEN and action.owner_kind is OwnerKind.PRACTITIONER


def ended_with_help(case: Case, entry: Entry) -> Case:
    """Return the case with its plan ended, and what nobody settled: it was not done (R184)."""
    for action in case.every(Action):
        if action.live:
            state = ActionState.NOT_DONE if in_hand(action) else ActionState.DROPPED
            case = put(case, replace(action, state=state, version=entry.version))
    for plan in case.every(Plan):
        if plan.live:
            case = put(case, replace(plan, state=PlanState.ENDED, version=entry.version))
    return case
