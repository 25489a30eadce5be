"""How much of one kind may wait at once; beyond it, more joins what waits (decision 6)."""

from dataclasses import replace

from statemodel.attempt import Asked
from statemodel.deadlines import Clock, DeadlineSet, starts
from statemodel.discretion import MOST_MEANT, meant
from statemodel.things import DeadlineKind, Task
from statemodel.working_days import Period

MOST_ALIKE = 16


def opens(
    asked: Asked[object], task: Task, period: Period, *, step: int = 0
) -> tuple[Task, tuple[DeadlineSet, ...]]:
    """Return the task as it will stand, with the clock it starts now.

    What cannot be refused must not fill the case either: from the seventeenth alike on, a task
    joins the newest, whose clock runs already. Each is still an entry, and still told. What comes
    of a task is kept from those the task is kept from.
    """
    inherited = asked.thing.not_to if type(asked.thing) is Task else ()
    names = (*inherited, *task.not_to)
    alike = [held for held in asked.case.open_tasks if _kind(held) == _kind(task)]
    if len(alike) < MOST_ALIKE:
        clock = Clock(DeadlineKind.TASK, task.id, task.owner, period, step=step)
        not_to = meant(names, asked.context.facts)[:MOST_MEANT]
        task = replace(task, about=task.about[:MOST_ALIKE], not_to=not_to)
        return task, (starts(asked, clock, asked.context.now),)
    newest = alike[-1]
    about = tuple(dict.fromkeys((*newest.about, *task.about)))[:MOST_ALIKE]
    not_to = meant(names, asked.context.facts, newest.not_to)[:MOST_MEANT]
    return replace(newest, about=about, not_to=not_to, version=asked.version), ()


def _kind(task: Task) -> tuple[object, ...]:
    return task.what, task.private, task.owner
