"""Four days pass without an agreement: passed on, and no decision made (T16, R100–R104; D18)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import Case
from statemodel.command import Automatic, about
from statemodel.deadlines import Clock, DeadlineSet, desk, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.manager_answer import WAITING, nomination_of
from statemodel.people import Desk, Holder, Person, Role
from statemodel.policy import Silence
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import (
    Deadline,
    DeadlineKind,
    DeadlineState,
    Nomination,
    NominationState,
    Task,
    TaskKind,
    TaskState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseNomination(Automatic):
    """Four working days have passed without an agreement; nothing is decided by that (R101)."""

    kind = "lapse_nomination"
    thing = "nomination"
    nomination: str = about("The proposal not answered", "n7")


@dataclass(frozen=True, slots=True)
class NominationReferred(Event):
    """Not agreed in time: passed to the arbiter. No decision has been made (R100, R101)."""

    kind = "nomination_referred"
    nomination: str


@dataclass(frozen=True, slots=True)
class NominationAskedLate(Event):
    """The manager could not have answered: asked late, or never reached (practice D18)."""

    kind = "nomination_asked_late"
    nomination: str
    task: Task


NOT_YET_DUE = Unmet("not_yet_due", ("R99", "R298"), Authority.LOCAL_POLICY, Strength.SENSE)


def time_is_up(asked: Asked[LapseNomination]) -> Unmet | None:
    return None if asked.context.now >= nomination_of(asked).due.at else NOT_YET_DUE


def was_asked_properly(asked: Asked[object]) -> bool:
    nomination = nomination_of(asked)
    return nomination.asked_in_time and nomination.delivered and not only_alerts(asked)


def was_not_asked_properly(asked: Asked[object]) -> bool:
    nomination = nomination_of(asked)
    return not (nomination.asked_in_time and nomination.delivered) and not only_alerts(asked)


def only_alerts(asked: Asked[object]) -> bool:
    return asked.case.pack.silence is Silence.ALERT_ONLY


def _lapses(asked: Asked[LapseNomination]) -> tuple[Event, ...]:
    nomination = nomination_of(asked)
    missed = settles(asked, nomination.id, DeadlineState.MISSED)
    if only_alerts(asked):
        return *missed, _owed(asked, desk(asked.case, Role.COORDINATOR), DeadlineKind.FOLLOW_UP)
    if was_asked_properly(asked):
        arbiter = desk(asked.case, Role.ARBITER)
        owed = _owed(asked, arbiter, DeadlineKind.ARBITER_DECISION)
        return NominationReferred(nomination.id), *missed, owed
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.ASK_AGAIN,
        owner=desk(asked.case, Role.COORDINATOR),
        about=(nomination.id,),
    )
    clock = Clock(DeadlineKind.TASK, task.id, task.owner, asked.case.pack.clocks.task)
    now = asked.context.now
    follow_up = _owed(asked, desk(asked.case, Role.COORDINATOR), DeadlineKind.FOLLOW_UP)
    return NominationAskedLate(nomination.id, task), *missed, starts(asked, clock, now), follow_up


def _owed(asked: Asked[LapseNomination], owner: Desk, what: DeadlineKind) -> DeadlineSet:
    clocks = asked.case.pack.clocks
    arbiter = what is DeadlineKind.ARBITER_DECISION
    period = clocks.arbiter_decision if arbiter else clocks.follow_up
    clock = Clock(what, nomination_of(asked).id, owner, period, step=0 if arbiter else 1)
    return starts(asked, clock, asked.context.now)


def _fold_asked_late(case: Case, event: NominationAskedLate, entry: Entry) -> Case:
    return put(case, event.task)


def _tell_referred(case: Case, event: NominationReferred, entry: Entry) -> tuple[Tell, ...]:
    nomination = case.thing(Nomination, event.nomination)
    if nomination is None:
        return ()
    arbiter = Tell(desk(case, Role.ARBITER), "please_decide", nomination.id)
    people = (Person(nomination.asked), Person(nomination.nominee), Person(nomination.proposer))
    told: tuple[Holder, ...] = (*people, desk(case, Role.COORDINATOR), desk(case, Role.OPERATIONS))
    rest = (Tell(holder, "not_agreed_in_time", nomination.id) for holder in dict.fromkeys(told))
    return arbiter, *rest


def _tell_asked_late(case: Case, event: NominationAskedLate, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.task.owner, "ask_the_manager_again", event.nomination),)


def _due(deadline: Deadline) -> LapseNomination:
    return LapseNomination(nomination=deadline.about)


_LAPSE = Row(
    LapseNomination,
    MachineName.NOMINATION,
    WAITING,
    NominationState.REFERRED,
    ("T16", "R100", "R101"),
    when=(was_asked_properly,),
    asks=(time_is_up,),
)
CHAPTER = Chapter(
    rows=(
        _LAPSE,
        replace(
            _LAPSE, to=NominationState.ASKED_LATE, rules=("R101",), when=(was_not_asked_properly,)
        ),
        replace(_LAPSE, to=None, rules=("C5",), when=(only_alerts,)),
    ),
    happens={LapseNomination: _lapses},
    folds={NominationReferred: unchanged, NominationAskedLate: _fold_asked_late},
    tells={NominationReferred: _tell_referred, NominationAskedLate: _tell_asked_late},
    due={DeadlineKind.MANAGER_ANSWER: _due},
)
