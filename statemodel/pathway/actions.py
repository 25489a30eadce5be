"""Actions are done or set aside; their owners are asked, never the lead (R65, R119)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.action_clocks import day_of, next_day, watches
from statemodel.pathway.tasks import leads_now
from statemodel.people import Person
from statemodel.planning import Action, ActionState
from statemodel.refusal import Authority, Unmet
from statemodel.things import DeadlineState


class Aside(StrEnum):
    """Why an action is not carried out."""

    NOT_NEEDED = "not_needed"
    FAMILY_DECLINED = "family_declined"
    PASSED_ON = "passed_on"
    NOT_POSSIBLE = "not_possible"
    OTHER = "other"


DROPPED = (Aside.NOT_NEEDED, Aside.FAMILY_DECLINED, Aside.PASSED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteAction(Command):
    """Say that an action is done, or has been done this time."""

    kind = "complete_action"
    thing = "action"
    action: str = about("The action that is done", "a5.1")
    seen: int = about("The version of it the person saw", 5)
    note: str = about("What came of it", "A place from May", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetActionAside(Command):
    """Say that an action is not to be carried out after all, or could not be."""

    kind = "set_action_aside"
    thing = "action"
    action: str = about("The action that is set aside", "a5.1")
    seen: int = about("The version of it the person saw", 5)
    reason: Aside = about("Why", "not_needed")
    note: str = about("What else there is to say", "Found one herself", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class ActionCompleted(Event):
    """It is done; `next_by` is the day of the next time, where it recurs."""

    kind = "action_completed"
    action: str
    next_by: date | None = None


@dataclass(frozen=True, slots=True)
class ActionSetAside(Event):
    """It is not carried out, for the reason given."""

    kind = "action_set_aside"
    action: str
    reason: Aside


BATON = Authority.BATON
NOT_THEIRS = Unmet("not_your_action", ("R118", "R352"), BATON)


def action_of(asked: Asked[object]) -> Action:
    assert isinstance(asked.thing, Action)
    return asked.thing


def it_is_theirs_to_say(asked: Asked[object]) -> Unmet | None:
    """Its owner, whoever leads, or anybody at casework, who may have heard of it (R118, R119)."""
    owner = action_of(asked).owner
    roles = set(asked.actor.roles) if asked.actor else set()
    mine = owner in (asked.answers_for, asked.context.by.id)
    return None if mine or roles & CASEWORK or leads_now(asked) else NOT_THEIRS


def it_recurs(asked: Asked[object]) -> bool:
    return action_of(asked).every_weeks is not None


def it_is_done_once(asked: Asked[object]) -> bool:
    return not it_recurs(asked)


def it_is_dropped(asked: Asked[SetActionAside]) -> bool:
    return asked.command.reason in DROPPED


def it_was_not_done(asked: Asked[SetActionAside]) -> bool:
    return not it_is_dropped(asked)


def _completes(asked: Asked[CompleteAction]) -> tuple[Event, ...]:
    held = action_of(asked)
    following = next_day(held, day_of(asked.case, asked.happened_at))
    done = ActionCompleted(held.id, following), *settles(asked, held.id)
    again = replace(held, state=ActionState.OPEN, by=following)  # what was done has begun
    return (*done, *watches(asked, again)) if following else done


def _sets_aside(asked: Asked[SetActionAside]) -> tuple[Event, ...]:
    held = action_of(asked)
    ended = settles(asked, held.id, DeadlineState.WITHDRAWN)
    return ActionSetAside(held.id, asked.command.reason), *ended


def _fold_completed(case: Case, event: ActionCompleted, entry: Entry) -> Case:
    """What recurs stays open, as a newer version: two people do not both count one time."""
    held = case.thing(Action, event.action)
    if held is None or event.next_by is None:
        return case
    return put(case, replace(held, by=event.next_by, version=entry.version))


def _tell_completed(case: Case, event: ActionCompleted, entry: Entry) -> tuple[Tell, ...]:
    """Practitioners' news reach the lead without the lead having to ask (R119)."""
    to = case.standing.responsible
    return (Tell(to, "action_completed", event.action),) if isinstance(to, Person) else ()


def _tell_aside(case: Case, event: ActionSetAside, entry: Entry) -> tuple[Tell, ...]:
    to = case.standing.responsible
    return (Tell(to, "action_set_aside", event.action),) if isinstance(to, Person) else ()


_DONE = Row(
    CompleteAction,
    MachineName.ACTION,
    (ActionState.WAITING, ActionState.OPEN),
    ActionState.DONE,
    ("R65", "R118", "R119"),
    when=(it_is_done_once,),
    asks=(it_is_theirs_to_say,),
)
_AGAIN = replace(
    _DONE, source=(ActionState.OPEN,), to=None, rules=("R66", "R118", "R119"), when=(it_recurs,)
)
_ASIDE = Row(
    SetActionAside,
    MachineName.ACTION,
    (ActionState.WAITING, ActionState.OPEN),
    ActionState.DROPPED,
    ("R65", "R77", "R184"),
    when=(it_is_dropped,),
    asks=(it_is_theirs_to_say,),
)
CHAPTER = Chapter(
    rows=(
        _DONE,
        replace(_AGAIN, source=(ActionState.WAITING,), to=ActionState.OPEN),
        _AGAIN,
        _ASIDE,
        replace(_ASIDE, to=ActionState.NOT_DONE, when=(it_was_not_done,)),
    ),
    happens={CompleteAction: _completes, SetActionAside: _sets_aside},
    folds={
        ActionCompleted: _fold_completed,
        ActionSetAside: unchanged,
    },
    tells={
        ActionCompleted: _tell_completed,
        ActionSetAside: _tell_aside,
    },
)
