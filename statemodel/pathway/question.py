"""A manager asks before she answers; the date stays, and somebody owes her a reply (D33)."""

from dataclasses import dataclass

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import desk, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.manager_answer import (
    WAITING,
    nomination_of,
    the_answer_is_the_managers,
    the_recorder_is_no_party,
)
from statemodel.pathway.nomination import the_case_is_open
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Unmet
from statemodel.tenure import NominationState
from statemodel.things import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion(Command):
    """Ask something before answering a proposal; the date for the answer stays."""

    kind = "ask_question"
    thing = "nomination"
    nomination: str = about("The proposal the question is about", "n7")
    seen: int = about("The version of the proposal the person saw", 7)
    question: str = about("What the manager would like to know", "How many hours?", limit=10_000)


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """Whoever proposed owes a reply; the clock of the answer goes on."""

    kind = "question_asked"
    nomination: str
    task: Task


NOTHING_ASKED = Unmet("no_question_stated", ("R97", "R98"), Authority.BATON)


def something_is_asked(asked: Asked[AskQuestion]) -> Unmet | None:
    return None if asked.command.question.strip() else NOTHING_ASKED


def _asks(asked: Asked[AskQuestion]) -> tuple[Event, ...]:
    held = nomination_of(asked)
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.MANAGER_ASKS,
        owner=Person(held.proposer),
        about=(held.id, asked.answers_for),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.task)
    return QuestionAsked(held.id, task), *clock


def _fold(case: Case, event: QuestionAsked, entry: Entry) -> Case:
    return put(case, event.task)


def _tells(case: Case, event: QuestionAsked, entry: Entry) -> tuple[Tell, ...]:
    told: tuple[Holder, ...] = (event.task.owner, desk(case, Role.COORDINATOR))
    return tuple(Tell(holder, "manager_asks", event.task.id) for holder in told)


CHAPTER = Chapter(
    rows=(
        Row(
            AskQuestion,
            MachineName.NOMINATION,
            (*WAITING, NominationState.ASKED_LATE),
            None,
            ("R97", "R98", "R99"),
            asks=(the_case_is_open, the_answer_is_the_managers, the_recorder_is_no_party),
            needs=(something_is_asked,),
        ),
    ),
    happens={AskQuestion: _asks},
    folds={QuestionAsked: _fold},
    tells={QuestionAsked: _tells},
)
