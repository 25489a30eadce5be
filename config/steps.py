"""What is owed, and what has been done about a task, in the words of the task itself."""

from collections.abc import Iterable

from config.explain import explain
from config.wording import Phrase, Words, label, phrase
from statemodel.event import Event
from statemodel.events import TaskAnswered
from statemodel.things import Deadline, DeadlineKind, Task, TaskKind


def step(owed: Deadline, tasks: Iterable[Task] = (), words: Words | None = None) -> str:
    """Return what is owed; the clock of one of these tasks is told in the task's own words."""
    if owed.what is DeadlineKind.TASK:
        for task in tasks:
            if task.id == owed.about:
                return task_step(task.what, words)
    return label("deadline", owed.what, words)


def task_step(what: TaskKind, words: Words | None = None) -> str:
    """Return a task as something to do: "Answer the concern about a child"."""
    if what is TaskKind.CONCERN:
        return phrase(Phrase.ANSWER_CONCERN, words)
    return label("task", what, words)


def step_and_why(owed: Deadline, tasks: Iterable[Task] = (), words: Words | None = None) -> str:
    """Return "Answer the concern about a child: due Thu 2 Apr, 14:00: 4 hours from …"."""
    return f"{step(owed, tasks, words)}: {explain(owed.due)}"


def happened(event: Event, tasks: Iterable[Task] = (), words: Words | None = None) -> str:
    """Return an event in words; of an answered task, which kind it was."""
    if isinstance(event, TaskAnswered):
        for task in tasks:
            if task.id == event.task:
                return _answered(task.what, words)
    return label("event", event.kind, words)


def _answered(what: TaskKind, words: Words | None) -> str:
    if what is TaskKind.CONCERN:
        return phrase(Phrase.CONCERN_ANSWERED, words)
    return phrase(Phrase.TASK_DONE, words, task=label("task", what, words))
