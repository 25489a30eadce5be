"""Managers confer: on the same person or another, or say that they cannot (T15, T16)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, How, about
from statemodel.deadlines import Clock, desk, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.lapse import NominationReferred
from statemodel.pathway.manager_answer import (
    WHO,
    LapseWithdrawn,
    asked_again_no_more,
    nomination_of,
    too_late,
)
from statemodel.pathway.nomination import (
    the_nominee_is_a_practitioner,
    the_nominee_is_known,
    the_nominee_works_here_still,
)
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Nomination, NominationState
from statemodel.things import DeadlineKind, DeadlineState


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersAgree(Command):
    """Say whom the line managers settled on after talking it over."""

    kind = "managers_agree"
    thing = "nomination"
    nomination: str = about("The proposal they conferred about", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    nominee: str = about("Whom they settled on: the person proposed, or somebody else", "p-jo")
    conferred: tuple[str, ...] = about("The managers who talked", ["p-head", "p-lee"])
    channel: How = about("How they talked", "phone", default=How.PHONE)
    factors: str = about("What they weighed", "Hours; length of help", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareDeadlock(Command):
    """Say before the time is up that the managers cannot agree."""

    kind = "declare_deadlock"
    thing = "nomination"
    nomination: str = about("The proposal they cannot agree on", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    positions: str = about("What each manager holds", "Neither has hours", limit=10_000)


@dataclass(frozen=True, slots=True)
class ManagersAgreed(Event):
    """The managers agree, in the same round and on the same clock (R99, R102)."""

    kind = "managers_agreed"
    nomination: str
    nominee: str
    agency: str
    by: str


LOCAL = Authority.LOCAL_POLICY
NOBODY_CONFERRED = Unmet("nobody_conferred", ("R98",), LOCAL)
OUT_OF_TIME = Unmet("decision_is_the_arbiters", ("R99", "R103"), LOCAL, Strength.SENSE)
THEIR_MANAGER = Unmet("nominees_manager_not_among_them", ("R95", "R102"), LOCAL)
NO_POSITIONS = Unmet("no_positions_given", ("R100",), LOCAL)


def somebody_conferred(asked: Asked[ManagersAgree]) -> Unmet | None:
    return None if asked.command.conferred else NOBODY_CONFERRED


def there_is_time_left(asked: Asked[object]) -> Unmet | None:
    """After the four days the arbiter decides; whoever was asked late has her own time (D18)."""
    return OUT_OF_TIME if too_late(asked) and asked.state != NominationState.ASKED_LATE else None


def their_own_manager_conferred(asked: Asked[ManagersAgree]) -> Unmet | None:
    """Nobody is agreed on over the head of whoever manages them (R102)."""
    nominee = asked.context.facts.of(asked.command.nominee)
    manager = nominee.line_manager if nominee else None
    talked = (*asked.command.conferred, asked.answers_for, nomination_of(asked).asked)
    return THEIR_MANAGER.about(manager=manager) if manager and manager not in talked else None


def positions_are_given(asked: Asked[DeclareDeadlock]) -> Unmet | None:
    return None if asked.command.positions.strip() else NO_POSITIONS


def _agree(asked: Asked[ManagersAgree]) -> tuple[Event, ...]:
    nomination, command = nomination_of(asked), asked.command
    nominee = asked.context.facts.of(command.nominee)
    agency = nominee.agency if nominee else nomination.agency
    agreed = ManagersAgreed(nomination.id, command.nominee, agency, asked.answers_for)
    holder = asked.case.standing.responsible or Person(nomination.proposer)
    period = asked.case.pack.clocks.family_confirmation
    clock = Clock(DeadlineKind.FAMILY_CONFIRMATION, nomination.id, holder, period)
    referred = asked.state == NominationState.REFERRED
    lapse = (LapseWithdrawn(nomination.id),) if referred else ()
    done = (*settles(asked, nomination.id), *asked_again_no_more(asked))
    return *lapse, agreed, *done, starts(asked, clock, asked.context.now)


def _deadlock(asked: Asked[DeclareDeadlock]) -> tuple[Event, ...]:
    """Referred at once: the clock that ran is withdrawn, and no breach comes later (SC7 P4)."""
    nomination, arbiter = nomination_of(asked), desk(asked.case, Role.ARBITER)
    period = asked.case.pack.clocks.arbiter_decision
    clock = Clock(DeadlineKind.ARBITER_DECISION, nomination.id, arbiter, period)
    clocks = settles(asked, nomination.id, DeadlineState.WITHDRAWN)
    ended = (*clocks, *asked_again_no_more(asked))
    return NominationReferred(nomination.id), *ended, starts(asked, clock, asked.context.now)


def _fold(case: Case, event: ManagersAgreed, entry: Entry) -> Case:
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return case
    accepted = held.accepted_at if held.nominee == event.nominee else None
    settled = replace(held, nominee=event.nominee, agency=event.agency, accepted_at=accepted)
    return put(case, replace(settled, agreed_by=event.by, agreed_at=entry.at))


def _tells(case: Case, event: ManagersAgreed, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Nomination, event.nomination)
    if held is None:
        return ()
    people = (Person(event.by), Person(event.nominee), Person(held.proposer))
    told: tuple[Holder, ...] = (*people, desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "managers_agreed", held.id) for holder in dict.fromkeys(told))


TALKING = (NominationState.PROPOSED, NominationState.IN_DISCUSSION, NominationState.ASKED_LATE)
SETTLING = (NominationState.IN_DISCUSSION, NominationState.REFERRED, NominationState.ASKED_LATE)
CHAPTER = Chapter(
    rows=(
        Row(
            ManagersAgree,
            MachineName.NOMINATION,
            SETTLING,
            NominationState.AGREED,
            ("T15", "R98", "R99", "R102"),
            asks=WHO,
            needs=(
                there_is_time_left,
                somebody_conferred,
                the_nominee_is_known,
                the_nominee_works_here_still,
                the_nominee_is_a_practitioner,
                their_own_manager_conferred,
            ),
        ),
        Row(
            DeclareDeadlock,
            MachineName.NOMINATION,
            TALKING,
            NominationState.REFERRED,
            ("T16", "R100", "R101"),
            asks=WHO,
            needs=(positions_are_given,),
        ),
    ),
    happens={ManagersAgree: _agree, DeclareDeadlock: _deadlock},
    folds={ManagersAgreed: _fold},
    tells={ManagersAgreed: _tells},
)
