"""Leading over time: planned starts, leaving, and a family's wish for another (R144–R152)."""

from dataclasses import dataclass

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import OPEN_STAGES, Case
from statemodel.command import Automatic, Command, about
from statemodel.deadlines import desk, in_hands_of, put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.tenures import (
    LeadEnded,
    ResponsibilityPassed,
    meetings_pass_to,
    takes_over,
)
from statemodel.pathway.vacancy import wants_a_lead, wants_one_still
from statemodel.people import Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadState, Reason
from statemodel.things import Deadline, DeadlineKind, DeadlineState, Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPlannedLead(Automatic):
    """The day people agreed has come: carry out what they decided (practice D5)."""

    kind = "start_planned_lead"
    thing = "lead"
    lead: str = about("The planned lead", "l9")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLead(Command):
    """Say that somebody leads no longer, or is not to lead after all; nobody has taken over."""

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
    """The co-ordinator's desk has it in hand; it stands until others than the lead answer it."""

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
    """Nobody who has left stays responsible: the desk holds it, and nobody has accepted (D20)."""
    lead, now = lead_of(asked), asked.context.now
    ended = LeadEnded(lead.id, now, asked.command.reason)
    clocks = settles(asked, lead.id, DeadlineState.WITHDRAWN)
    if not lead.current:
        return ended, *clocks, *wants_one_still(asked)
    coordinator = desk(asked.case, Role.COORDINATOR)
    others = (one for one in asked.case.every(Lead) if one.current and one.id != lead.id)
    goes_on = any(one.person == lead.person for one in others)
    held = asked.case.standing.responsible == Person(lead.person) and not goes_on
    passed = (ResponsibilityPassed(coordinator, accepted=False),) if held else ()
    review = meetings_pass_to(asked, coordinator if held else in_hands_of(asked.case))
    return ended, *passed, *clocks, *review, *wants_a_lead(asked)


def _requests(asked: Asked[RequestChange]) -> tuple[Event, ...]:
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.CHANGE_REQUESTED,
        owner=desk(asked.case, Role.COORDINATOR),
        about=(asked.command.by_whom,),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.lead_wanted)
    return ChangeRequested(task), *clock


def _fold_requested(case: Case, event: ChangeRequested, entry: Entry) -> Case:
    return put(case, event.task)


def _tell_requested(case: Case, event: ChangeRequested, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.task.owner, "change_requested", event.task.id),)


def _start_due(deadline: Deadline) -> StartPlannedLead:
    return StartPlannedLead(lead=deadline.about)


_END = Row(
    EndLead,
    MachineName.LEAD,
    (LeadState.PLANNED, LeadState.CURRENT),
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
        Row(RequestChange, MachineName.STAGE, OPEN_STAGES, None, ("R152",)),
    ),
    happens={
        StartPlannedLead: _starts,
        EndLead: _ends,
        RequestChange: _requests,
    },
    folds={ChangeRequested: _fold_requested},
    tells={ChangeRequested: _tell_requested},
    roles={EndLead: CASEWORK},
    due={DeadlineKind.LEAD_STARTS: _start_due},
)
