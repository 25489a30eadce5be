"""Tenures begin and end so that each child has one lead, without a gap or an overlap (R1, R151)."""

from dataclasses import dataclass, replace
from datetime import datetime

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.deadlines import Clock, put, settles, starts, starts_on
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, Tell
from statemodel.pathway.vacancy import LEAD
from statemodel.people import Holder, Person
from statemodel.tenure import Lead, LeadKind, LeadState
from statemodel.things import DeadlineKind
from statemodel.working_days import Period, Unit

REVIEW = "review"
ZERO = Period(0, Unit.MINUTES)


@dataclass(frozen=True, slots=True)
class LeadStarted(Event):
    """She leads from this moment, and whoever led these children before leads no longer."""

    kind = "lead_started"
    lead: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadEnded(Event):
    """A tenure is over; `because` is the reason code (R145), empty where a successor took over."""

    kind = "lead_ended"
    lead: str
    at: datetime
    because: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityPassed(Event):
    """Somebody else is responsible now; accepted by a person, or held by a desk meanwhile."""

    kind = "responsibility_passed"
    to: Holder
    accepted: bool


def begins(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Return what a lead's beginning brings: at once, or a clock for the day people agreed."""
    if lead.state is LeadState.PLANNED:
        clock = Clock(DeadlineKind.LEAD_STARTS, lead.id, Person(lead.person), ZERO)
        return (starts_on(asked, clock, lead.since),)
    return takes_over(asked, lead)


def takes_over(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Return the change of hands: predecessor ends exactly as the successor begins (R151)."""
    now = asked.context.now
    events: list[Event] = [LeadStarted(lead.id, now)]
    for earlier in asked.case.every(Lead):
        shared = set(earlier.children) & set(lead.children)
        if earlier.current and shared and earlier.id != lead.id:
            events.append(LeadEnded(earlier.id, now))
    if lead.what is not LeadKind.ACTING:
        events.append(ResponsibilityPassed(Person(lead.person), accepted=True))
    return *events, *settles(asked, LEAD), *first_review(asked, lead)


def first_review(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Delivery never goes on without a review date (R64, R139)."""
    if any(deadline.about == REVIEW for deadline in asked.case.running):
        return ()
    clock = Clock(DeadlineKind.REVIEW, REVIEW, Person(lead.person), asked.case.pack.clocks.review)
    return (starts(asked, replace(clock, step=2), asked.context.now),)


def _fold_started(case: Case, event: LeadStarted, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    return put(case, replace(lead, state=LeadState.CURRENT, since=event.at)) if lead else case


def _fold_ended(case: Case, event: LeadEnded, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    if lead is None:
        return case
    because = event.because or lead.because
    return put(case, replace(lead, state=LeadState.ENDED, ended_at=event.at, because=because))


def _fold_passed(case: Case, event: ResponsibilityPassed, entry: Entry) -> Case:
    accepted = entry.at if event.accepted else None
    standing = replace(case.standing, responsible=event.to, accepted_at=accepted)
    return replace(case, standing=standing)


def _tell_ended(case: Case, event: LeadEnded, entry: Entry) -> tuple[Tell, ...]:
    lead = case.thing(Lead, event.lead)
    return (Tell(Person(lead.person), "lead_ended", lead.id),) if lead else ()


CHAPTER = Chapter(
    rows=(),
    folds={
        LeadStarted: _fold_started,
        LeadEnded: _fold_ended,
        ResponsibilityPassed: _fold_passed,
    },
    tells={LeadEnded: _tell_ended},
)
