"""The family's agreement to who leads: asked after the managers; then she leads (T18, T19)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import desk, put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Also, Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.manager_answer import nomination_of
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.planning_ahead import (
    no_other_lead_is_planned_then,
    the_time_is_not_over,
)
from statemodel.pathway.tenures import begins
from statemodel.pathway.vacancy import wants_one_still
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadKind, LeadState, NominationState, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFamilyDecision(Command):
    """Write down whether child and family agree to who is to lead."""

    kind = "record_family_decision"
    thing = "nomination"
    nomination: str = about("The proposal they were asked about", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    agrees: bool = about("They agree", True)
    asked: tuple[str, ...] = about("Who of the family was asked, by id", ["f-parent"], default=())
    override: str = about(
        "The good or statutory reason to go ahead although they object",
        "",
        default="",
        limit=10_000,
    )
    note: str = about("What they said", "Glad it is her", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class LeadConfirmed(Event):
    """Everybody whose answer counts has given it: she leads, now or from the day agreed (R105)."""

    kind = "lead_confirmed"
    nomination: str
    lead: Lead


@dataclass(frozen=True, slots=True)
class FamilyObjected(Event):
    """The family does not agree, and nothing overrides that: somebody else is looked for (R106)."""

    kind = "family_objected"
    nomination: str


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NOT_ACCEPTED = Unmet("nominee_has_not_accepted", ("R92", "R149"), BATON, Strength.SENSE)
NOBODY_ASKED = Unmet("nobody_of_the_family_asked", ("R105", "C55"), NATIONAL)


def the_nominee_has_accepted(asked: Asked[object]) -> Unmet | None:
    nomination = nomination_of(asked)
    said = nomination.accepted_at is not None
    return None if said else NOT_ACCEPTED.about(nominee=nomination.nominee)


def somebody_of_the_family_was_asked(asked: Asked[RecordFamilyDecision]) -> Unmet | None:
    return None if asked.command.asked else NOBODY_ASKED


def goes_ahead(asked: Asked[RecordFamilyDecision]) -> bool:
    """They agree, or a good or statutory reason is recorded for going ahead (R88, T18)."""
    return asked.command.agrees or bool(asked.command.override.strip())


def does_not(asked: Asked[RecordFamilyDecision]) -> bool:
    return not goes_ahead(asked)


def _decides(asked: Asked[RecordFamilyDecision]) -> tuple[Event, ...]:
    nomination = nomination_of(asked)
    ended = settles(asked, nomination.id)
    if does_not(asked):
        return FamilyObjected(nomination.id), *ended, *wants_one_still(asked)
    now = asked.context.now
    since = max(nomination.since or now, now)
    meanwhile = nomination.because is Reason.PLANNED_INTERIM
    lead = Lead(
        id=f"l{asked.version}",
        version=asked.version,
        state=LeadState.PLANNED if since > now else LeadState.CURRENT,
        what=LeadKind.INTERIM if meanwhile else LeadKind.CONFIRMED,
        children=nomination.children,
        person=nomination.nominee,
        agency=nomination.agency,
        since=since,
        until=nomination.until,
        because=nomination.because,
    )
    return LeadConfirmed(nomination.id, lead), *ended, *_begun(asked), *begins(asked, lead)


def _begun(asked: Asked[object]) -> tuple[Event, ...]:
    """What came before planning is over; a first meeting that was not held is still owed."""
    return settles(asked, "case") if asked.case.stage is Stage.IDENTIFIED else ()


def _fold_confirmed(case: Case, event: LeadConfirmed, entry: Entry) -> Case:
    return put(case, event.lead)


def _tell_confirmed(case: Case, event: LeadConfirmed, entry: Entry) -> tuple[Tell, ...]:
    told: tuple[Holder, ...] = (Person(event.lead.person), desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "lead_confirmed", event.lead.id) for holder in told)


def _tell_objected(case: Case, event: FamilyObjected, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(desk(case, Role.COORDINATOR), "family_objected", event.nomination),)


BEFORE_DELIVERY = (Stage.IDENTIFIED, Stage.PLANNING)
_CONFIRM = Row(
    RecordFamilyDecision,
    MachineName.NOMINATION,
    (NominationState.AGREED,),
    NominationState.CONFIRMED,
    ("T18", "R88", "R105"),
    when=(goes_ahead,),
    asks=(
        the_case_is_open,
        the_nominee_has_accepted,
        the_time_is_not_over,
        no_other_lead_is_planned_then,
    ),
    needs=(somebody_of_the_family_was_asked,),
    also=(Also(BEFORE_DELIVERY, Stage.IN_DELIVERY),),
)
CHAPTER = Chapter(
    rows=(
        _CONFIRM,
        replace(
            _CONFIRM,
            to=NominationState.SET_ASIDE,
            rules=("T19", "R106"),
            when=(does_not,),
            asks=(the_case_is_open,),
            also=(),
        ),
    ),
    happens={RecordFamilyDecision: _decides},
    folds={LeadConfirmed: _fold_confirmed, FamilyObjected: unchanged},
    tells={LeadConfirmed: _tell_confirmed, FamilyObjected: _tell_objected},
    roles={RecordFamilyDecision: CASEWORK},
)
