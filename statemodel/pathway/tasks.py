"""Tasks beside the pathway: what somebody must see to, and messages that could not be delivered."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case, Stage
from statemodel.command import Automatic, Command, about
from statemodel.deadlines import desk, put, settles
from statemodel.discretion import kept_from
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.people import Desk, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead
from statemodel.things import Nomination, Sharing, Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTask(Command):
    """Say what was done about something that waited for you or your desk."""

    kind = "answer_task"
    thing = "task"
    task: str = about("The task that is answered", "t9")
    seen: int = about("The version of the task the person saw", 9)
    done: str = about("What was done", "Spoke to the family; front door told", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportUndelivered(Automatic):
    """A message could not be delivered; somebody must tell the person instead (I29, I37)."""

    kind = "report_undelivered"
    message: str = about("The message, by its id", "c1-4-please_answer-p-lee")
    purpose: str = about("What the message was for", "please_answer")
    subject: str = about("The thing in the case it was about", "n4", default="")
    why: str = about("A code for what went wrong", "address_refused")


@dataclass(frozen=True, slots=True)
class TaskAnswered(Event):
    kind = "task_answered"
    task: str


@dataclass(frozen=True, slots=True)
class MessageUndelivered(Event):
    """Nobody was told; the co-ordinator's desk has a day to tell them by other means."""

    kind = "message_undelivered"
    message: str
    purpose: str
    subject: str
    task: Task


NOT_YOUR_TASK = Unmet("not_your_task", ("R331",), Authority.BATON)
NOT_SHOWN_TO_YOU = Unmet("not_your_task", ("R331",), Authority.BATON, Strength.SENSE)
ABOUT_THE_LEAD = Unmet("request_is_about_you", ("R152",), Authority.BATON, Strength.SENSE)
SHARED_IT = Unmet("not_your_task", ("C27", "R331"), Authority.BATON)
NOTHING_SAID = Unmet("nothing_done_said", ("R352",), Authority.BATON)
OVERSEERS = {Role.COORDINATOR, Role.EARLY_HELP_MANAGER}
OVERSEERS_OF_CONCERNS = {Role.EARLY_HELP_MANAGER}


def the_task_is_theirs(asked: Asked[object]) -> Unmet | None:
    """The owner, whoever sits at the owner's desk, or an overseer; never those it is kept from.

    A concern is its desk's, or the early help manager's, who is told of a private one too: those it
    is about may be all who sit at the desk (practice D3).
    """
    task, actor = asked.thing, asked.actor
    assert isinstance(task, Task)
    if {asked.context.by.id, asked.answers_for} & set(task.not_to):
        return NOT_SHOWN_TO_YOU
    roles = set(actor.roles) if actor else set()
    owner = task.owner
    seated = isinstance(owner, Desk) and owner.role in roles
    mine = owner.id == asked.context.by.id
    of_children = task.private or task.what is TaskKind.CONCERN
    oversees = bool(roles & (OVERSEERS_OF_CONCERNS if of_children else OVERSEERS))
    if seated or mine or oversees:
        return None
    return NOT_SHOWN_TO_YOU if task.private else NOT_YOUR_TASK.about(owner=owner.id)


def a_request_for_another_lead_is_not_the_leads(asked: Asked[object]) -> Unmet | None:
    """Who leads cannot refuse, answer or be rid of it, whatever desk she sits at (R152)."""
    task = asked.thing
    assert isinstance(task, Task)
    hers = task.what is TaskKind.CHANGE_REQUESTED and leads_now(asked)
    return ABOUT_THE_LEAD if hers else None


def whoever_decided_to_share_does_not_look_at_it(asked: Asked[object]) -> Unmet | None:
    """What was shared though nobody agreed is looked at by somebody else (C27)."""
    task, who = asked.thing, (asked.answers_for, asked.context.by.id)
    assert isinstance(task, Task)
    if task.what is not TaskKind.SHARED_WITHOUT_AGREEMENT:
        return None
    decided = (one.by for one in asked.case.every(Sharing) if one.id in task.about)
    return SHARED_IT.about(owner=task.owner.id) if any(by in who for by in decided) else None


def leads_now(asked: Asked[object]) -> bool:
    """Whether whoever asks, or is answered for, leads for any child of the case."""
    who = (asked.answers_for, asked.context.by.id)
    return any(lead.current and lead.person in who for lead in asked.case.every(Lead))


def it_is_said_what_was_done(asked: Asked[AnswerTask]) -> Unmet | None:
    return None if asked.command.done.strip() else NOTHING_SAID


def _answers(asked: Asked[AnswerTask]) -> tuple[Event, ...]:
    return TaskAnswered(asked.command.task), *settles(asked, asked.command.task)


def _reports(asked: Asked[ReportUndelivered]) -> tuple[Event, ...]:
    command = asked.command
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.TELL_BY_HAND,
        owner=desk(asked.case, Role.COORDINATOR),
        about=(command.message,),
        not_to=kept_from(asked.case, command.subject),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.task)
    undelivered = MessageUndelivered(command.message, command.purpose, command.subject, task)
    return undelivered, *clock


def _fold_answered(case: Case, event: TaskAnswered, entry: Entry) -> Case:
    """Answered by somebody, or by what happened: then no move of its own says so."""
    task = case.thing(Task, event.task)
    done = TaskState.ANSWERED
    return put(case, replace(task, state=done, version=entry.version)) if task else case


def _tell_answered(case: Case, event: TaskAnswered, entry: Entry) -> tuple[Tell, ...]:
    """A case that was passed on and not taken over is still whose it was (R21)."""
    task, holder = case.thing(Task, event.task), case.standing.responsible
    if task is None or not isinstance(entry.command, AnswerTask):
        return ()
    if task.what is TaskKind.MANAGER_ASKS:
        return _tell_replied(case, task)
    declined = task.what is TaskKind.TAKE_OVER
    return (Tell(holder, "not_taken_over", event.task),) if declined and holder else ()


def _tell_replied(case: Case, task: Task) -> tuple[Tell, ...]:
    """Whoever asked, and is still to answer, is told that there is a reply (D33)."""
    held = [one for one in case.every(Nomination) if one.id in task.about]
    pairs = ((one.id, name) for one in held for name in (one.asked, one.deputy) if name)
    asked = ((about, name) for about, name in pairs if name in task.about)
    return tuple(Tell(Person(name), "question_answered", about) for about, name in asked)


def _fold_undelivered(case: Case, event: MessageUndelivered, entry: Entry) -> Case:
    """A manager who could not be reached was not asked (practice D18)."""
    case = put(case, event.task)
    nomination = case.thing(Nomination, event.subject)
    if nomination is None or event.purpose != "please_answer":
        return case
    return put(case, replace(nomination, delivered=False))


def _tell_undelivered(case: Case, event: MessageUndelivered, entry: Entry) -> tuple[Tell, ...]:
    if event.purpose == "tell_by_hand":
        return ()
    return (Tell(event.task.owner, "tell_by_hand", event.task.id),)


ANY_STAGE = tuple(stage for stage in Stage if stage is not Stage.NONE)
CHAPTER = Chapter(
    rows=(
        Row(
            AnswerTask,
            MachineName.TASK,
            (TaskState.OPEN,),
            TaskState.ANSWERED,
            ("R331", "R352"),
            asks=(
                the_task_is_theirs,
                a_request_for_another_lead_is_not_the_leads,
                whoever_decided_to_share_does_not_look_at_it,
            ),
            needs=(it_is_said_what_was_done,),
        ),
        Row(ReportUndelivered, MachineName.STAGE, ANY_STAGE, None, ("R357", "R374")),
    ),
    happens={AnswerTask: _answers, ReportUndelivered: _reports},
    folds={TaskAnswered: _fold_answered, MessageUndelivered: _fold_undelivered},
    tells={TaskAnswered: _tell_answered, MessageUndelivered: _tell_undelivered},
)
