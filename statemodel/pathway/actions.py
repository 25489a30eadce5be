"""Actions begin, are done or are set aside; their owners are asked, never the lead (R65, R119)."""

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
from statemodel.pathway.action_clocks import a_sound_day, day_of, next_day, watches
from statemodel.pathway.tasks import leads_now
from statemodel.people import Person
from statemodel.planning import Action, ActionState, OwnerKind
from statemodel.refusal import Authority, Strength, Unmet


class Aside(StrEnum):
    """Why an action is not carried out."""

    NOT_NEEDED = "not_needed"
    FAMILY_DECLINED = "family_declined"
    PASSED_ON = "passed_on"
    NOT_POSSIBLE = "not_possible"
    OTHER = "other"


DROPPED = (Aside.NOT_NEEDED, Aside.FAMILY_DECLINED, Aside.PASSED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginAction(Command):
    """Say that an action that waited begins: the family wishes it, or its time has come."""

    kind = "begin_action"
    thing = "action"
    action: str = about("The action that begins", "a5.1")
    seen: int = about("The version of it the person saw", 5)
    wished_by: str = about("Who of the family wishes it, by id", "f-parent", default="")
    by: date | None = about("By which day it is done", "2026-04-01", default=None)


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
class ActionBegun(Event):
    """It waits no longer; `by` is the day its owner has it done by, if one was agreed."""

    kind = "action_begun"
    action: str
    by: date | None = None


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
NO_WISH = Unmet("family_wish_not_recorded", ("R66",), BATON, Strength.ASK_WHY)
ODD_DAY = Unmet("day_makes_no_sense", ("R65",), BATON, Strength.SENSE)


def action_of(asked: Asked[object]) -> Action:
    assert isinstance(asked.thing, Action)
    return asked.thing


def it_is_theirs_to_say(asked: Asked[object]) -> Unmet | None:
    """Its owner, whoever leads, or anybody at casework, who may have heard of it (R118, R119)."""
    owner = action_of(asked).owner
    roles = set(asked.actor.roles) if asked.actor else set()
    mine = owner in (asked.answers_for, asked.context.by.id)
    return None if mine or roles & CASEWORK or leads_now(asked) else NOT_THEIRS


def the_family_wishes_it(asked: Asked[BeginAction]) -> Unmet | None:
    unsaid = action_of(asked).condition and not asked.command.wished_by
    return NO_WISH if unsaid else None


def the_day_lies_ahead(asked: Asked[BeginAction]) -> Unmet | None:
    day = asked.command.by
    return None if day is None or a_sound_day(asked, day) else ODD_DAY


def it_recurs(asked: Asked[object]) -> bool:
    return action_of(asked).every_weeks is not None


def it_is_done_once(asked: Asked[object]) -> bool:
    return not it_recurs(asked)


def it_is_dropped(asked: Asked[SetActionAside]) -> bool:
    return asked.command.reason in DROPPED


def it_was_not_done(asked: Asked[SetActionAside]) -> bool:
    return not it_is_dropped(asked)


def _begins(asked: Asked[BeginAction]) -> tuple[Event, ...]:
    held = action_of(asked)
    today = day_of(asked.case, asked.happened_at)
    by = asked.command.by or held.by or next_day(held, today)
    begun = replace(held, state=ActionState.OPEN, by=by)
    return ActionBegun(held.id, by), *settles(asked, held.id), *watches(asked, begun)


def _completes(asked: Asked[CompleteAction]) -> tuple[Event, ...]:
    held = action_of(asked)
    following = next_day(held, day_of(asked.case, asked.happened_at))
    done = ActionCompleted(held.id, following), *settles(asked, held.id)
    again = replace(held, state=ActionState.OPEN, by=following)  # what was done has begun
    return (*done, *watches(asked, again)) if following else done


def _sets_aside(asked: Asked[SetActionAside]) -> tuple[Event, ...]:
    held = action_of(asked)
    return ActionSetAside(held.id, asked.command.reason), *settles(asked, held.id)


def _fold_begun(case: Case, event: ActionBegun, entry: Entry) -> Case:
    held = case.thing(Action, event.action)
    return put(case, replace(held, by=event.by)) if held else case


def _fold_completed(case: Case, event: ActionCompleted, entry: Entry) -> Case:
    """What recurs stays open, as a newer version: two people do not both count one time."""
    held = case.thing(Action, event.action)
    if held is None or event.next_by is None:
        return case
    return put(case, replace(held, by=event.next_by, version=entry.version))


def _tell_begun(case: Case, event: ActionBegun, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Action, event.action)
    theirs = held is not None and held.owner_kind is OwnerKind.PRACTITIONER and held.owner
    to = Person(held.owner) if held and theirs else None
    return (Tell(to, "action_begun", event.action),) if to else ()


def _tell_completed(case: Case, event: ActionCompleted, entry: Entry) -> tuple[Tell, ...]:
    """Practitioners' news reach the lead without the lead having to ask (R119)."""
    to = case.standing.responsible
    return (Tell(to, "action_completed", event.action),) if isinstance(to, Person) else ()


def _tell_aside(case: Case, event: ActionSetAside, entry: Entry) -> tuple[Tell, ...]:
    to = case.standing.responsible
    return (Tell(to, "action_set_aside", event.action),) if isinstance(to, Person) else ()


_BEGIN = Row(
    BeginAction,
    MachineName.ACTION,
    (ActionState.WAITING,),
    ActionState.OPEN,
    ("R66",),
    asks=(it_is_theirs_to_say,),
    needs=(the_family_wishes_it, the_day_lies_ahead),
)
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
        _BEGIN,
        _DONE,
        replace(_AGAIN, source=(ActionState.WAITING,), to=ActionState.OPEN),
        _AGAIN,
        _ASIDE,
        replace(_ASIDE, to=ActionState.NOT_DONE, when=(it_was_not_done,)),
    ),
    happens={BeginAction: _begins, CompleteAction: _completes, SetActionAside: _sets_aside},
    folds={
        ActionBegun: _fold_begun,
        ActionCompleted: _fold_completed,
        ActionSetAside: unchanged,
    },
    tells={
        ActionBegun: _tell_begun,
        ActionCompleted: _tell_completed,
        ActionSetAside: _tell_aside,
    },
)
