"""A record that departs from a rule: kept as it was, with an owner and a clock (practice D6)."""

from dataclasses import dataclass

from statemodel.attempt import Asked
from statemodel.burden import opens
from statemodel.case import Case
from statemodel.deadlines import desk, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, Tell
from statemodel.people import Role
from statemodel.refusal import Unmet
from statemodel.things import Task, TaskKind, TaskState


@dataclass(frozen=True, slots=True)
class DepartureNoted(Event):
    """What happened is kept although rules say otherwise; the co-ordinator's desk puts it right."""

    kind = "departure_noted"
    task: Task
    codes: tuple[str, ...]


def departs(asked: Asked[object], departures: tuple[Unmet, ...]) -> tuple[Event, ...]:
    """Return the events that keep a departure with an owner and a clock (R11, R352)."""
    codes = tuple(unmet.code for unmet in departures)
    task = Task(
        id=f"t{asked.version}.1",
        version=asked.version,
        state=TaskState.OPEN,
        what=TaskKind.PUT_RIGHT,
        owner=desk(asked.case, Role.COORDINATOR),
        about=codes,
    )
    task, clock = opens(asked, task, asked.case.pack.clocks.follow_up, step=9)
    return DepartureNoted(task, codes), *clock


def _fold(case: Case, event: DepartureNoted, entry: Entry) -> Case:
    return put(case, event.task)


def _tells(case: Case, event: DepartureNoted, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(event.task.owner, "please_put_right", event.task.id),)


CHAPTER = Chapter(rows=(), folds={DepartureNoted: _fold}, tells={DepartureNoted: _tells})
