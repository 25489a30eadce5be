"""What may act without a person is a list, and so is everything it may touch (practice D5)."""

import inspect
from functools import cache

import pytest

from statemodel import Desk, Entry, Hat
from statemodel.command import Automatic
from statemodel.events import (
    DeadlineSet,
    DeadlineSettled,
    Event,
    MessageUndelivered,
    NominationAskedLate,
    NominationReferred,
    OwnerReminded,
)
from statemodel.table import COMMANDS, FOLDS, TABLE
from statemodel.things import NominationState
from tests.statemodel.moves import walks

AUTOMATIC = {"remind", "mark_missed", "park_deadline", "lapse_nomination", "report_undelivered"}
CLOCKS: set[type[Event]] = {DeadlineSet, DeadlineSettled}
MAY_CAUSE: dict[str, set[type[Event]]] = {
    "remind": {OwnerReminded},
    "mark_missed": CLOCKS,
    "park_deadline": CLOCKS,
    "lapse_nomination": CLOCKS | {NominationReferred, NominationAskedLate},
    "report_undelivered": {DeadlineSet, MessageUndelivered},
}
MAY_MOVE_TO = {None, NominationState.REFERRED, NominationState.ASKED_LATE}
TOUCHED = sorted({event for caused in MAY_CAUSE.values() for event in caused}, key=str)
DECISIONS = ("standing", "stage", "children", "agreed_by", "agreed_at", "Agreement", "nominee")


@cache
def by_nobody() -> tuple[Entry, ...]:
    worlds = walks(seed=11, histories=32, length=40)
    entries = (entry for world in worlds for entry in world.entries)
    return tuple(entry for entry in entries if entry.by.hat is not Hat.PERSON)


@pytest.mark.proves("R101", "I33")
def test_what_may_act_without_a_person_is_exactly_this_list() -> None:
    found = {kind for kind, command in COMMANDS.items() if issubclass(command, Automatic)}
    assert found == AUTOMATIC == set(MAY_CAUSE)


@pytest.mark.proves("R101", "R181")
def test_no_row_lets_it_move_a_stage_or_answer_a_question() -> None:
    rows = [row for row in TABLE if issubclass(row.command, Automatic)]
    assert rows
    assert {row.to for row in rows} <= MAY_MOVE_TO


@pytest.mark.proves("R101")
def test_it_causes_nothing_but_clocks_reminders_and_tasks() -> None:
    for entry in by_nobody():
        assert {type(event) for event in entry.events} <= MAY_CAUSE[entry.command.kind]
    assert {entry.command.kind for entry in by_nobody()} >= AUTOMATIC - {"park_deadline"}


@pytest.mark.proves("R101")
@pytest.mark.parametrize("event", TOUCHED)
def test_no_fold_of_what_it_causes_so_much_as_names_a_decision(event: type[Event]) -> None:
    source = inspect.getsource(FOLDS[event])
    assert [word for word in DECISIONS if word in source] == []


@pytest.mark.proves("R101")
def test_it_gives_work_to_desks_and_never_to_a_person() -> None:
    given = [event.deadline.owner for entry in by_nobody() for event in _set(entry)]
    assert given
    assert [owner for owner in given if not isinstance(owner, Desk)] == []


def _set(entry: Entry) -> list[DeadlineSet]:
    return [event for event in entry.events if isinstance(event, DeadlineSet)]
