"""Passing the case to a colleague who knows more; it is theirs once they say yes (R21, R22)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import DeadlineSet, put, settles
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.tasks import TaskAnswered
from statemodel.pathway.tenures import ResponsibilityPassed
from statemodel.people import Holder, Person, PersonFacts, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead
from statemodel.things import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn(Command):
    """Ask a colleague of the same agency to take the case over; until then it stays where it is."""

    kind = "pass_on"
    colleague: str = about("The colleague, by id", "p-jo")
    why: str = about("Why they are better placed", "Knows the illness", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Command):
    """Say yes to a case that was passed on; it is yours from now."""

    kind = "take_over"
    thing = "task"
    task: str = about("The task that asks for it", "t9")
    seen: int = about("The version of the task the person saw", 9)


@dataclass(frozen=True, slots=True)
class PassedOn(Event):
    """A colleague is asked; whoever had the case has it still (R21)."""

    kind = "passed_on"
    task: Task


@dataclass(frozen=True, slots=True)
class TakenOver(Event):
    """The colleague said yes, and the dates that ran go over with the case."""

    kind = "taken_over"
    task: str
    before: Holder


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NOT_YOURS = Unmet("not_yours_to_pass_on", ("R21",), BATON)
NOT_KNOWN = Unmet("person_not_known", ("R21",), BATON, Strength.SENSE)
THEMSELVES = Unmet("passed_to_oneself", ("R21",), BATON, Strength.SENSE)
HAS_LEFT = Unmet("colleague_has_left", ("R21",), BATON)
NO_PRACTITIONER = Unmet("colleague_not_practitioner", ("R21",), NATIONAL)
ELSEWHERE = Unmet("colleague_of_another_agency", ("R21",), NATIONAL)
NOT_ASKED_THAT = Unmet("nothing_to_take_over", ("R21",), BATON, Strength.SENSE)
ANOTHERS = Unmet("passed_to_somebody_else", ("R21",), BATON, Strength.SENSE)
NO_LONGER_THEIRS = Unmet("no_longer_theirs_to_pass_on", ("R21",), BATON, Strength.SENSE)


def colleague(asked: Asked[PassOn]) -> PersonFacts | None:
    return asked.context.facts.of(asked.command.colleague)


def task_of(asked: Asked[object]) -> Task:
    assert isinstance(asked.thing, Task)
    return asked.thing


def it_is_theirs_to_pass_on(asked: Asked[object]) -> Unmet | None:
    holder = asked.case.standing.responsible
    mine = not isinstance(holder, Person) or holder == Person(_whose(asked))
    return None if mine else NOT_YOURS.about(owner=holder.id if holder else "")


def _whose(asked: Asked[object]) -> str:
    return asked.answers_for if asked.command else asked.context.by.id


def nobody_leads_by_now(asked: Asked[object]) -> Unmet | None:
    """Once somebody leads, who is responsible changes with who leads (R1, R21)."""
    led = any(lead.current for lead in asked.case.every(Lead))
    return NO_LONGER_THEIRS if led else None


def the_colleague_is_known(asked: Asked[PassOn]) -> Unmet | None:
    return None if colleague(asked) else NOT_KNOWN.about(person=asked.command.colleague)


def the_colleague_is_somebody_else(asked: Asked[PassOn]) -> Unmet | None:
    same = asked.case.standing.responsible == Person(asked.command.colleague)
    return THEMSELVES if same else None


def the_colleague_works_here_still(asked: Asked[PassOn]) -> Unmet | None:
    known = colleague(asked)
    return HAS_LEFT if known and not known.active else None


def the_colleague_is_a_practitioner(asked: Asked[PassOn]) -> Unmet | None:
    known = colleague(asked)
    return NO_PRACTITIONER if known and Role.PRACTITIONER not in known.roles else None


def the_colleague_is_of_the_same_agency(asked: Asked[PassOn]) -> Unmet | None:
    known, mine = colleague(asked), asked.context.facts.of(asked.answers_for)
    return ELSEWHERE if known and mine and known.agency != mine.agency else None


def there_is_a_case_to_take_over(asked: Asked[object]) -> Unmet | None:
    return None if task_of(asked).what is TaskKind.TAKE_OVER else NOT_ASKED_THAT


def it_was_passed_to_them(asked: Asked[object]) -> Unmet | None:
    owner = task_of(asked).owner
    return None if owner == Person(_whose(asked)) else ANOTHERS.about(owner=owner.id)


def it_is_still_theirs_who_passed_it_on(asked: Asked[object]) -> Unmet | None:
    """Once somebody leads, or it is closed, there is nothing left to hand over this way."""
    holder = asked.case.standing.responsible
    theirs = holder is not None and holder.id in task_of(asked).about
    return nobody_leads_by_now(asked) if theirs else NO_LONGER_THEIRS


def _passes(asked: Asked[PassOn]) -> tuple[Event, ...]:
    holder = asked.case.standing.responsible
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.TAKE_OVER,
        owner=Person(asked.command.colleague),
        about=(holder.id,) if holder else (),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.task)
    return PassedOn(task), *clock


def _takes(asked: Asked[TakeOver]) -> tuple[Event, ...]:
    """Whoever else was asked need not answer any more."""
    new, before = Person(asked.answers_for), asked.case.standing.responsible
    assert before, "the guards let no case through that is in nobody's hands"
    over: list[Event] = []
    for task in asked.case.open_tasks:
        if task.what is TaskKind.TAKE_OVER:
            over.extend((TaskAnswered(task.id), *settles(asked, task.id)))
    taken = TakenOver(asked.command.task, before)
    passed = ResponsibilityPassed(new, accepted=True)
    return taken, passed, *over, *_dates_go_to(asked, new)


def _dates_go_to(asked: Asked[object], new: Person) -> tuple[DeadlineSet, ...]:
    """The date stays, and is now the colleague's to keep."""
    before = asked.case.standing.responsible
    theirs = (owed for owed in asked.case.running if owed.about == "case" and owed.owner == before)
    return tuple(DeadlineSet(replace(owed, owner=new)) for owed in theirs)


def _fold(case: Case, event: PassedOn, entry: Entry) -> Case:
    return put(case, event.task)


def _tell_passed(case: Case, event: PassedOn, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.task.owner, "please_take_over", event.task.id),)


def _tell_taken(case: Case, event: TakenOver, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.before, "taken_over", event.task),)


EARLY = (
    Stage.IDENTIFIED,
    Stage.CHECKING,
    Stage.AGREEMENT,
    Stage.ASSESSING,
    Stage.TRIAGE,
    Stage.ROUTED,
)
CHAPTER = Chapter(
    rows=(
        Row(
            PassOn,
            MachineName.STAGE,
            EARLY,
            None,
            ("T2", "R21"),
            asks=(it_is_theirs_to_pass_on, nobody_leads_by_now),
            needs=(
                the_colleague_is_known,
                the_colleague_is_somebody_else,
                the_colleague_works_here_still,
                the_colleague_is_a_practitioner,
                the_colleague_is_of_the_same_agency,
            ),
        ),
        Row(
            TakeOver,
            MachineName.TASK,
            (TaskState.OPEN,),
            TaskState.ANSWERED,
            ("T2", "R21"),
            asks=(
                there_is_a_case_to_take_over,
                it_was_passed_to_them,
                it_is_still_theirs_who_passed_it_on,
            ),
        ),
    ),
    happens={PassOn: _passes, TakeOver: _takes},
    folds={PassedOn: _fold, TakenOver: unchanged},
    tells={PassedOn: _tell_passed, TakenOver: _tell_taken},
    roles={PassOn: CASEWORK, TakeOver: CASEWORK},
)
