"""A case that breaks a law of Baton's own is told, whatever its story expects."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rehearsals.soundness import Unsound, Witness, unsound
from statemodel import Stage, evolve
from statemodel.calendar import ClosedDay
from statemodel.deadlines import put
from statemodel.tenure import LeadState
from tests.builders import LAPSE, SECRET, World


def test_every_case_of_a_whole_story_is_sound() -> None:
    world = World()
    witness = Witness(world.case, SECRET)
    world.proposed().wait_until(LAPSE)
    case = world.start
    for entry in world.entries:
        case = evolve(case, entry)
        witness.see(entry, case)
    assert case == world.case


def test_an_entry_altered_after_it_was_made_is_seen() -> None:
    world = World().opened()
    altered = replace(world.entries[0], command_id="another")
    with pytest.raises(Unsound, match="not what its digest says"):
        Witness(world.start, SECRET).see(altered, world.case)


def test_an_entry_out_of_its_place_is_seen() -> None:
    world = World().planning()
    with pytest.raises(Unsound, match="does not follow"):
        Witness(world.start, SECRET).see(world.entries[1], world.case)


def test_a_case_that_is_not_what_its_journal_makes_of_it_is_seen() -> None:
    world = World().opened()
    with pytest.raises(Unsound, match="gives another case"):
        Witness(world.start, SECRET).see(world.entries[0], replace(world.case, departures=1))


def test_a_case_in_nobodys_hands_or_without_a_clock_is_seen() -> None:
    case = World().opened().case
    nobody = replace(case, standing=replace(case.standing, responsible=None))
    assert list(unsound(nobody)) == ["nobody is responsible"]
    assert list(unsound(replace(case, things=()))) == [
        "no next step is owed by anybody",
        "no deadline runs",
    ]
    assert list(unsound(case)) == []


@pytest.mark.proves("R1", "R151")
def test_a_child_with_two_leads_and_a_lead_in_a_closed_case_are_seen() -> None:
    world = World().delivered()
    lead, case = world.lead, world.case
    assert list(unsound(case)) == []
    second = replace(lead, id="l99", person="p-jo")
    assert list(unsound(put(case, second))) == ["a child has two leads at once"]
    ends = replace(lead, until=lead.since + timedelta(days=9))
    later = replace(second, state=LeadState.PLANNED, since=lead.since + timedelta(days=8))
    overlapping = put(put(case, ends), later)
    assert list(unsound(overlapping)) == ["one lead is to end after the next has begun"]
    closed = replace(case, standing=replace(case.standing, stage=Stage.CLOSED))
    assert list(unsound(closed)) == ["somebody leads in a case that is closed"]


def test_a_case_that_grows_past_its_bound_is_seen() -> None:
    case = World().opened().case
    days = tuple(ClosedDay(case.calendar.first, "x" * 60) for _ in range(2_000))
    grown = replace(case, calendar=replace(case.calendar, closed=days))
    assert list(unsound(grown)) == ["the case is larger than 128 KiB"]
