"""A concern about a child's safety: never refused, moves nothing, told at once (practice D1–D3)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import desk, put
from statemodel.discretion import meant
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.people import Person, Role
from statemodel.things import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseConcern(Command):
    """Say that a child may be at risk; anybody may, at any time, with as little as they know."""

    kind = "raise_concern"
    what: str = about("What worries you", "Afraid to go home", default="", limit=10_000)
    done: str = about("What has been done already", "Rang the front door", default="", limit=10_000)
    people: tuple[str, ...] = about("Whom it is about, by id, if you know", ["p-jo"], default=())
    about_a_professional: bool = about(
        "It is about a professional, or somebody who can see this case", False, default=False
    )


@dataclass(frozen=True, slots=True)
class ConcernRaised(Event):
    """A duty manager has it in hand, with a same-day clock; nothing else changes."""

    kind = "concern_raised"
    task: Task


def is_private(asked: Asked[RaiseConcern]) -> bool:
    """Whether those on the case must not see it: it is about one of them, or said to be (D3)."""
    mine = {getattr(asked.case.standing.responsible, "id", "")}
    for nomination in asked.case.nominations:
        mine |= {nomination.nominee, nomination.asked, nomination.proposer}
    known = asked.context.facts.people
    on_the_case = mine | {person.id for person in known if person.roles}
    return asked.command.about_a_professional or bool(on_the_case & set(asked.command.people))


def _happens(asked: Asked[RaiseConcern]) -> tuple[Event, ...]:
    task = Task(
        id=f"t{asked.version}",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.CONCERN,
        owner=desk(asked.case, Role.DUTY_MANAGER),
        about=asked.command.people,
        private=is_private(asked),
        not_to=tuple(name for name in asked.command.people if name not in asked.case.children),
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.concern)
    return ConcernRaised(task), *clock


def _fold(case: Case, event: ConcernRaised, entry: Entry) -> Case:
    return put(case, event.task)


def _tells(case: Case, event: ConcernRaised, entry: Entry) -> tuple[Tell, ...]:
    """The duty desk, and a second pair of eyes: those it is about may be all of that desk (D3)."""
    assert isinstance(entry.command, RaiseConcern)
    about = meant(entry.command.people, entry.facts)
    duty = Tell(event.task.owner, "concern_raised", event.task.id, safety=True, not_to=about)
    if event.task.private:
        return duty, replace(duty, to=desk(case, Role.EARLY_HELP_MANAGER))
    responsible = case.standing.responsible
    if responsible is None or responsible == Person(entry.by.id):
        return (duty,)
    return duty, replace(duty, to=responsible)


EVERY_STAGE = tuple(stage for stage in Stage if stage is not Stage.NONE)
CHAPTER = Chapter(
    rows=(Row(RaiseConcern, MachineName.STAGE, EVERY_STAGE, None, ("R28", "C27")),),
    happens={RaiseConcern: _happens},
    folds={ConcernRaised: _fold},
    tells={ConcernRaised: _tells},
)
