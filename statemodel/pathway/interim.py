"""Leading for now, until the first review decides with the family (R41, C10, SC13; D19, D28)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import desk, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.checks import no_lead_is_in_place_elsewhere
from statemodel.pathway.nomination import the_case_is_open, the_children_are_of_this_case
from statemodel.pathway.planning_ahead import ALREADY_PLANNED
from statemodel.pathway.tenures import begins
from statemodel.people import Holder, Person, PersonFacts, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadKind, LeadState


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInterimLead(Command):
    """Say that you lead for now, until the first review meeting."""

    kind = "take_interim_lead"
    children: tuple[str, ...] = about("For which children of the case", ["k-9f2c"])
    until: datetime = about("Until when: the first review", "2026-03-02T10:00:00Z")
    why: str = about("Why you, for now", "I wrote the assessment", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class InterimLeadTaken(Event):
    """Somebody leads for now; a confirmed lead takes over the moment one begins."""

    kind = "interim_lead_taken"
    lead: Lead


LOCAL, BATON = Authority.LOCAL_POLICY, Authority.BATON
LED_ALREADY = Unmet("led_already", ("R1",), Authority.NATIONAL_GUIDANCE, Strength.SENSE)
NOT_FOR_NOW = Unmet("interim_not_yours", ("R41", "R84", "C10"), LOCAL)
UNKNOWN_PERSON = Unmet("person_not_known", ("R41",), BATON, Strength.SENSE)
OVER_ALREADY = Unmet("interim_ends_before_it_begins", ("R41",), BATON, Strength.SENSE)
TOO_LONG = Unmet("interim_ends_too_far_ahead", ("R41",), BATON, Strength.SENSE)
HALF_A_YEAR = timedelta(days=184)
OWN_STAFF = {Role.PRACTITIONER, Role.COORDINATOR, Role.EARLY_HELP_MANAGER}


def some_child_has_nobody(asked: Asked[TakeInterimLead | None]) -> Unmet | None:
    """Before there is a form: any child whom nobody leads; then those it names."""
    vacant = set(asked.case.vacant)
    free = set(asked.command.children) <= vacant if asked.command else bool(vacant)
    return None if free else LED_ALREADY


def who_leads_for_now_is_known(asked: Asked[object]) -> Unmet | None:
    who = asked.answers_for
    return None if _person(asked) else UNKNOWN_PERSON.about(person=who)


def they_may_lead_for_now(asked: Asked[object]) -> Unmet | None:
    """Where the area lets assessors lead; else the authority's own early help staff alone."""
    who = _person(asked)
    own = who and who.agency == asked.case.pack.authority and OWN_STAFF & set(who.roles)
    return None if own or asked.case.pack.assessor_leads else NOT_FOR_NOW


def it_ends_ahead(asked: Asked[TakeInterimLead]) -> Unmet | None:
    return None if asked.command.until > asked.context.now else OVER_ALREADY


def it_ends_within_half_a_year(asked: Asked[TakeInterimLead]) -> Unmet | None:
    """For now is until the first review, and no year passes without one (R41, R139)."""
    return TOO_LONG if asked.command.until > asked.context.now + HALF_A_YEAR else None


def nobody_is_to_lead_before_it_ends(asked: Asked[TakeInterimLead]) -> Unmet | None:
    command = asked.command
    planned = (one for one in asked.case.every(Lead) if one.state is LeadState.PLANNED)
    for one in planned:
        if set(one.children) & set(command.children) and one.since < command.until:
            return ALREADY_PLANNED.about(lead=one.id)
    return None


def _person(asked: Asked[object]) -> PersonFacts | None:
    return asked.context.facts.of(asked.answers_for)


def _takes(asked: Asked[TakeInterimLead]) -> tuple[Event, ...]:
    who = _person(asked)
    assert who, "the guards let nobody unknown through"
    lead = Lead(
        id=f"l{asked.version}",
        version=asked.version,
        state=LeadState.CURRENT,
        what=LeadKind.INTERIM,
        children=tuple(dict.fromkeys(asked.command.children)),
        person=who.id,
        agency=who.agency,
        since=asked.context.now,
        until=asked.command.until,
    )
    return InterimLeadTaken(lead), *begins(asked, lead)


def _fold(case: Case, event: InterimLeadTaken, entry: Entry) -> Case:
    return put(case, event.lead)


def _tells(case: Case, event: InterimLeadTaken, entry: Entry) -> tuple[Tell, ...]:
    told: tuple[Holder, ...] = (Person(event.lead.person), desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "interim_lead_taken", event.lead.id) for holder in told)


CHAPTER = Chapter(
    rows=(
        Row(
            TakeInterimLead,
            MachineName.LEAD,
            (LeadState.NONE,),
            LeadState.CURRENT,
            ("R41", "R84", "C10", "R292"),
            asks=(
                the_case_is_open,
                some_child_has_nobody,
                who_leads_for_now_is_known,
                they_may_lead_for_now,
                no_lead_is_in_place_elsewhere,
            ),
            needs=(
                the_children_are_of_this_case,
                it_ends_ahead,
                it_ends_within_half_a_year,
                nobody_is_to_lead_before_it_ends,
            ),
        ),
    ),
    happens={TakeInterimLead: _takes},
    folds={InterimLeadTaken: _fold},
    tells={InterimLeadTaken: _tells},
    roles={TakeInterimLead: CASEWORK},
)
