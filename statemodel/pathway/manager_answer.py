"""The line manager's answer to a proposal: agree, or a concern (T13–T15, R95–R99, R103)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import Clock, desk, known, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.nomination import the_case_is_open
from statemodel.pathway.tasks import TaskAnswered
from statemodel.people import Holder, Person, Role
from statemodel.policy import Silence
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Objection
from statemodel.things import DeadlineKind, Nomination, NominationState, TaskKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeNomination(Command):
    """Agree that the practitioner leads."""

    kind = "agree_nomination"
    thing = "nomination"
    nomination: str = about("The proposal that is answered", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    conditions: str = about("Conditions, if any (R90)", "", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseNominationConcern(Command):
    """Say that something stands in the way of this person leading (R97)."""

    kind = "raise_nomination_concern"
    thing = "nomination"
    nomination: str = about("The proposal that is answered", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    concern: str = about("What stands in the way", "No hours until May", limit=10_000)
    others_involved: tuple[str, ...] = about("Who else works with them", ["p-jo"], default=())
    objection: Objection | None = about("What kind of no it is", "not_able", default=None)


@dataclass(frozen=True, slots=True)
class NominationAgreed(Event):
    """The manager agrees; the family is asked next (R96, R105)."""

    kind = "nomination_agreed"
    nomination: str
    by: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class LapseWithdrawn(Event):
    """The answer was given in time and handled after the clock: the lapse never counted (R298)."""

    kind = "lapse_withdrawn"
    nomination: str


@dataclass(frozen=True, slots=True)
class NominationDiscussed(Event):
    """The manager has a concern; managers confer, and the clock goes on (R97–R99)."""

    kind = "nomination_discussed"
    nomination: str
    others_involved: tuple[str, ...]


LOCAL, BATON = Authority.LOCAL_POLICY, Authority.BATON
NOT_THE_MANAGER = Unmet("not_the_nominees_manager", ("R95", "R98"), LOCAL)
OWN_PROPOSAL = Unmet("own_proposal", ("R95",), BATON)
RECORDER_IS_NOMINEE = Unmet("recorder_is_party", ("R95",), BATON, Strength.SENSE)
BEFORE_PROPOSAL = Unmet("answered_before_asked", ("R99",), BATON, Strength.SENSE)
NO_CONCERN = Unmet("no_concern_stated", ("R97",), LOCAL)


def nomination_of(asked: Asked[object]) -> Nomination:
    assert isinstance(asked.thing, Nomination)
    return asked.thing


def the_answer_is_the_managers(asked: Asked[object]) -> Unmet | None:
    nomination = nomination_of(asked)
    right = asked.answers_for in (nomination.asked, nomination.deputy)
    return None if right else NOT_THE_MANAGER.about(asked=nomination.asked)


def nobody_answers_their_own_proposal(asked: Asked[object]) -> Unmet | None:
    nomination = nomination_of(asked)
    alone = nomination.asked == nomination.nominee
    own = asked.answers_for == nomination.proposer and not alone
    return OWN_PROPOSAL if own else None


def the_recorder_is_no_party(asked: Asked[object]) -> Unmet | None:
    """Nobody proposed writes down the answer about herself, in whose name so ever (D34)."""
    nomination = nomination_of(asked)
    answers_herself = asked.answers_for == nomination.asked == asked.context.by.id
    party = asked.context.by.id == nomination.nominee and not answers_herself
    return RECORDER_IS_NOMINEE if party else None


def it_was_said_after_the_proposal(asked: Asked[object]) -> Unmet | None:
    early = asked.happened_at < nomination_of(asked).proposed_at
    return BEFORE_PROPOSAL if early else None


def a_concern_is_stated(asked: Asked[RaiseNominationConcern]) -> Unmet | None:
    return None if asked.command.concern.strip() else NO_CONCERN


def in_time(asked: Asked[object]) -> bool:
    """At or before the deadline is in time, by when it was pressed or spoken (R298, R103)."""
    return asked.happened_at <= nomination_of(asked).due.at


def too_late(asked: Asked[object]) -> bool:
    return not in_time(asked) and asked.case.pack.silence is Silence.REFER


def late_where_lateness_only_alerts(asked: Asked[object]) -> bool:
    return not in_time(asked) and asked.case.pack.silence is Silence.ALERT_ONLY


def _agrees(asked: Asked[AgreeNomination]) -> tuple[Event, ...]:
    nomination = nomination_of(asked)
    late = not in_time(asked) and asked.state != NominationState.ASKED_LATE
    agreed = NominationAgreed(nomination.id, asked.answers_for, late)
    if too_late(asked) and asked.state != NominationState.ASKED_LATE:
        return (agreed,)
    holder = asked.case.standing.responsible or Person(nomination.proposer)
    period = asked.case.pack.clocks.family_confirmation
    clock = Clock(DeadlineKind.FAMILY_CONFIRMATION, nomination.id, holder, period)
    passed_on = (NominationState.REFERRED, NominationState.ASKED_LATE)
    lapse = (LapseWithdrawn(nomination.id),) if in_time(asked) and asked.state in passed_on else ()
    done = (*settles(asked, nomination.id), *asked_again_no_more(asked))
    return *lapse, agreed, *done, starts(asked, clock, asked.context.now)


def asked_again_no_more(asked: Asked[object]) -> tuple[Event, ...]:
    """The task of asking the manager again has answered itself."""
    about, done = (nomination_of(asked).id,), list[Event]()
    for task in asked.case.open_tasks:
        if task.what is TaskKind.ASK_AGAIN and task.about == about:
            done.extend((TaskAnswered(task.id), *settles(asked, task.id)))
    return tuple(done)


def _discusses(asked: Asked[RaiseNominationConcern]) -> tuple[Event, ...]:
    return (NominationDiscussed(nomination_of(asked).id, asked.command.others_involved),)


def _fold_agreed(case: Case, event: NominationAgreed, entry: Entry) -> Case:
    nomination = case.thing(Nomination, event.nomination)
    if nomination is None:
        return case
    agreed = replace(nomination, agreed_by=event.by, agreed_at=entry.at, late=event.late)
    return put(case, replace(agreed, version=entry.version))


def _tell_agreed(case: Case, event: NominationAgreed, entry: Entry) -> tuple[Tell, ...]:
    nomination = case.thing(Nomination, event.nomination)
    if nomination is None:
        return ()
    purpose = "agreed_too_late" if nomination.late else "lead_agreed_by_manager"
    people = (Person(event.by), Person(nomination.nominee))
    to: tuple[Holder, ...] = (*people, desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, purpose, nomination.id) for holder in dict.fromkeys(to))


def _tell_discussed(case: Case, event: NominationDiscussed, entry: Entry) -> tuple[Tell, ...]:
    others = tuple(known(case, entry, other) for other in event.others_involved)
    nomination = case.thing(Nomination, event.nomination)
    referred = nomination is not None and nomination.state is NominationState.REFERRED
    arbiter = (desk(case, Role.ARBITER),) if referred else ()
    to: tuple[Holder, ...] = (desk(case, Role.COORDINATOR), *arbiter, *others)
    asked = tuple(Tell(holder, "managers_to_confer", event.nomination) for holder in to)
    # What was recorded goes to whoever is said to have answered, and to the nominee (D33, D34).
    said = entry.command.recorded if isinstance(entry.command, Command) else None
    by = said.on_behalf_of if said and said.on_behalf_of else entry.by.id
    people = dict.fromkeys((by, nomination.nominee)) if nomination else ()
    return *asked, *(Tell(Person(one), "answer_recorded", event.nomination) for one in people)


WAITING = (NominationState.PROPOSED, NominationState.IN_DISCUSSION)
WHO = (
    the_case_is_open,
    the_answer_is_the_managers,
    nobody_answers_their_own_proposal,
    the_recorder_is_no_party,
)
AFTER = (NominationState.IN_DISCUSSION, NominationState.REFERRED, NominationState.ASKED_LATE)
_DISCUSS = Row(
    RaiseNominationConcern,
    MachineName.NOMINATION,
    (NominationState.PROPOSED,),
    NominationState.IN_DISCUSSION,
    ("T14", "R97", "R98"),
    asks=WHO,
    needs=(it_was_said_after_the_proposal, a_concern_is_stated),
)
_AGREE = Row(
    AgreeNomination,
    MachineName.NOMINATION,
    WAITING,
    NominationState.AGREED,
    ("T13", "T15", "R95", "R96", "R99"),
    when=(in_time,),
    asks=WHO,
    needs=(it_was_said_after_the_proposal,),
)
CHAPTER = Chapter(
    rows=(
        _AGREE,
        replace(_AGREE, source=(NominationState.REFERRED,), rules=("T13", "R298")),
        replace(
            _AGREE, source=(NominationState.ASKED_LATE,), rules=("T13", "R95", "R103"), when=()
        ),
        replace(
            _AGREE,
            source=(*WAITING, NominationState.REFERRED),
            to=None,
            rules=("R103",),
            when=(too_late,),
        ),
        replace(
            _AGREE,
            source=(*WAITING, NominationState.REFERRED),
            rules=("R103", "C5"),
            when=(late_where_lateness_only_alerts,),
        ),
        _DISCUSS,
        replace(_DISCUSS, source=AFTER, to=None, rules=("R97", "R98", "R103")),
    ),
    happens={AgreeNomination: _agrees, RaiseNominationConcern: _discusses},
    folds={
        NominationAgreed: _fold_agreed,
        LapseWithdrawn: unchanged,
        NominationDiscussed: unchanged,
    },
    tells={NominationAgreed: _tell_agreed, NominationDiscussed: _tell_discussed},
)
