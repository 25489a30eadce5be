"""Tenures begin and end so that each child has one lead, without a gap or an overlap (R1, R151)."""

from dataclasses import dataclass, replace
from datetime import datetime

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.deadlines import (
    Clock,
    DeadlineSet,
    DeadlineSettled,
    desk,
    in_hands_of,
    put,
    settles,
    starts,
    starts_on,
)
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, Tell
from statemodel.pathway.vacancy import LEAD, wants_a_lead
from statemodel.people import Hat, Holder, Person, Role
from statemodel.tenure import Lead, LeadKind, LeadState, Reason
from statemodel.things import DeadlineKind, DeadlineState
from statemodel.working_days import Period, Unit

REVIEW, OVERSIGHT = "review", "oversight"
ZERO = Period(0, Unit.MINUTES)
CONVENED = (DeadlineKind.FIRST_MEETING, DeadlineKind.REVIEW)
PLANNED = (Stage.PLANNING, Stage.IN_DELIVERY, Stage.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class LeadStarted(Event):
    """She leads from this moment, and whoever led these children before leads them no longer."""

    kind = "lead_started"
    lead: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadEnded(Event):
    """A tenure is over; `because` (R145) is absent where a successor took over."""

    kind = "lead_ended"
    lead: str
    at: datetime
    because: Reason | None = None


@dataclass(frozen=True, slots=True)
class LeadNarrowed(Event):
    """Some children have another lead now; for the others she goes on leading."""

    kind = "lead_narrowed"
    lead: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponsibilityPassed(Event):
    """Somebody else is responsible now; accepted by a person, or held by a desk meanwhile."""

    kind = "responsibility_passed"
    to: Holder
    accepted: bool


def begins(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Return what a confirmed lead brings: at once, or a clock for the day people agreed."""
    looks = _looks_ahead(asked, lead)
    if lead.state is LeadState.PLANNED:
        clock = Clock(DeadlineKind.LEAD_STARTS, lead.id, Person(lead.person), ZERO)
        return starts_on(asked, clock, lead.since), *looks
    return *takes_over(asked, lead), *looks


def takes_over(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Return the change of hands: predecessor ends exactly as the successor begins (R151)."""
    at = _moment(asked, lead)
    changes: list[Event] = [LeadStarted(lead.id, at)]
    for earlier in before(asked.case, lead):
        kept = tuple(child for child in earlier.children if child not in lead.children)
        if kept:
            changes.append(LeadNarrowed(earlier.id, kept))
        else:
            changes.extend((LeadEnded(earlier.id, at), *settles(asked, earlier.id)))
    passed = *_passes_to(asked, lead), *meetings_pass_to(asked, _holder_after(asked, lead))
    return *changes, *passed, *_search_after(asked, lead), *_seen_coming(asked, lead)


def _search_after(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Somebody is looked for until no child is without a lead, or led only for now (R41, T31)."""
    if set(asked.case.vacant) - set(lead.children):
        return wants_a_lead(asked)
    confirmed = LeadKind.CONFIRMED
    firm = [one for one in asked.case.every(Lead) if one.current and one.what is confirmed]
    led = {child for one in (*firm, lead) for child in one.children}
    settled = lead.what is confirmed and set(asked.case.children) <= led
    return settles(asked, LEAD) if settled else ()


def before(case: Case, lead: Lead) -> tuple[Lead, ...]:
    """Return the tenures that run now over any child of the one to begin."""
    running = (one for one in case.every(Lead) if one.current and one.id != lead.id)
    return tuple(one for one in running if set(one.children) & set(lead.children))


def _moment(asked: Asked[object], lead: Lead) -> datetime:
    """The very instant people agreed, however late the clock comes to it, unless others led since.

    So a night in which everything is down makes no gap and moves no date (R148).
    """
    now = asked.context.now
    mine = (one for one in asked.case.every(Lead) if set(one.children) & set(lead.children))
    others = [one for one in mine if one.id != lead.id]
    touched = [one.ended_at or one.since for one in others if one.state is not LeadState.PLANNED]
    return now if any(moment > lead.since for moment in touched) else min(lead.since, now)


def _holder_after(asked: Asked[object], lead: Lead) -> Holder:
    """One person answers for the case: whoever leads for other children too goes on doing so."""
    holder, new = in_hands_of(asked.case), Person(lead.person)
    staying = {
        Person(one.person)
        for one in asked.case.every(Lead)
        if one.current and set(one.children) - set(lead.children)
    }
    return holder if holder in staying else new


def _passes_to(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    new = Person(lead.person)
    goes_on = _holder_after(asked, lead) != new
    return () if goes_on else (ResponsibilityPassed(new, accepted=True),)


def _seen_coming(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """An end agreed beforehand removes nobody; it is asked who is next (R148, R151)."""
    if lead.until is None:
        return ()
    owner, period = desk(asked.case, Role.COORDINATOR), asked.case.pack.clocks.follow_up
    clock = Clock(DeadlineKind.LEAD_WANTED, lead.id, owner, period, tag="next")
    return (starts(asked, clock, lead.until),)


def _looks_ahead(asked: Asked[object], lead: Lead) -> tuple[Event, ...]:
    """Delivery never goes on without a review and a manager's look (R64, R139; D42)."""
    clocks, case, now = asked.case.pack.clocks, asked.case, asked.context.now
    begins_now = lead.state is LeadState.CURRENT
    convenor = _holder_after(asked, lead) if begins_now else in_hands_of(case)
    manager = desk(case, Role.EARLY_HELP_MANAGER)
    look = Clock(DeadlineKind.OVERSIGHT, OVERSIGHT, manager, clocks.oversight, tag=OVERSIGHT)
    there = any(deadline.about == OVERSIGHT for deadline in case.running)
    seen = () if there else (starts(asked, look, now),)
    return *(_reviewed(asked, convenor) if _planning_has_begun(asked) else ()), *seen


def _planning_has_begun(asked: Asked[object]) -> bool:
    """Whether it has, or help begins with this very step."""
    stage = asked.case.stage
    return stage in PLANNED or any(stage in step.source for step in asked.row.also)


def _reviewed(asked: Asked[object], convenor: Holder) -> tuple[Event, ...]:
    if any(deadline.about == REVIEW for deadline in asked.case.running):
        return ()
    period = asked.case.pack.clocks.review
    clock = Clock(DeadlineKind.REVIEW, REVIEW, convenor, period, tag=REVIEW)
    return (starts(asked, clock, asked.context.now),)


def reviews_begin(asked: Asked[object]) -> tuple[Event, ...]:
    """Return the review owed as planning begins, where somebody has led since before (R41, R64)."""
    led = any(lead.live for lead in asked.case.every(Lead))
    return _reviewed(asked, in_hands_of(asked.case)) if led else ()


def meetings_pass_to(asked: Asked[object], convenor: Holder) -> tuple[Event, ...]:
    """Their days are kept, and whoever is responsible from now on convenes them (R134, C9)."""
    passed: list[Event] = []
    for held in asked.case.running:
        if held.what in CONVENED and held.owner != convenor:
            mine = replace(held, id=f"d{asked.version}.{held.what}", owner=convenor)
            over = DeadlineSettled(held.id, DeadlineState.WITHDRAWN, asked.context.now)
            passed.extend((over, DeadlineSet(mine)))
    return tuple(passed)


def _fold_started(case: Case, event: LeadStarted, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    return put(case, replace(lead, state=LeadState.CURRENT, since=event.at)) if lead else case


def _fold_ended(case: Case, event: LeadEnded, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    if lead is None:
        return case
    over = replace(lead, state=LeadState.ENDED, ended_at=event.at, cover=None)
    return put(case, replace(over, because=event.because or lead.because))


def _fold_narrowed(case: Case, event: LeadNarrowed, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    return put(case, replace(lead, children=event.children)) if lead else case


def _fold_passed(case: Case, event: ResponsibilityPassed, entry: Entry) -> Case:
    accepted = entry.at if event.accepted else None
    standing = replace(case.standing, responsible=event.to, accepted_at=accepted)
    return replace(case, standing=standing)


def _tell_started(case: Case, event: LeadStarted, entry: Entry) -> tuple[Tell, ...]:
    """On the day that was agreed beforehand; who begins at once has just been told so."""
    lead = case.thing(Lead, event.lead)
    if lead is None or entry.by.hat is not Hat.CLOCK:
        return ()
    told: tuple[Holder, ...] = (Person(lead.person), desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "lead_started", lead.id) for holder in told)


def _tell_ended(case: Case, event: LeadEnded, entry: Entry) -> tuple[Tell, ...]:
    lead = case.thing(Lead, event.lead)
    return (Tell(Person(lead.person), "lead_ended", lead.id),) if lead else ()


def _tell_narrowed(case: Case, event: LeadNarrowed, entry: Entry) -> tuple[Tell, ...]:
    lead = case.thing(Lead, event.lead)
    return (Tell(Person(lead.person), "lead_narrowed", lead.id),) if lead else ()


CHAPTER = Chapter(
    rows=(),
    folds={
        LeadStarted: _fold_started,
        LeadEnded: _fold_ended,
        LeadNarrowed: _fold_narrowed,
        ResponsibilityPassed: _fold_passed,
    },
    tells={
        LeadStarted: _tell_started,
        LeadEnded: _tell_ended,
        LeadNarrowed: _tell_narrowed,
    },
)
