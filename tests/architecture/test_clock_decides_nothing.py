"""What may act without a person is a list, and so is everything it may touch (practice D5)."""

import inspect
from functools import cache

import pytest

from statemodel import Desk, Entry, Hat, Person
from statemodel.command import Automatic
from statemodel.commands import DecideReferral, ReportUndelivered, StartPlannedLead
from statemodel.events import (
    CoverEnded,
    DeadlineSet,
    DeadlineSettled,
    Event,
    LeadConfirmed,
    LeadEnded,
    LeadNarrowed,
    LeadStarted,
    MessageUndelivered,
    NominationAskedLate,
    NominationReferred,
    OwnerReminded,
    ResponsibilityPassed,
)
from statemodel.table import COMMANDS, FOLDS, TABLE
from statemodel.tenure import LeadState, NominationState
from tests.builders import LAPSE, World
from tests.statemodel.moves import WAYS, begun, walks

DATED = {"start_planned_lead", "end_cover"}  # carries out what named people dated beforehand
AUTOMATIC = DATED | {
    "remind",
    "mark_missed",
    "park_deadline",
    "lapse_nomination",
    "report_undelivered",
}
CLOCKS: set[type[Event]] = {DeadlineSet, DeadlineSettled}
MAY_CAUSE: dict[str, set[type[Event]]] = {
    "remind": {OwnerReminded},
    "mark_missed": CLOCKS,
    "park_deadline": CLOCKS,
    "lapse_nomination": CLOCKS | {NominationReferred, NominationAskedLate},
    "report_undelivered": {DeadlineSet, MessageUndelivered},
    "start_planned_lead": CLOCKS | {LeadStarted, LeadEnded, LeadNarrowed, ResponsibilityPassed},
    "end_cover": {DeadlineSettled, CoverEnded},
}
MAY_MOVE_TO = {None, NominationState.REFERRED, NominationState.ASKED_LATE, LeadState.CURRENT}
ALONE = {event for kind, caused in MAY_CAUSE.items() if kind not in DATED for event in caused}
TOUCHED = sorted(ALONE, key=str)
DECISIONS = ("standing", "stage", "children", "agreed_by", "agreed_at", "Agreement", "nominee")


@cache
def walks_of_leads() -> tuple[World, ...]:
    covered = begun(WAYS - 2).wait(days=8)
    planned = begun(12).wait(days=40)
    return (*walks(seed=11, histories=48, length=40), covered, planned, _decided(), _untold())


def _untold() -> World:
    """A message reached nobody."""
    world = World().proposed()
    (asked,) = (made for made in world.messages if made.purpose == "please_answer")
    dead = ReportUndelivered(
        message=asked.id, purpose=asked.purpose, subject=asked.about, why="address_refused"
    )
    world.post(dead)
    return world


def _decided() -> World:
    """Nobody answered, and the arbiter has decided."""
    world = World().proposed().wait_until(LAPSE)
    held = world.nomination
    world.do(
        DecideReferral(nomination=held.id, seen=held.version, nominee="p-own", reasons="Hours"),
        "p-art",
    )
    return world


@cache
def by_nobody() -> tuple[Entry, ...]:
    entries = (entry for world in walks_of_leads() for entry in world.entries)
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
    assert [row.command.kind for row in rows if row.also] == []
    assert {row.command.kind for row in rows if row.to is LeadState.CURRENT} <= DATED


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


@pytest.mark.proves("R148", "R151", "I20")
def test_whom_it_makes_lead_people_named_dated_and_confirmed_and_she_accepted() -> None:
    started = 0
    for world in walks_of_leads():
        named = {
            event.lead.id: (event.lead.person, event.lead.since)
            for entry in world.entries
            if entry.by.hat is Hat.PERSON
            for event in entry.events
            if isinstance(event, LeadConfirmed)
        }
        for entry in world.entries:
            if isinstance(entry.command, StartPlannedLead):
                started += 1
                person, since = named[entry.command.lead]
                assert since <= entry.at
                passed = [e.to for e in entry.events if isinstance(e, ResponsibilityPassed)]
                assert passed in ([], [Person(person)])
    assert started


@pytest.mark.proves("R101")
def test_it_gives_work_to_desks_and_never_to_a_person() -> None:
    """But a meeting owed already goes, its day unchanged, to whom people planned to lead."""
    given = [(event.deadline, entry.command.kind) for entry in by_nobody() for event in _set(entry)]
    assert given
    to_people = [(owed, kind) for owed, kind in given if not isinstance(owed.owner, Desk)]
    assert {kind for _, kind in to_people} <= {"start_planned_lead"}
    assert {owed.what.value for owed, _ in to_people} <= {"first_meeting", "review"}


def _set(entry: Entry) -> list[DeadlineSet]:
    return [event for event in entry.events if isinstance(event, DeadlineSet)]
