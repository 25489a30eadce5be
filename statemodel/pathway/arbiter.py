"""The arbiter decides where managers did not; it binds the authority's own staff (T17, D19)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import Clock, desk, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.manager_answer import nomination_of
from statemodel.pathway.nomination import (
    the_case_is_open,
    the_nominee_is_a_practitioner,
    the_nominee_is_known,
    the_nominee_works_here_still,
)
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Nomination, NominationState
from statemodel.things import DeadlineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReferral(Command):
    """Decide who leads, where the managers could not agree in time."""

    kind = "decide_referral"
    thing = "nomination"
    nomination: str = about("The proposal that was passed on", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    nominee: str = about("Who is to lead: the person proposed, or somebody else", "p-sam")
    reasons: str = about("Why", "Knows the family; hours are found", limit=10_000)


@dataclass(frozen=True, slots=True)
class ReferralDecided(Event):
    """The arbiter has decided; nominee and family are still asked (T17)."""

    kind = "referral_decided"
    nomination: str
    nominee: str
    agency: str
    by: str


LOCAL, BATON = Authority.LOCAL_POLICY, Authority.BATON
NOT_THE_ARBITER = Unmet("not_the_arbiter", ("R100", "R312"), LOCAL)
ARBITER_IS_PARTY = Unmet("arbiter_is_party", ("R117",), BATON, Strength.SENSE)
NO_REASONS = Unmet("no_reasons_given", ("R100", "R352"), LOCAL)
CANNOT_BIND = Unmet("arbiter_cannot_bind", ("R100", "R328"), Authority.LAW, Strength.SENSE)


def the_arbiter_decides(asked: Asked[object]) -> Unmet | None:
    actor = asked.context.facts.of(asked.answers_for)
    return None if actor and Role.ARBITER in actor.roles else NOT_THE_ARBITER


def the_arbiter_is_no_party(asked: Asked[object]) -> Unmet | None:
    nomination = nomination_of(asked)
    named = asked.command.nominee if isinstance(asked.command, DecideReferral) else None
    parties = (nomination.nominee, nomination.asked, nomination.deputy, named)
    return ARBITER_IS_PARTY if asked.answers_for in parties else None


def reasons_are_given(asked: Asked[DecideReferral]) -> Unmet | None:
    return None if asked.command.reasons.strip() else NO_REASONS


def the_employer_is_the_arbiters_own(asked: Asked[DecideReferral]) -> Unmet | None:
    """Another employer's staff are asked for, not told, unless that employer agrees (D19)."""
    pack, nomination = asked.case.pack, nomination_of(asked)
    nominee = asked.context.facts.of(asked.command.nominee)
    if pack.arbiter_binds_all or nominee is None or nominee.agency == pack.authority:
        return None
    if nomination.agreed_by and nominee.id == nomination.nominee:  # late, and endorsed now (R103)
        return None
    return CANNOT_BIND.about(agency=nominee.agency)


def _decides(asked: Asked[DecideReferral]) -> tuple[Event, ...]:
    nomination, command = nomination_of(asked), asked.command
    nominee = asked.context.facts.of(command.nominee)
    agency = nominee.agency if nominee else nomination.agency
    decided = ReferralDecided(nomination.id, command.nominee, agency, asked.answers_for)
    holder = asked.case.standing.responsible or Person(nomination.proposer)
    period = asked.case.pack.clocks.family_confirmation
    clock = Clock(DeadlineKind.FAMILY_CONFIRMATION, nomination.id, holder, period)
    return decided, *settles(asked, nomination.id), starts(asked, clock, asked.context.now)


def _fold(case: Case, event: ReferralDecided, entry: Entry) -> Case:
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return case
    accepted = held.accepted_at if held.nominee == event.nominee else None
    decided = replace(held, nominee=event.nominee, agency=event.agency, accepted_at=accepted)
    return put(case, replace(decided, agreed_by=event.by, agreed_at=entry.at))


def _tells(case: Case, event: ReferralDecided, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return ()
    people = (Person(held.asked), Person(event.nominee), Person(held.proposer))
    told: tuple[Holder, ...] = (*people, desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "arbiter_decided", held.id) for holder in dict.fromkeys(told))


CHAPTER = Chapter(
    rows=(
        Row(
            DecideReferral,
            MachineName.NOMINATION,
            (NominationState.REFERRED,),
            NominationState.AGREED,
            ("T17", "R100", "R103"),
            asks=(the_case_is_open, the_arbiter_decides, the_arbiter_is_no_party),
            needs=(
                reasons_are_given,
                the_nominee_is_known,
                the_nominee_works_here_still,
                the_nominee_is_a_practitioner,
                the_employer_is_the_arbiters_own,
            ),
        ),
    ),
    happens={DecideReferral: _decides},
    folds={ReferralDecided: _fold},
    tells={ReferralDecided: _tells},
)
