"""Mistakes are struck, not edited: the case stands as though the entry had never been."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists

from statemodel import Case, Entry, Hat, Stage, evolve, next_deadline, summary
from statemodel.commands import (
    AnswerTask,
    EnterInError,
    Mistake,
    RaiseConcern,
    RecordOversight,
    ReferAgain,
    ReportUndelivered,
)
from statemodel.events import EntryStruck
from statemodel.tenure import Agreement, Lead, NominationState
from statemodel.things import DeadlineState, TaskKind, Thing
from tests.builders import (
    LAPSE,
    MONDAY,
    World,
    agreement,
    closing,
    proposal,
    recorded,
    refusal,
)
from tests.statemodel.moves import WAYS, attempts, begun, move


def strike(entry: Entry | int) -> EnterInError:
    number = entry if isinstance(entry, int) else entry.version
    return EnterInError(entry=number, mistake=Mistake.DID_NOT_HAPPEN)


def without(world: World, struck: int) -> Case:
    """Fold the journal again, leaving out what was struck and what only came of that.

    What came of it: the clock's entries about things that now were never born.
    """
    case, gone = world.start, set[str]()
    for entry in world.entries:
        before = {thing.id for thing in case.things}
        folded = evolve(case, entry)
        born = {thing.id for thing in folded.things} - before
        if entry.version == struck or (entry.by.hat is Hat.CLOCK and _about(entry) & gone):
            gone |= born | _births(entry)
            case = replace(case, version=entry.version)
        else:
            case = folded
    return case


def _about(entry: Entry) -> set[str]:
    return {getattr(entry.command, name, "") for name in ("deadline", "nomination", "lead")}


def _births(entry: Entry) -> set[str]:
    held = (getattr(event, name, None) for event in entry.events for name in _BORN)
    return {thing.id for thing in held if thing is not None and not isinstance(thing, str)}


_BORN = ("agreement", "nomination", "lead", "task", "deadline")


def live(case: Case) -> set[Thing]:
    """What still counts; what is settled makes room with time, and not always in the same order."""
    latest = {one.giver: one for one in case.every(Agreement)}
    leads = (lead for lead in case.every(Lead) if lead.live)
    return {*case.running, *case.open_tasks, *case.nominations, *leads, *latest.values()}


def settled(case: Case) -> dict[str, Thing]:
    return {thing.id: thing for thing in case.things if thing not in live(case)}


ANY = given(
    number=integers(0, WAYS - 1),
    choices=lists(integers(0, 9_999), max_size=25),
    picked=integers(0, 60),
)


@pytest.mark.proves("R352", "I26")
@settings(max_examples=80, deadline=None, derandomize=True)
@ANY
def test_a_case_with_an_entry_struck_is_the_case_that_never_had_it(
    number: int, choices: list[int], picked: int
) -> None:
    _is_as_if_it_had_never_been(number, choices, picked)


@pytest.mark.night
@pytest.mark.proves("R352", "I26")
@settings(max_examples=2_000, deadline=None)
@ANY
def test_the_same_over_very_many_histories(number: int, choices: list[int], picked: int) -> None:
    _is_as_if_it_had_never_been(number, choices, picked)


def _is_as_if_it_had_never_been(number: int, choices: list[int], picked: int) -> None:
    world = begun(number)
    for choice in choices:
        if not _strikes(world, choice):
            move(world, choice)
    if not world.entries:
        return
    wanted = 1 + picked % len(world.entries)
    expected = without(world, wanted)
    if isinstance(world.ask(strike(wanted), "p-dut"), Entry):
        assert world.case.standing == expected.standing
        assert world.case.departures == expected.departures
        assert live(world.case) == live(expected)
        mine, theirs = settled(world.case), settled(expected)
        assert [name for name in mine.keys() & theirs.keys() if mine[name] != theirs[name]] == []


def _strikes(world: World, choice: int) -> bool:
    options = attempts(world)
    place = choice % (len(options) + 8)
    return place < len(options) and isinstance(options[place].command, EnterInError)


@pytest.mark.proves("R352")
def test_a_struck_close_brings_back_the_stage_the_holder_and_the_very_same_clocks() -> None:
    world = World().proposed().wait(days=1)
    before = world.case
    entry = world.do(closing())
    world.wait(hours=3).do(strike(entry))
    assert world.case.standing == before.standing
    assert world.case.running == before.running
    assert world.nomination == before.nominations[0]
    assert world.wait_until(LAPSE).nomination.state is NominationState.REFERRED


@pytest.mark.proves("R352")
def test_a_struck_proposal_takes_its_lapse_and_the_arbiters_clock_with_it() -> None:
    world = World().planning()
    before = world.case
    entry = world.do(proposal())
    world.wait_until(LAPSE).do(strike(entry))
    assert world.case.nominations == ()
    assert world.case.running == before.running
    assert {"p-lee", "p-sam", "p-ana"} <= set(world.told("entered_in_error"))


@pytest.mark.proves("R352", "I29")
def test_a_person_who_was_not_told_is_still_owed_a_word_when_the_matter_is_struck() -> None:
    world = World().planning()
    entry = world.do(proposal())
    lost = ReportUndelivered(message="m", purpose="please_answer", subject="n3", why="full")
    world.post(lost)
    world.do(strike(entry))
    assert [task.what for task in world.case.open_tasks] == [TaskKind.TELL_BY_HAND]


@pytest.mark.proves("R352")
def test_a_struck_agreement_takes_the_reminders_of_its_clock_with_it() -> None:
    world = World().opened()
    before = world.case.running
    entry = world.do(agreement())
    world.wait(days=60)
    assert world.told("passed_up")
    world.do(strike(entry))
    assert (world.case.stage, world.case.every(Agreement)) == (Stage.IDENTIFIED, ())
    assert [owed.id for owed in world.case.running] == [owed.id for owed in before]


@pytest.mark.proves("R352")
def test_what_was_struck_is_told_to_whoever_had_been_told() -> None:
    world = World().proposed()
    agreed = world.do(world.agreeing(), "p-lee")
    world.messages.clear()
    world.do(strike(agreed), "p-cat")
    assert world.told("entered_in_error") == ["p-lee", "p-sam", "coordinator.northshire", "p-cat"]


@pytest.mark.proves("R352")
def test_a_struck_departure_is_counted_no_longer() -> None:
    world = World().opened()
    entry = world.do(proposal(recorded=recorded()))
    assert (world.case.departures, len(world.case.open_tasks)) == (2, 1)
    world.do(strike(entry))
    assert (world.case.departures, world.case.open_tasks) == (0, ())


@pytest.mark.proves("R352")
def test_the_journal_keeps_the_entry_and_the_summary_says_it_was_struck() -> None:
    world = World().opened()
    entry = world.do(agreement())
    struck = world.do(strike(entry))
    assert entry in world.entries
    assert struck.events == (EntryStruck(2, ()),)
    assert summary(world.case).struck == (2,)


@pytest.mark.proves("R352")
def test_the_first_entry_opens_the_case_and_stays() -> None:
    assert World().opened().why_not(strike(1)) == ["first_entry_opens_the_case"]


@pytest.mark.proves("R352")
@pytest.mark.parametrize("number", [-1, 0, 3, 10_000])
def test_an_entry_that_is_not_there_cannot_be_struck(number: int) -> None:
    world = World().planning()
    assert world.why_not(strike(number)) == ["no_such_entry"]


@pytest.mark.proves("R352")
def test_an_entry_is_struck_once_and_its_striking_never() -> None:
    world = World().planning()
    again = world.do(strike(2))
    assert world.why_not(strike(2)) == ["entry_struck_already"]
    assert world.why_not(strike(again)) == ["entry_too_old_to_strike"]


@pytest.mark.proves("R352")
def test_what_a_later_entry_rests_on_cannot_be_struck_before_it() -> None:
    world = World().proposed()
    answer = world.do(world.agreeing(), "p-lee")
    assert world.why_not(strike(3)) == ["later_entry_rests_on_it"]
    world.do(strike(answer))
    world.do(strike(3))
    assert world.case.nominations == ()


@pytest.mark.proves("R352")
def test_a_person_who_answered_a_task_that_came_of_an_entry_keeps_that_entry() -> None:
    world = World().planning().leap_to(LAPSE + timedelta(days=1))
    world.do(proposal(recorded=recorded(at=MONDAY)))
    world.tick()
    (task,) = world.case.open_tasks
    world.do(AnswerTask(task=task.id, seen=task.version, done="Rang her"), "p-cat")
    assert world.why_not(strike(3)) == ["later_entry_rests_on_it"]


@pytest.mark.proves("R352")
def test_an_entry_older_than_the_case_remembers_is_refused_and_not_half_struck() -> None:
    world = World().planning()
    for number in range(70):
        world.do(refusal(giver=f"f-{number % 3}"))
    before = world.case
    assert world.why_not(strike(2)) == ["entry_too_old_to_strike"]
    assert world.case == before


@pytest.mark.proves("R352", "R28")
def test_a_concern_in_between_stands_in_nobodys_way() -> None:
    world = World().opened()
    entry = world.do(agreement())
    world.do(RaiseConcern(), "p-jo")
    world.do(strike(entry))
    assert world.case.stage is Stage.IDENTIFIED
    assert len(world.case.open_tasks) == 1


@pytest.mark.proves("R352")
def test_after_a_strike_there_is_still_somebody_a_step_and_a_clock() -> None:
    world = World().proposed()
    world.do(strike(3))
    owed = next_deadline(world.case)
    assert owed
    assert owed.state is DeadlineState.RUNNING
    assert world.case.standing.responsible is not None


@pytest.mark.proves("D5", "R352")
def test_what_the_clock_made_of_a_struck_entry_is_struck_with_it_for_good() -> None:
    world = World().proposed().wait(days=5)
    lapse = next(entry for entry in world.entries if entry.command.kind == "lapse_nomination")
    world.do(strike(3))
    assert world.why_not(strike(lapse)) == ["entry_struck_already"]
    assert not world.case.nominations
    (struck,) = (event for event in world.entries[-1].events if isinstance(event, EntryStruck))
    assert lapse.version in (struck.fell or ())


@pytest.mark.proves("I1", "I29", "R161")
def test_nothing_is_struck_that_would_leave_a_clock_in_a_closed_case() -> None:
    world = World().opened()
    world.do(closing())
    again = world.do(ReferAgain(why="More is needed"))
    world.do(RecordOversight(looked_at="The beginning"), "p-eve")
    assert world.why_not(strike(again)) == ["strike_leaves_a_gap"]
    world.do(strike(world.case.version), "p-eve")
    world.do(strike(again))
    assert world.case.stage == "closed"
    assert world.case.running == ()
