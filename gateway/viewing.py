"""A case as one person may see it: what is kept from somebody is invisible to them (D3)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import wire
from readmodel.directory import facts_for
from readmodel.engine import Store
from statemodel import Case, Deadline, Entry, Option, PersonFacts, Role
from statemodel.commands import ReportUndelivered
from statemodel.event import Event
from statemodel.events import EntryStruck
from statemodel.things import Sharing, Task, Thing

TRUSTED = frozenset({Role.DUTY_MANAGER, Role.EARLY_HELP_MANAGER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks; somebody the directory does not know, or who has left, has no roles."""

    id: str = ""
    roles: frozenset[Role] = frozenset()

    @property
    def is_trusted(self) -> bool:
        """Whether private concerns are for these eyes at all, save those about themselves."""
        return bool(self.roles & TRUSTED)

    def may_see(self, held: Task | Sharing) -> bool:
        if self.id in (held.not_to or ()):
            return False
        if isinstance(held, Sharing):
            return True
        return not held.private or (self.is_trusted and self.id not in held.about)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a history as it may be shown; `spoken`: whether its own words may be, too."""

    entry: Entry
    events: tuple[Event, ...]
    struck: bool
    spoken: bool


async def viewer(store: Store, by: str) -> Viewer:
    """Return who looks, with their roles as the directory has them now."""
    known = await facts_for(store, [by])
    roles = known[0].roles if known and known[0].active else ()
    return Viewer(by, frozenset(roles))


def may_see_case(asker: PersonFacts | None, agency: str, authority: str) -> bool:
    """Whether somebody who looks for a child is told which case it is in, of that `agency`.

    Whoever works where the case is, and the authority's own; anybody else asks the hub (D25).
    """
    return asker is not None and asker.active and asker.agency in (agency, authority)


def case_seen_by(looker: Viewer, case: Case) -> Case:
    """Return the case without what is kept from this person, nor any clock of it."""
    hidden = _hidden(looker, case)
    return replace(case, things=tuple(t for t in case.things if not _is_of(t, hidden)))


def options_seen_by(looker: Viewer, case: Case, options: Iterable[Option]) -> tuple[Option, ...]:
    hidden = _hidden(looker, case)
    return tuple(option for option in options if option.thing not in hidden)


def history_seen_by(looker: Viewer, entries: Iterable[Entry]) -> tuple[Line, ...]:
    """Return the lines this person may read, in order; struck ones keep their place, wordless."""
    held = tuple(entries)
    events = (event for entry in held for event in entry.events)
    strikes = (event for event in events if isinstance(event, EntryStruck))
    struck = {version for one in strikes for version in (one.entry, *(one.fell or ()))}
    curtain = _Curtain(looker)
    return tuple(curtain.lines(held, struck))


def tasks_in(lines: Iterable[Line]) -> tuple[Task, ...]:
    """Return the tasks that these lines gave somebody, whatever has become of them since."""
    events = (event for line in lines for event in line.events)
    born = (getattr(event, "task", None) for event in events)
    return tuple(task for task in born if isinstance(task, Task))


def _hidden(looker: Viewer, case: Case) -> frozenset[str]:
    held: tuple[Task | Sharing, ...] = (*case.every(Task), *case.every(Sharing))
    return frozenset(one.id for one in held if not looker.may_see(one))


def _is_of(thing: Thing, hidden: frozenset[str]) -> bool:
    return thing.id in hidden or (isinstance(thing, Deadline) and thing.about in hidden)


@dataclass(slots=True)
class _Curtain:
    """What is kept from one reader, growing as the history is read in order."""

    looker: Viewer
    things: set[str] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)

    def lines(self, entries: Sequence[Entry], struck: set[int]) -> Iterator[Line]:
        for entry in entries:
            shown = tuple(event for event in entry.events if not self._hides(event))
            whole = len(shown) == len(entry.events)
            # Whoever must tell the duty desk by hand sees the task, and not what it is about.
            if not whole and not isinstance(entry.command, ReportUndelivered):
                self.entries.add(entry.version)
                continue
            is_struck = entry.version in struck
            yield Line(entry, shown, is_struck, spoken=whole and not is_struck)

    def _hides(self, event: Event) -> bool:
        if isinstance(event, EntryStruck):
            return event.entry in self.entries
        deadline = getattr(event, "deadline", None)
        for held in (getattr(event, "task", None), getattr(event, "sharing", None)):
            if isinstance(held, Task | Sharing) and not self.looker.may_see(held):
                self.things.add(held.id)
        if not self.things & set(_texts(wire.encode(event))):
            return False
        if isinstance(deadline, Deadline):
            self.things.add(deadline.id)
        return True


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
