"""The form of the law: rows, and chapters that hold rows, events, folds and who is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import AnyCommand
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.people import Holder, Role
from statemodel.refusal import Unmet
from statemodel.things import Deadline, DeadlineKind

CASEWORK = frozenset({Role.PRACTITIONER, Role.COORDINATOR, Role.EARLY_HELP_MANAGER})
ANYBODY_AT_WORK = frozenset(Role) - {Role.OPERATIONS}
CURRENT_EDITION = 1
KNOWN_EDITIONS = (1,)


class MachineName(StrEnum):
    """The flat machines; each moves alone (decision 4)."""

    STAGE = "stage"
    NOMINATION = "nomination"
    LEAD = "lead"
    TASK = "task"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    ACTION = "action"


Selector = Callable[[Asked[Any]], bool]
Guard = Callable[[Asked[Any]], Unmet | None]


@dataclass(frozen=True, slots=True)
class Also:
    """The stage moves along from one of `source`: a lead confirmed begins delivery."""

    source: tuple[Stage, ...]
    to: Stage


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `when` chooses, `asks` needs no form, `needs` reads the form's fields.

    `to` None leaves the machine where it is; `also` moves the stage beside a thing's own machine.
    `since` and `until` are editions (decision 1).
    """

    command: type[AnyCommand]
    machine: MachineName
    source: tuple[str, ...]
    to: str | None
    rules: tuple[str, ...]
    when: tuple[Selector, ...] = ()
    asks: tuple[Guard, ...] = ()
    needs: tuple[Guard, ...] = ()
    also: tuple[Also, ...] = ()
    since: int = 1
    until: int | None = None

    def holds_in(self, edition: int) -> bool:
        return self.since <= edition and (self.until is None or edition <= self.until)


@dataclass(frozen=True, slots=True)
class Tell:
    """Somebody to be told something: a purpose, never a text; safety goes past all queues (D12).

    `not_to` are the people it is kept from, by id, whichever desk they sit at (practice D3).
    """

    to: Holder
    purpose: str
    about: str = ""
    safety: bool = False
    not_to: tuple[str, ...] = ()


Happens = Callable[[Asked[Any]], tuple[Event, ...]]
Fold = Callable[[Case, Any, Entry], Case]
Teller = Callable[[Case, Any, Entry], tuple[Tell, ...]]


def unchanged(case: Case, event: Event, entry: Entry) -> Case:
    """Fold what stands in the history alone."""
    return case


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the pathway, whole: what may be asked, what follows, and who hears of it."""

    rows: tuple[Row, ...]
    happens: Mapping[type[AnyCommand], Happens] = field(default_factory=dict)
    folds: Mapping[type[Event], Fold] = field(default_factory=dict)
    tells: Mapping[type[Event], Teller] = field(default_factory=dict)
    roles: Mapping[type[AnyCommand], frozenset[Role]] = field(default_factory=dict)
    due: Mapping[DeadlineKind, Callable[[Deadline], AnyCommand]] = field(default_factory=dict)
