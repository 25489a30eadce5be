"""Taking one entry back out of a case, with what the clock alone made of it (practice D22)."""

from dataclasses import replace
from typing import Any

from statemodel.case import Case, Undo
from statemodel.deadlines import put
from statemodel.pathway.vacancy import LEAD
from statemodel.people import Desk, Hat
from statemodel.planning import Action
from statemodel.tenure import Lead, Nomination
from statemodel.things import Deadline, Thing

STRIKING = "enter_in_error"


def since(case: Case, undo: Undo) -> tuple[Undo, ...]:
    """The later entries that still count; a struck one and its striking cancel each other."""
    return tuple(
        later
        for later in case.undos
        if later.version > undo.version and not later.struck and later.command != STRIKING
    )


def changed(undo: Undo) -> set[str]:
    return {thing.id for thing in undo.things}


def falling(case: Case, undo: Undo) -> tuple[Undo, ...]:
    """The entry, and the clock's later ones about what was born in it: they fall together."""
    falls, gone = [undo], set(undo.born)
    for later in since(case, undo):
        if later.hat == Hat.CLOCK and later.about in gone:
            falls.append(later)
            gone |= set(later.born)
    return tuple(falls)


def without(case: Case, undo: Undo) -> Case:
    """Return the case as though the entry, and what fell with it, had never been."""
    falls = falling(case, undo)
    gone = {name for fallen in falls for name in fallen.born}
    for fallen in reversed(falls):
        for thing in fallen.things:
            case = put(case, thing)
        case = case if fallen.standing is None else replace(case, standing=fallen.standing)
    kept = tuple(thing for thing in case.things if not _goes(thing, gone))
    departures = case.departures - sum(fallen.departures for fallen in falls)
    return replace(case, things=kept, departures=departures)


def _goes(thing: Thing, gone: set[str]) -> bool:
    """What was born in what fell goes, and so do clocks about it."""
    return thing.id in gone or (isinstance(thing, Deadline) and thing.about in gone)


def leaves_a_gap(case: Case) -> bool:
    """Whether such a case would lack what every case has; never so in any sound one (I1, I29)."""
    return _open_gap(case) if case.is_open else _closed_gap(case)


def _open_gap(case: Case) -> bool:
    """Nothing is owed, nobody looks for a lead, or a desk holds what somebody leads."""
    owed = {deadline.about for deadline in case.running}
    sought = bool(case.nominations) or bool(owed & {"case", LEAD})
    led = any(lead.current for lead in case.every(Lead))
    by_a_desk = isinstance(case.standing.responsible, Desk)
    return not owed or (bool(case.vacant) and not sought) or (led and by_a_desk)


def _closed_gap(case: Case) -> bool:
    """Something lives on that nobody could settle any more."""
    tasks = {task.id for task in case.open_tasks}
    loose = any(deadline.about not in tasks for deadline in case.running)
    kinds: tuple[type[Any], ...] = (Action, Lead, Nomination)
    return loose or any(thing.live for kind in kinds for thing in case.every(kind))


def led_twice(case: Case) -> str | None:
    """Return a lead whose child has another current lead as well; None in any sound case (R1)."""
    seen: set[str] = set()
    for lead in case.every(Lead):
        if lead.current and seen & set(lead.children):
            return lead.id
        seen |= set(lead.children) if lead.current else set()
    return None
