"""Cover in absence: somebody stands in, no clock stops, the lead still accounts (R154–R157)."""

from dataclasses import dataclass, replace
from datetime import datetime

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Automatic, Command, about
from statemodel.deadlines import Clock, DeadlineSettled, put, starts_on
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.leading import NOT_YET, lead_of
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.tenures import ZERO
from statemodel.people import Person
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadState
from statemodel.things import Deadline, DeadlineKind, DeadlineState


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLead(Command):
    """Name who stands in while the lead is away; who accounts for it does not change (R156)."""

    kind = "cover_lead"
    thing = "lead"
    lead: str = about("The lead who is away", "l9")
    seen: int = about("The version of it the person saw", 9)
    cover: str = about("Who stands in", "p-jo")
    until: datetime = about("Until when", "2026-08-31T16:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCover(Automatic):
    """The day on which cover was to end has come."""

    kind = "end_cover"
    thing = "lead"
    lead: str = about("The lead who was covered", "l9")


@dataclass(frozen=True, slots=True)
class LeadCovered(Event):
    """Somebody stands in until the day named; the lead goes on accounting for the case."""

    kind = "lead_covered"
    lead: str
    cover: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CoverEnded(Event):
    """The lead is back, as was said beforehand."""

    kind = "cover_ended"
    lead: str


BATON = Authority.BATON
COVERS_HERSELF = Unmet("cover_is_the_lead", ("R156",), BATON, Strength.SENSE)
COVER_UNKNOWN = Unmet("person_not_known", ("R156",), BATON, Strength.SENSE)
COVER_OVER = Unmet("cover_ends_before_it_begins", ("R156",), BATON, Strength.SENSE)


def cover_is_over(asked: Asked[object]) -> Unmet | None:
    until = lead_of(asked).cover_until
    return None if until and asked.context.now >= until else NOT_YET


def somebody_else_stands_in(asked: Asked[CoverLead]) -> Unmet | None:
    cover = asked.command.cover
    if asked.context.facts.of(cover) is None:
        return COVER_UNKNOWN.about(person=cover)
    return COVERS_HERSELF if cover == lead_of(asked).person else None


def cover_has_a_length(asked: Asked[CoverLead]) -> Unmet | None:
    return None if asked.command.until > asked.context.now else COVER_OVER


def _covers(asked: Asked[CoverLead]) -> tuple[Event, ...]:
    lead, command = lead_of(asked), asked.command
    clock = Clock(DeadlineKind.COVER_ENDS, lead.id, Person(lead.person), ZERO)
    covered = LeadCovered(lead.id, command.cover, command.until)
    return covered, *_cover_clock_ends(asked), starts_on(asked, clock, command.until)


def _uncovers(asked: Asked[EndCover]) -> tuple[Event, ...]:
    return CoverEnded(asked.command.lead), *_cover_clock_ends(asked)


def _cover_clock_ends(asked: Asked[object]) -> tuple[DeadlineSettled, ...]:
    """No other clock of the lead's stops for an absence (R157)."""
    kind, name, now = DeadlineKind.COVER_ENDS, lead_of(asked).id, asked.context.now
    mine = (owed for owed in asked.case.running if owed.what is kind and owed.about == name)
    return tuple(DeadlineSettled(owed.id, DeadlineState.MET, now) for owed in mine)


def _fold_covered(case: Case, event: LeadCovered, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    if lead is None:
        return case
    covered = replace(lead, cover=event.cover, cover_since=entry.at, cover_until=event.until)
    return put(case, covered)


def _fold_uncovered(case: Case, event: CoverEnded, entry: Entry) -> Case:
    lead = case.thing(Lead, event.lead)
    if lead is None:
        return case
    return put(case, replace(lead, cover=None, cover_since=None, cover_until=None))


def _tell_covered(case: Case, event: LeadCovered, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(Person(event.cover), "you_stand_in", event.lead),)


def _cover_due(deadline: Deadline) -> EndCover:
    return EndCover(lead=deadline.about)


_COVER = Row(
    CoverLead,
    MachineName.LEAD,
    (LeadState.CURRENT,),
    None,
    ("R154", "R156"),
    asks=(the_case_is_open,),
    needs=(somebody_else_stands_in, cover_has_a_length),
)
CHAPTER = Chapter(
    rows=(
        _COVER,
        replace(_COVER, command=EndCover, asks=(cover_is_over,), needs=()),
    ),
    happens={CoverLead: _covers, EndCover: _uncovers},
    folds={LeadCovered: _fold_covered, CoverEnded: _fold_uncovered},
    tells={LeadCovered: _tell_covered},
    roles={CoverLead: CASEWORK},
    due={DeadlineKind.COVER_ENDS: _cover_due},
)
