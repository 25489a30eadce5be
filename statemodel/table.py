"""The whole law on one page: every chapter's rows, and what follows each command."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from statemodel.command import AnyCommand
from statemodel.event import Event
from statemodel.law import Row
from statemodel.pathway import (
    acceptance,
    actions,
    agreement,
    arbiter,
    asking_another,
    assessment,
    beginning,
    checks,
    clock,
    closing,
    concern,
    conferring,
    contesting,
    contribution,
    correction,
    cover,
    departure,
    family_agreement,
    front_door,
    identify,
    interim,
    lapse,
    leading,
    manager_answer,
    meeting,
    nomination,
    oversight,
    passing_on,
    question,
    rereferral,
    reviewing,
    routing,
    sharing,
    tasks,
    tenures,
    trusted,
)
from statemodel.people import Role
from statemodel.things import Deadline, DeadlineKind

CHAPTERS = (
    identify.CHAPTER,
    checks.CHAPTER,
    passing_on.CHAPTER,
    agreement.CHAPTER,
    sharing.CHAPTER,
    assessment.CHAPTER,
    contribution.CHAPTER,
    front_door.CHAPTER,
    routing.CHAPTER,
    meeting.CHAPTER,
    beginning.CHAPTER,
    actions.CHAPTER,
    interim.CHAPTER,
    nomination.CHAPTER,
    manager_answer.CHAPTER,
    asking_another.CHAPTER,
    question.CHAPTER,
    contesting.CHAPTER,
    conferring.CHAPTER,
    lapse.CHAPTER,
    arbiter.CHAPTER,
    acceptance.CHAPTER,
    family_agreement.CHAPTER,
    tenures.CHAPTER,
    leading.CHAPTER,
    cover.CHAPTER,
    reviewing.CHAPTER,
    oversight.CHAPTER,
    trusted.CHAPTER,
    concern.CHAPTER,
    tasks.CHAPTER,
    correction.CHAPTER,
    closing.CHAPTER,
    rereferral.CHAPTER,
    clock.CHAPTER,
    departure.CHAPTER,
)
TABLE: tuple[Row, ...] = tuple(row for chapter in CHAPTERS for row in chapter.rows)


def _merged(part: str) -> dict[Any, Any]:
    merged: dict[Any, Any] = {}
    for chapter in CHAPTERS:
        mine: Mapping[Any, Any] = getattr(chapter, part)
        assert not merged.keys() & mine.keys(), "one chapter owns each command and event"
        merged |= mine
    return merged


HAPPENS = _merged("happens")
FOLDS = _merged("folds")
TELLS = _merged("tells")
DUE: dict[DeadlineKind, Callable[[Deadline], AnyCommand]] = _merged("due")
ROLES: dict[type[AnyCommand], frozenset[Role]] = _merged("roles")
COMMANDS: dict[str, type[AnyCommand]] = {command.kind: command for command in HAPPENS}
EVENTS: dict[str, type[Event]] = {event.kind: event for event in FOLDS}


def rows(command: type[AnyCommand], edition: int) -> tuple[Row, ...]:
    """Return the command's rows that hold in an edition (decision 1)."""
    return _rows(command.kind, edition)


@cache
def _rows(kind: str, edition: int) -> tuple[Row, ...]:
    return tuple(row for row in TABLE if row.command.kind == kind and row.holds_in(edition))
