"""How each expectation of a step is held against what an engine shows."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from config.explain import explain
from config.wording import hint, label
from rehearsals.cast import name_of
from rehearsals.engine import Sight
from rehearsals.form import NOBODY, NOTHING
from statemodel import Deadline, Entry, Message, summary
from statemodel.calendar import local
from statemodel.planning import Action
from statemodel.things import Lead

Seen = Iterator[str]


@dataclass(frozen=True, slots=True)
class Since:
    """What there is to see at a step, and how much of it there was before."""

    sight: Sight
    entries_before: int
    told_before: int
    moment: Callable[[datetime], datetime]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.sight.entries[self.entries_before :]

    @property
    def told(self) -> tuple[Message, ...]:
        return self.sight.told[self.told_before :]


def unlike(since: Since, name: str, wanted: Any) -> Seen:
    """Yield how one expectation differs from what is seen; nothing when it does not."""
    if name in FIGURES:
        seen = FIGURES[name](since)
        if seen != wanted:
            yield f"{name} is {_shown(seen)}, not {_shown(wanted)}"
    else:
        yield from OTHERS[name](since, wanted)


def _lead(since: Since, wanted: dict[str, str]) -> Seen:
    """Who leads at this moment; whoever stands in, or begins later, does not (R1, R156)."""
    yield from _by_child("lead", since, wanted, lambda lead: lead.person)


def _cover(since: Since, wanted: dict[str, str]) -> Seen:
    yield from _by_child("cover", since, wanted, lambda lead: lead.cover or NOBODY)


def _by_child(
    what: str, since: Since, wanted: dict[str, str], seen_in: Callable[[Lead], str]
) -> Seen:
    case = since.sight.case
    for child, name in wanted.items():
        leads = [seen_in(lead) for lead in case.leads(child) if lead.current]
        seen = " and ".join(leads) or NOBODY
        if child not in case.children:
            yield f"{what}: {child} is no child of this case"
        elif seen != name:
            yield f"{what}: {seen} for {child}, not {name}"


def _actions(since: Since, wanted: dict[str, str]) -> Seen:
    """Where each action named stands; one that nobody agreed is nowhere (R65)."""
    for name, state in wanted.items():
        action = since.sight.case.thing(Action, name)
        seen = action.state.value if action else "nowhere"
        if seen != state:
            yield f"actions: {name} is {seen}, not {state}"


def _deadlines(since: Since, wanted: dict[str, Any]) -> Seen:
    for kind, each in wanted.items():
        running = [owed for owed in since.sight.case.running if owed.what == kind]
        for due in each if isinstance(each, list) else [each]:
            if not any(_fits(since, owed, due) for owed in running):
                seen = "; ".join(explain(owed.due) for owed in running) or "none runs"
                yield f"deadlines: {kind}: {seen}; not {_shown(due)}"


def _fits(since: Since, owed: Deadline, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return wanted == owed.due.day.isoformat() or wanted in explain(owed.due)
    if not isinstance(wanted, datetime):
        return bool(wanted == owed.due.day)
    calendar = since.sight.case.calendar
    due, named = local(calendar, owed.due.at), local(calendar, since.moment(wanted))
    return f"{due:%Y-%m-%d %H:%M}" == f"{named:%Y-%m-%d %H:%M}"


def _told(since: Since, wanted: list[dict[str, str]]) -> Seen:
    """Everything told, neither more nor less, in any order."""
    yield from _told_includes(since, wanted)
    for to, purpose in (_messages(since) - _named(wanted)).elements():
        yield f"told: {to} was told {purpose}, which nobody expects"


def _told_includes(since: Since, wanted: list[dict[str, str]]) -> Seen:
    seen = _messages(since)
    told = ", ".join(f"{to}: {purpose}" for to, purpose in seen.elements()) or "nothing"
    for to, purpose in (_named(wanted) - seen).elements():
        yield f"told: {to} was not told {purpose}; what was told: {told}"


def _not_told(since: Since, wanted: list[str]) -> Seen:
    for to, purpose in _messages(since).elements():
        if to in wanted:
            yield f"not_told: {to} was told {purpose}"


def _messages(since: Since) -> Counter[tuple[str, str]]:
    return Counter((name_of(message.to), message.purpose) for message in since.told)


def _named(wanted: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    return Counter((told["to"], told["purpose"]) for told in wanted)


def _entry(since: Since, wanted: Any) -> Seen:
    for each in wanted if isinstance(wanted, list) else [wanted]:
        if not any(_holds(entry, each) for entry in since.sight.entries):
            yield f"entry: the journal holds none with {_shown(each)}"


def _holds(entry: Entry, wanted: dict[str, Any]) -> bool:
    facts = {
        "kind": entry.command.kind,
        "by": entry.by.id,
        "version": entry.version,
        "events": [event.kind for event in entry.events],
        "departures": [unmet.code for unmet in entry.departures],
    }
    return all(facts[name] == value for name, value in wanted.items())


def _says(since: Since, wanted: str) -> Seen:
    shown = [words for entry in since.entries for words in _words(entry)]
    if not any(wanted in words for words in shown):
        yield f"says: no entry since the step before is shown with {_shown(wanted)}"


def _words(entry: Entry) -> Iterator[str]:
    """Yield what a page shows of an entry: what was asked, and what followed."""
    yield label("command", entry.command.kind)
    yield hint(entry.command.kind)
    yield from (label("event", event.kind) for event in entry.events)


def _tasks(since: Since, wanted: list[str]) -> Seen:
    seen = sorted(task.what.value for task in since.sight.case.open_tasks)
    if seen != sorted(wanted):
        yield f"open_tasks is {_shown(seen)}, not {_shown(sorted(wanted))}"


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else repr(value)


FIGURES: Final[dict[str, Callable[[Since], Any]]] = {
    "stage": lambda since: since.sight.case.stage.value,
    "status": lambda since: summary(since.sight.case).status,
    "responsible": lambda since: name_of(since.sight.case.standing.responsible),
    "accepted": lambda since: since.sight.case.standing.accepted_at is not None,
    "next_step": lambda since: summary(since.sight.case).next_step or NOTHING,
    "waits_on": lambda since: name_of(summary(since.sight.case).waits_on),
    "running": lambda since: len(since.sight.case.running),
    "entries": lambda since: [entry.command.kind for entry in since.entries],
    "departures": lambda since: since.sight.case.departures,
    "struck": lambda since: list(summary(since.sight.case).struck),
    "version": lambda since: since.sight.case.version,
}
OTHERS: Final[dict[str, Callable[[Since, Any], Seen]]] = {
    "lead": _lead,
    "cover": _cover,
    "actions": _actions,
    "deadlines": _deadlines,
    "told": _told,
    "told_includes": _told_includes,
    "not_told": _not_told,
    "entry": _entry,
    "says": _says,
    "open_tasks": _tasks,
}
