"""A decision to share: with whom, what, why; anybody's own, and never held up (D7, R30–R33)."""

from dataclasses import dataclass

from statemodel.assessing import Basis, Sharing
from statemodel.attempt import Asked
from statemodel.burden import MOST_ALIKE, opens
from statemodel.case import OPEN_STAGES, Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import DeadlineSet, desk, put
from statemodel.discretion import MOST_MEANT, meant
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.agreement import somebody_agrees
from statemodel.people import Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSharing(Command):
    """Write down a decision to share what is known of a family, taken on your own authority."""

    kind = "record_sharing"
    agencies: tuple[str, ...] = about("With which agencies, by id", ["a-health"])
    what: str = about("What is shared", "That help is being planned", default="", limit=10_000)
    why: str = about("Why it is necessary", "To keep the child well", default="", limit=10_000)
    basis: Basis = about("Why it is lawful", "public_task", default=Basis.PUBLIC_TASK)
    people: tuple[str, ...] | None = about(
        "Which professionals it is about, by id: they are not shown it", ["p-jo"], default=None
    )


@dataclass(frozen=True, slots=True)
class SharingDecided(Event):
    """It was decided to share; where nobody agrees to take part, a manager looks at it (C27)."""

    kind = "sharing_decided"
    sharing: Sharing
    task: Task | None = None


WITH_NOBODY = Unmet("sharing_with_nobody", ("R33",), Authority.BATON, Strength.SENSE)
TOO_MANY = Unmet("sharing_with_too_many", ("R33",), Authority.BATON, Strength.SENSE)
UNEXPLAINED = Unmet(
    "sharing_not_explained", ("R33", "C27"), Authority.NATIONAL_GUIDANCE, Strength.ASK_WHY
)


def an_agency_is_named(asked: Asked[RecordSharing]) -> Unmet | None:
    return None if asked.command.agencies else WITH_NOBODY


def the_agencies_can_be_told_apart(asked: Asked[RecordSharing]) -> Unmet | None:
    """A decision names who may know; a list of everybody names nobody (R33)."""
    return TOO_MANY if len(asked.command.agencies) > MOST_ALIKE else None


def it_is_said_what_is_shared_and_why(asked: Asked[RecordSharing]) -> Unmet | None:
    command = asked.command
    return None if command.what.strip() and command.why.strip() else UNEXPLAINED


def _decides(asked: Asked[RecordSharing]) -> tuple[Event, ...]:
    command = asked.command
    sharing = Sharing(
        f"h{asked.version}",
        command.agencies,
        command.basis,
        asked.answers_for,
        asked.happened_at,
        not_to=meant(command.people or (), asked.context.facts)[:MOST_MEANT] or None,
    )
    if somebody_agrees(asked.case):
        return (SharingDecided(sharing),)
    task, clock = _a_manager_looks(asked)
    return SharingDecided(sharing, task), *clock


def _a_manager_looks(asked: Asked[RecordSharing]) -> tuple[Task, tuple[DeadlineSet, ...]]:
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.SHARED_WITHOUT_AGREEMENT,
        owner=desk(asked.case, Role.EARLY_HELP_MANAGER),
        about=(f"h{asked.version}",),
        not_to=asked.command.people or (),
    )
    return opens(asked, task, asked.case.pack.clocks.task)


def _fold(case: Case, event: SharingDecided, entry: Entry) -> Case:
    case = put(case, event.sharing)
    return put(case, event.task) if event.task else case


def _tells(case: Case, event: SharingDecided, entry: Entry) -> tuple[Tell, ...]:
    task = event.task
    return (Tell(task.owner, "shared_without_agreement", task.id),) if task else ()


CHAPTER = Chapter(
    rows=(
        Row(
            RecordSharing,
            MachineName.STAGE,
            (*OPEN_STAGES, Stage.CLOSED),
            None,
            ("R30", "R33", "C27"),
            needs=(
                an_agency_is_named,
                the_agencies_can_be_told_apart,
                it_is_said_what_is_shared_and_why,
            ),
        ),
    ),
    happens={RecordSharing: _decides},
    folds={SharingDecided: _fold},
    tells={SharingDecided: _tells},
)
