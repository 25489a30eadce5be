"""Oversight and the child's view: entries of their own, asked for, never scored (D42)."""

from dataclasses import dataclass
from datetime import datetime

from statemodel.attempt import Asked
from statemodel.case import OPEN_STAGES
from statemodel.command import Command, about
from statemodel.deadlines import Clock, settles, starts, starts_on
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, unchanged
from statemodel.pathway.tenures import OVERSIGHT
from statemodel.people import Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import DeadlineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOversight(Command):
    """Write down that a manager has looked at the case, and what she directs."""

    kind = "record_oversight"
    looked_at: str = about("What was looked at", "Plan and last review", limit=10_000)
    direction: str = about("What she directs", "Go on; see the child", default="", limit=10_000)
    next_look: datetime | None = about("When she looks again", None, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChildsView(Command):
    """Write down what the child says or shows, or why the child was not seen."""

    kind = "record_childs_view"
    child: str = about("Which child", "k-9f2c")
    view: str = about("In their own words, or what was observed", "Likes club", limit=10_000)
    was_seen: bool = about("The child was seen", True, default=True)
    spoken_to: bool = about("The child was spoken to", True, default=True)
    why_not: str = about("Why not, if not", "", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class OversightRecorded(Event):
    """A manager has looked, and says when she looks again."""

    kind = "oversight_recorded"
    by: str


@dataclass(frozen=True, slots=True)
class ChildsViewRecorded(Event):
    """What the child says or shows stands in the record, never scored."""

    kind = "childs_view_recorded"
    child: str
    seen: bool
    spoken_to: bool


BATON = Authority.BATON
NOTHING_LOOKED_AT = Unmet("nothing_looked_at", ("R328",), BATON)
OVERSIGHT_IS_PAST = Unmet("next_look_in_the_past", ("R328",), BATON, Strength.SENSE)
NOT_OF_THIS_CASE = Unmet("child_not_in_case", ("R1",), BATON, Strength.SENSE)
WHY_NOT_SEEN = Unmet("why_child_not_seen", ("R136",), Authority.NATIONAL_GUIDANCE, Strength.ASK_WHY)
MANAGERS = frozenset(
    {Role.LINE_MANAGER, Role.COORDINATOR, Role.EARLY_HELP_MANAGER, Role.DUTY_MANAGER}
)


def something_was_looked_at(asked: Asked[RecordOversight]) -> Unmet | None:
    return None if asked.command.looked_at.strip() else NOTHING_LOOKED_AT


def the_next_look_lies_ahead(asked: Asked[RecordOversight]) -> Unmet | None:
    at = asked.command.next_look
    return OVERSIGHT_IS_PAST if at and at <= asked.happened_at else None


def the_child_is_of_this_case(asked: Asked[RecordChildsView]) -> Unmet | None:
    return None if asked.command.child in asked.case.children else NOT_OF_THIS_CASE


def it_is_said_why_not(asked: Asked[RecordChildsView]) -> Unmet | None:
    command = asked.command
    silent = not (command.was_seen and command.spoken_to) and not command.why_not.strip()
    return WHY_NOT_SEEN if silent else None


def _oversees(asked: Asked[RecordOversight]) -> tuple[Event, ...]:
    who = asked.answers_for
    period = asked.case.pack.clocks.oversight
    clock = Clock(DeadlineKind.OVERSIGHT, OVERSIGHT, Person(who), period)
    at = asked.command.next_look
    following = starts_on(asked, clock, at) if at else starts(asked, clock, asked.context.now)
    return OversightRecorded(who), *settles(asked, OVERSIGHT), following


def _views(asked: Asked[RecordChildsView]) -> tuple[Event, ...]:
    command = asked.command
    return (ChildsViewRecorded(command.child, command.was_seen, command.spoken_to),)


CHAPTER = Chapter(
    rows=(
        Row(
            RecordOversight,
            MachineName.STAGE,
            OPEN_STAGES,
            None,
            ("R133", "R328"),
            needs=(something_was_looked_at, the_next_look_lies_ahead),
        ),
        Row(
            RecordChildsView,
            MachineName.STAGE,
            OPEN_STAGES,
            None,
            ("R6", "R136"),
            needs=(the_child_is_of_this_case, it_is_said_why_not),
        ),
    ),
    happens={RecordOversight: _oversees, RecordChildsView: _views},
    folds={OversightRecorded: unchanged, ChildsViewRecorded: unchanged},
    roles={RecordOversight: MANAGERS, RecordChildsView: CASEWORK},
)
