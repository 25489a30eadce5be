"""The state model's values as the API shows them: codes beside words, nothing it may not show."""

from typing import Any

import wire
from api.documents import (
    CaseShown,
    DeadlineShown,
    EntryShown,
    Happened,
    OptionShown,
    Whom,
)
from api.errors import reasons
from api.given import Given
from api.leads import children_led
from config import steps, wording
from gateway.viewing import Line
from statemodel import Case, Deadline, Desk, Hat, Holder, Option, summary
from statemodel.event import Event
from statemodel.events import DeadlineSet
from statemodel.things import Task


def case_shown(given: Given, case: Case) -> CaseShown:
    """Return a case's columns and its running deadlines, explained."""
    told, words = summary(case), given.words
    return CaseShown(
        case_id=told.case_id,
        version=told.version,
        stage=told.stage,
        status=told.status,
        status_words=wording.label("status", told.status, words),
        responsible=_whom(told.responsible),
        accepted_at=told.accepted_at,
        responsible_words=wording.responsible(told.responsible, told.accepted_at, words),
        next_step=told.next_step,
        next_step_words=steps.step(case.running[0], case.open_tasks, words) if case.running else "",
        open_concerns=told.open_concerns,
        open_tasks=told.open_tasks,
        departures=told.departures,
        rehearsal=told.rehearsal,
        opened_at=told.opened_at,
        closed_at=told.closed_at,
        closed_because=told.closed_because,
        children=case.children,
        led=children_led(given, case),
        deadlines=tuple(_deadline(given, case, owed) for owed in case.running),
        safety=wording.safety_line(case.pack, words),
    )


def option_shown(given: Given, option: Option) -> OptionShown:
    return OptionShown(
        command=option.command,
        words=wording.label("command", option.command, given.words),
        thing=option.thing,
        seen=option.seen,
        may_be_tried=not option.why_not,
        why_not=reasons(given, option.why_not),
        asks_why=reasons(given, option.asks_why),
    )


def entry_shown(given: Given, line: Line, tasks: tuple[Task, ...]) -> EntryShown:
    """Return one line of a history with these tasks; what was typed only where it may be read."""
    entry, kind = line.entry, line.entry.command.kind
    document: dict[str, Any] | None = wire.encode(entry.command) if line.spoken else None
    return EntryShown(
        version=entry.version,
        at=entry.at,
        received_at=entry.received_at,
        hat=entry.by.hat.value,
        by=entry.by.id,
        command=kind,
        words=wording.label("command", kind, given.words),
        struck=line.struck,
        no_decision=entry.by.hat is Hat.CLOCK,
        events=() if line.struck else tuple(_happened(given, one, tasks) for one in line.events),
        departures=reasons(given, entry.departures),
        document=document,
    )


def whom(kind: str | None, id_: str | None) -> Whom | None:
    return Whom(kind, id_) if kind and id_ else None


def _happened(given: Given, event: Event, tasks: tuple[Task, ...]) -> Happened:
    if isinstance(event, DeadlineSet):
        return Happened(event.kind, steps.step_and_why(event.deadline, tasks, given.words))
    return Happened(event.kind, steps.happened(event, tasks, given.words))


def _deadline(given: Given, case: Case, owed: Deadline) -> DeadlineShown:
    owner = _whom(owed.owner)
    assert owner, "every deadline has an owner"
    explained = steps.step_and_why(owed, case.open_tasks, given.words)
    return DeadlineShown(
        owed.id, owed.what.value, owed.about, owner, owed.due.day, owed.due.at, explained
    )


def _whom(holder: Holder | None) -> Whom | None:
    if holder is None:
        return None
    return Whom("desk" if isinstance(holder, Desk) else "person", holder.id)
