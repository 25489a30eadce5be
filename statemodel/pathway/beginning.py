"""An action that waited begins: its owner has a day from now on, and is told of it (R65, R66)."""

from dataclasses import dataclass, replace
from datetime import date

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.action_clocks import a_sound_day, day_of, next_day, watches
from statemodel.pathway.actions import action_of, it_is_theirs_to_say
from statemodel.people import Person
from statemodel.planning import Action, ActionState, OwnerKind
from statemodel.refusal import Authority, Strength, Unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginAction(Command):
    """Say that an action that waited begins: the family wishes it, or its time has come."""

    kind = "begin_action"
    thing = "action"
    action: str = about("The action that begins", "a5.1")
    seen: int = about("The version of it the person saw", 5)
    wished_by: str = about("Who of the family wishes it, by id", "f-parent", default="")
    by: date | None = about("By which day it is done", "2026-04-01", default=None)


@dataclass(frozen=True, slots=True)
class ActionBegun(Event):
    """It waits no longer; `by` is the day its owner has it done by, if one was agreed."""

    kind = "action_begun"
    action: str
    by: date | None = None


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NO_WISH = Unmet("family_wish_not_recorded", ("R66",), BATON, Strength.ASK_WHY)
ODD_DAY = Unmet("day_makes_no_sense", ("R65",), BATON, Strength.SENSE)
NO_DAY = Unmet("action_without_a_day", ("R65", "R66"), NATIONAL, Strength.ASK_WHY)


def the_family_wishes_it(asked: Asked[BeginAction]) -> Unmet | None:
    unsaid = action_of(asked).condition and not asked.command.wished_by
    return NO_WISH if unsaid else None


def the_day_lies_ahead(asked: Asked[BeginAction]) -> Unmet | None:
    day = asked.command.by
    return None if day is None or a_sound_day(asked, day) else ODD_DAY


def somebody_owes_it_by_a_day(asked: Asked[BeginAction]) -> Unmet | None:
    """What a practitioner has begun is owed by a day; the family's is never counted (R65, R77)."""
    theirs = action_of(asked).owner_kind is OwnerKind.PRACTITIONER
    return NO_DAY if theirs and _day(asked) is None else None


def _day(asked: Asked[BeginAction]) -> date | None:
    held = action_of(asked)
    today = day_of(asked.case, asked.happened_at)
    return asked.command.by or held.by or next_day(held, today)


def _begins(asked: Asked[BeginAction]) -> tuple[Event, ...]:
    held, by = action_of(asked), _day(asked)
    begun = replace(held, state=ActionState.OPEN, by=by)
    return ActionBegun(held.id, by), *settles(asked, held.id), *watches(asked, begun)


def _fold_begun(case: Case, event: ActionBegun, entry: Entry) -> Case:
    held = case.thing(Action, event.action)
    return put(case, replace(held, by=event.by)) if held else case


def _tell_begun(case: Case, event: ActionBegun, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Action, event.action)
    theirs = held is not None and held.owner_kind is OwnerKind.PRACTITIONER and held.owner
    to = Person(held.owner) if held and theirs else None
    return (Tell(to, "action_begun", event.action),) if to else ()


CHAPTER = Chapter(
    rows=(
        Row(
            BeginAction,
            MachineName.ACTION,
            (ActionState.WAITING,),
            ActionState.OPEN,
            ("R66",),
            asks=(it_is_theirs_to_say,),
            needs=(the_family_wishes_it, the_day_lies_ahead, somebody_owes_it_by_a_day),
        ),
    ),
    happens={BeginAction: _begins},
    folds={ActionBegun: _fold_begun},
    tells={ActionBegun: _tell_begun},
)
