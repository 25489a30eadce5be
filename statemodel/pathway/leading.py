"""Leading over time: planned starts, leaving, and a family's wish for another (R144–R152)."""

from dataclasses import dataclass
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Automatic, Command, about
from statemodel.deadlines import Clock, desk, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.tenures import (
    LeadEnded,
    ResponsibilityPassed,
    takes_over,
)
from statemodel.pathway.vacancy import wants_a_lead
from statemodel.people import Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadState
from statemodel.things import Deadline, DeadlineKind, Task, TaskKind, TaskState


class Reason(StrEnum):
    """Why a lead changes or ends (R145)."""

    NEEDS_CHANGED = "needs_changed"
    ROLE_CHANGE = "role_change"
    LEAVING_EMPLOYMENT = "leaving_employment"
    FAMILY_DISENGAGED = "family_disengaged"
    TRUST_LOST = "trust_lost"
    FAMILY_REQUEST = "family_request"
    KEY_TRANSITION = "key_transition"
    PLANNED_INTERIM = "planned_interim"
    CAPACITY = "capacity"
    OTHER_LEAVING = "other_leaving"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPlannedLead(Automatic):
    """The day people agreed has come: carry out what they decided (practice D5)."""

    kind = "start_planned_lead"
    thing = "lead"
    lead: str = about("The planned lead", "l9")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLead(Command):
    """Say that somebody leads no longer, and nobody has taken over yet."""

    kind = "end_lead"
    thing = "lead"
    lead: str = about("The lead that ends", "l9")
    seen: int = about("The version of it the person saw", 9)
    reason: Reason = about("Why it ends", "leaving_employment")
    note: str = about("What else there is to say", "Leaves on Friday", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange(Command):
    """Pass on that child or family want somebody else to lead; nobody can refuse it (R152)."""

    kind = "request_change"
    by_whom: str = about("Who of the family asks, by id", "f-parent")
    why: str = about("In their own words", "We do not get on", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class ChangeRequested(Event):
    kind = "change_requested"
    task: Task


BATON = Authority.BATON
NOT_YET = Unmet("not_yet_due", ("R148", "R298"), BATON, Strength.SENSE)


def lead_of(asked: Asked[object]) -> Lead:
    assert isinstance(asked.thing, Lead)
    return asked.thing


def the_day_has_come(asked: Asked[object]) -> Unmet | None:
    return None if asked.context.now >= lead_of(asked).since else NOT_YET


def _starts(asked: Asked[StartPlannedLead]) -> tuple[Event, ...]:
    lead = lead_of(asked)
    return *settles(asked, lead.id), *takes_over(asked, lead)


def _ends(asked: Asked[EndLead]) -> tuple[Event, ...]:
    lead, now = lead_of(asked), asked.context.now
    ended = LeadEnded(lead.id, now, asked.command.reason.value)
    coordinator = desk(asked.case, Role.COORDINATOR)
    held = asked.case.standing.responsible == Person(lead.person)
    passed = (ResponsibilityPassed(coordinator, accepted=False),) if held else ()
    return ended, *passed, *settles(asked, lead.id), *wants_a_lead(asked)


def _requests(asked: Asked[RequestChange]) -> tuple[Event, ...]:
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.CHANGE_REQUESTED,
        owner=desk(asked.case, Role.COORDINATOR),
        about=(asked.command.by_whom,),
    )
    period = asked.case.pack.clocks.lead_wanted
    clock = Clock(DeadlineKind.TASK, task.id, task.owner, period)
    return ChangeRequested(task), starts(asked, clock, asked.context.now)


def _fold_requested(case: Case, event: ChangeRequested, entry: Entry) -> Case:
    return put(case, event.task)


def _tell_requested(case: Case, event: ChangeRequested, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.task.owner, "change_requested", event.task.id),)


def _start_due(deadline: Deadline) -> StartPlannedLead:
    return StartPlannedLead(lead=deadline.about)


_END = Row(
    EndLead,
    MachineName.LEAD,
    (LeadState.CURRENT,),
    LeadState.ENDED,
    ("T31", "R145", "R146", "R151"),
    asks=(the_case_is_open,),
)
CHAPTER = Chapter(
    rows=(
        Row(
            StartPlannedLead,
            MachineName.LEAD,
            (LeadState.PLANNED,),
            LeadState.CURRENT,
            ("T22", "R148", "R151"),
            asks=(the_day_has_come,),
        ),
        _END,
        Row(
            RequestChange,
            MachineName.TASK,
            (TaskState.NONE,),
            TaskState.OPEN,
            ("R152",),
            asks=(the_case_is_open,),
        ),
    ),
    happens={
        StartPlannedLead: _starts,
        EndLead: _ends,
        RequestChange: _requests,
    },
    folds={ChangeRequested: _fold_requested},
    tells={ChangeRequested: _tell_requested},
    roles={EndLead: CASEWORK, RequestChange: CASEWORK},
    due={DeadlineKind.LEAD_STARTS: _start_due},
)
