"""An answer that somebody says is not theirs: it falls, and is looked into (D33, D34)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import DeadlineSet, desk, put, settles, warning_of
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.asking_another import still_in_time
from statemodel.pathway.manager_answer import nomination_of
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Nomination, NominationState
from statemodel.things import Deadline, DeadlineKind, DeadlineState, Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestAnswer(Command):
    """Say that an answer recorded in your name is not yours."""

    kind = "contest_answer"
    thing = "nomination"
    nomination: str = about("The proposal that was answered", "n7")
    note: str = about("What you know of it", "I was on leave", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class AnswerContested(Event):
    """Somebody says that the answer was not theirs; `falls`: so it counts no longer."""

    kind = "answer_contested"
    nomination: str
    by: str
    task: Task
    falls: bool
    in_time: bool


NOT_IN_YOUR_NAME = Unmet("not_answered_in_your_name", ("R95",), Authority.BATON, Strength.SENSE)
CONFER = (NominationState.IN_DISCUSSION, NominationState.REFERRED)
YES = (NominationState.AGREED, NominationState.REFERRED)
OVER = (NominationState.CONFIRMED, NominationState.SET_ASIDE)


def it_was_answered_in_their_name(asked: Asked[object]) -> Unmet | None:
    held = nomination_of(asked)
    named = (held.asked, held.deputy, held.agreed_by, held.nominee)
    return None if asked.answers_for in named else NOT_IN_YOUR_NAME


def the_managers_answer_counts(asked: Asked[object]) -> bool:
    """Nothing but the manager's own yes falls; an arbiter's decision stands on its reasons."""
    held = nomination_of(asked)
    return held.agreed_by in (held.asked, held.deputy)


def the_date_is_to_come(asked: Asked[object]) -> bool:
    return the_managers_answer_counts(asked) and asked.context.now < nomination_of(asked).due.at


def the_date_has_passed(asked: Asked[object]) -> bool:
    return the_managers_answer_counts(asked) and not the_date_is_to_come(asked)


def somebody_else_decided(asked: Asked[object]) -> bool:
    return not the_managers_answer_counts(asked)


def _contests(asked: Asked[ContestAnswer]) -> tuple[Event, ...]:
    held = nomination_of(asked)
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.ANSWER_CONTESTED,
        owner=desk(asked.case, Role.COORDINATOR),
        about=(held.id,),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.task)
    falls = asked.state in YES and the_managers_answer_counts(asked)
    in_time = still_in_time(asked)
    contested = AnswerContested(held.id, asked.answers_for, task, falls, in_time)
    if not falls or asked.state == NominationState.REFERRED:
        return contested, *clock
    ended = settles(asked, held.id, DeadlineState.WITHDRAWN)
    return contested, *clock, *ended, *_owed_again(asked)


def _owed_again(asked: Asked[object]) -> tuple[DeadlineSet, ...]:
    """The clock that ran, to the same date; past it, the co-ordinator's task is the clock."""
    held = nomination_of(asked)
    if not the_date_is_to_come(asked):
        return ()
    warned = warning_of(asked.case, held.due, asked.case.pack.clocks.manager_reminder)
    remind = warned if warned and warned > asked.context.now else None
    name, owner = f"d{asked.version}.1", Person(held.asked)
    what = DeadlineKind.MANAGER_ANSWER
    return (DeadlineSet(Deadline(name, what, held.id, owner, held.due, remind_at=remind)),)


def _fold(case: Case, event: AnswerContested, entry: Entry) -> Case:
    case = put(case, event.task)
    held = case.thing(Nomination, event.nomination)
    if held is None or not event.falls:
        return case
    accepted = None if event.by == held.nominee else held.accepted_at
    again = replace(held, agreed_by=None, agreed_at=None, late=False, accepted_at=accepted)
    return put(case, replace(again, asked_in_time=event.in_time))


def _tells(case: Case, event: AnswerContested, entry: Entry) -> tuple[Tell, ...]:
    held = case.thing(Nomination, event.nomination)
    waits = held is not None and event.falls and held.state is not NominationState.REFERRED
    asked = (Tell(Person(held.asked), "please_answer", held.id),) if held and waits else ()
    told: tuple[Holder, ...] = (event.task.owner, desk(case, Role.EARLY_HELP_MANAGER))
    return *asked, *(Tell(holder, "answer_contested", event.nomination) for holder in told)


_CONTEST = Row(
    ContestAnswer,
    MachineName.NOMINATION,
    (NominationState.AGREED,),
    NominationState.PROPOSED,
    ("R95", "R99", "R352"),
    when=(the_date_is_to_come,),
    asks=(it_was_answered_in_their_name,),
)
CHAPTER = Chapter(
    rows=(
        _CONTEST,
        replace(_CONTEST, to=NominationState.ASKED_LATE, when=(the_date_has_passed,)),
        replace(_CONTEST, to=None, when=(somebody_else_decided,)),
        replace(_CONTEST, source=(*CONFER, *OVER), to=None, when=()),
    ),
    happens={ContestAnswer: _contests},
    folds={AnswerContested: _fold},
    tells={AnswerContested: _tells},
)
