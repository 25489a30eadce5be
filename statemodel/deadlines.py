"""Deadlines: set once when something happens, kept with their explanation, settled by an event."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from statemodel.attempt import Asked
from statemodel.calendar import local
from statemodel.case import Case
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.people import Desk, Holder, Person, Role
from statemodel.things import Deadline, DeadlineKind, DeadlineState, Thing
from statemodel.working_days import Due, OutsideCalendar, Period, Unit, due, elapsed_due, remind_at


@dataclass(frozen=True, slots=True)
class DeadlineSet(Event):
    """A clock starts (R295–R297)."""

    kind = "deadline_set"
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class DeadlineSettled(Event):
    """A clock has ended: met, missed, withdrawn or parked."""

    kind = "deadline_settled"
    deadline: str
    state: DeadlineState
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """What is to be owed: by whom, within which period, warned how long before.

    `step` is how far up it has gone; `tag` tells clocks apart that one entry starts together.
    """

    what: DeadlineKind
    about: str
    owner: Holder
    period: Period
    warning: Period | None = None
    step: int = 0
    tag: str = ""


def starts(asked: Asked[object], clock: Clock, start: datetime | None = None) -> DeadlineSet:
    """Return the event that starts `clock` at `start` (default: when it happened), R295–R297."""
    return _set(asked, clock, after(asked.case, clock.period, start or asked.happened_at))


def starts_on(asked: Asked[object], clock: Clock, at: datetime) -> DeadlineSet:
    """Return the event that starts a clock for an instant (UTC) people have agreed themselves."""
    exactly = elapsed_due(at, Period(0, Unit.MINUTES), asked.case.calendar)
    return _set(asked, clock, replace(exactly, started_at=asked.context.now))


def _set(asked: Asked[object], clock: Clock, owed: Due) -> DeadlineSet:
    warn = warning_of(asked.case, owed, clock.warning)
    mark = clock.tag or clock.step
    name = f"d{asked.version}.{mark}" if mark else f"d{asked.version}"
    return DeadlineSet(
        Deadline(name, clock.what, clock.about, clock.owner, owed, remind_at=warn, step=clock.step)
    )


def after(case: Case, period: Period, start: datetime) -> Due:
    """Count working days; outside the calendar's years hours go on, so that no clock ever stops."""
    try:
        return due(start, period, case.calendar, case.pack.landing)
    except OutsideCalendar:
        return elapsed_due(start, period, case.calendar)


def warning_of(case: Case, owed: Due, before: Period | None) -> datetime | None:
    """Return when to warn of a deadline; None where that would be before it began."""
    if before is None:
        return None
    try:
        at = remind_at(owed, before, case.calendar)
    except OutsideCalendar:
        return None
    return at if at > owed.started_at else None


def settles(
    asked: Asked[object], about: str, state: DeadlineState = DeadlineState.MET
) -> tuple[DeadlineSettled, ...]:
    """Return the events that end every running deadline about one thing."""
    mine = (deadline for deadline in asked.case.running if deadline.about == about)
    return tuple(DeadlineSettled(deadline.id, state, asked.context.now) for deadline in mine)


def next_step(
    asked: Asked[object], what: DeadlineKind, period: Period, owner: Holder | None = None
) -> tuple[Event, ...]:
    """Return the end of the clock of this stage and the start of the next one's."""
    clock = Clock(what, "case", owner or in_hands_of(asked.case), period)
    return *settles(asked, "case"), starts(asked, clock)


def in_hands_of(case: Case) -> Holder:
    """Return whoever is responsible; while nobody is, the co-ordinator's desk."""
    return case.standing.responsible or desk(case, Role.COORDINATOR)


def lies_ahead(asked: Asked[object], day: date | None) -> bool:
    """Whether a day has not come yet, as the case's own calendar counts days."""
    return day is not None and day > local(asked.case.calendar, asked.context.now).date()


def next_deadline(case: Case) -> Deadline | None:
    """Return the deadline that next wants the clock, in order of due time (decision 8)."""
    return min(case.running, key=lambda deadline: (deadline.next_at, deadline.id), default=None)


def desk(case: Case, role: Role) -> Desk:
    """Return a role's desk at the case's own authority."""
    return Desk(role, case.pack.authority)


def known(case: Case, entry: Entry, person: str) -> Holder:
    """Return somebody whom a form names; the co-ordinator's desk where nobody has that id."""
    return Person(person) if entry.facts.of(person) else desk(case, Role.COORDINATOR)


def put(case: Case, thing: Thing) -> Case:
    """Return the case with the thing added, or in place of its earlier self."""
    if all(held.id != thing.id for held in case.things):
        return replace(case, things=(*case.things, thing))
    kept = tuple(thing if held.id == thing.id else held for held in case.things)
    return replace(case, things=kept)


def fold_set(case: Case, event: DeadlineSet, entry: Entry) -> Case:
    return put(case, event.deadline)


def fold_settled(case: Case, event: DeadlineSettled, entry: Entry) -> Case:
    deadline = case.thing(Deadline, event.deadline)
    if deadline is None:
        return case
    return put(case, replace(deadline, state=event.state, settled_at=event.at))
