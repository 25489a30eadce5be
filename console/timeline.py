"""A case's history as people read it: each entry in words, what was typed kept apart from ours."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import wire
from config import wording
from config.choices import choice
from config.explain import explain
from config.steps import happened, step
from config.wording import Said
from console.looking import Look
from gateway.viewing import Line, history_seen_by, tasks_in
from readmodel.journal import read_entries
from statemodel import Desk, Entry, Hat, Person
from statemodel.event import Event
from statemodel.events import DeadlineSet, DeadlineSettled
from statemodel.things import Task

Tasks = tuple[Task, ...]
NOT_SHOWN = frozenset({"seen", "nomination", "task", "recorded", "message", "subject", "deadline"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of an entry: its words, and what was answered."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of the timeline."""

    version: int
    title: str
    by: str
    at: str
    happened: str
    struck: bool
    no_decision: bool
    events: tuple[str, ...]
    answers: tuple[Answer, ...]
    departures: tuple[Said, ...]


async def history(look: Look, case_id: str) -> tuple[Line, ...]:
    """Return what this person may read of the history, the oldest first."""
    gateway = look.given.gateway
    plain = await read_entries(gateway.store, gateway.vault, case_id)
    return history_seen_by(look.viewer, (wire.decode(Entry, one) for one in plain))


def timeline(look: Look, lines: tuple[Line, ...]) -> tuple[Shown, ...]:
    """Return those lines in words, the newest first."""
    tasks = tasks_in(lines)
    return tuple(_shown(look, line, tasks) for line in reversed(lines))


def _shown(look: Look, line: Line, tasks: Tasks) -> Shown:
    entry = line.entry
    command, kind = entry.command, entry.command.kind
    recorded = getattr(command, "recorded", None)
    title, *further = _told(look, line, tasks)
    return Shown(
        version=entry.version,
        title=title,
        by=_by(look, entry),
        at=look.at(entry.at),
        happened=_happened(look, recorded) if recorded and line.spoken else "",
        struck=line.struck,
        no_decision=entry.by.hat is Hat.CLOCK,
        events=tuple(further),
        answers=tuple(_answers(look, kind, command)) if line.spoken else (),
        departures=tuple(wording.say(one, look.words, look.who) for one in entry.departures),
    )


def _told(look: Look, line: Line, tasks: Tasks) -> list[str]:
    """Return what happened, in words; where only clocks were set, what was done comes first."""
    kept = [one for one in line.events if not isinstance(one, DeadlineSettled)]
    told = [_event(look, one, tasks) for one in kept]
    if line.struck or not kept or isinstance(kept[0], DeadlineSet):
        done = wording.label("command", line.entry.command.kind, look.words)
        return [done] if line.struck else [done, *told]
    return told


def _by(look: Look, entry: Entry) -> str:
    if entry.by.hat is Hat.PERSON:
        return wording.holder(Person(entry.by.id), look.words, look.who)
    return wording.label("hat", entry.by.hat.value, look.words)


def _happened(look: Look, recorded: Any) -> str:
    told = f"happened {look.at(recorded.happened_at)}, {choice(recorded.how, look.words).lower()}"
    whose = recorded.on_behalf_of
    return f"{told}, said by {look.who(whose)}" if whose else told


def _event(look: Look, event: Event, tasks: Tasks) -> str:
    if not isinstance(event, DeadlineSet):
        return happened(event, tasks, look.words)
    owed = event.deadline
    name = wording.holder(owed.owner, look.words, look.who)
    if isinstance(owed.owner, Desk):
        name = wording.label("role", owed.owner.role.value, look.words)
    what = step(owed, tasks, look.words)
    whose = "" if name in what else f", with {name}"
    return f"{what}{whose}: {explain(owed.due)}"


def _answers(look: Look, group: str, value: Any) -> Iterator[Answer]:
    """Yield what was answered, field by field; what was left empty is left out.

    The first answer of a group is the answer to the group's own question; so is each row's.
    """
    for one in fields(value):
        held = getattr(value, one.name)
        if one.name in NOT_SHOWN or held in (None, "", ()) or (held is one.default is False):
            continue
        words = wording.label("field", f"{group}.{one.name}", look.words)
        rows = held if isinstance(held, tuple) and is_dataclass(held[0]) else (held,)
        if is_dataclass(rows[0]):
            for row in rows:
                first, *rest = _answers(look, one.name, row)
                yield from (replace(first, label=words), *rest)
        else:
            yield Answer(words, text_of(look, held))


def text_of(look: Look, value: Any) -> str:
    """Return one answer in words: a choice, a name, a time, or what was typed."""
    if isinstance(value, Enum):
        return choice(value, look.words)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return look.at(value) if isinstance(value, datetime) else wording.date_words(value)
    if isinstance(value, tuple):
        return ", ".join(text_of(look, item) for item in value)
    return look.who(value) if isinstance(value, str) else str(value)
