"""What the clock does by itself: it reminds, passes upward, sets aside, and decides nothing."""

from datetime import timedelta

import pytest

from statemodel import Case, Desk, Hat, Role, next_deadline
from statemodel.case import OPEN_STAGES
from statemodel.commands import (
    LapseNomination,
    MarkMissed,
    ParkDeadline,
    Remind,
    ReportUndelivered,
    due_command,
)
from statemodel.people import CLOCK, POST
from statemodel.things import Deadline, DeadlineKind, DeadlineState
from tests.builders import LAPSE, MONDAY, World, a_case, calendar, refusal

COORDINATOR = Desk(Role.COORDINATOR, "northshire")
MANAGER = Desk(Role.EARLY_HELP_MANAGER, "northshire")


def missed(world: World) -> list[Deadline]:
    return [d for d in world.case.every(Deadline) if d.state is DeadlineState.MISSED]


@pytest.mark.proves("I33", "R302")
def test_a_missed_deadline_goes_one_desk_up_with_a_clock_of_its_own() -> None:
    world = World().opened().wait(days=8)
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.owner, owed.about) == (DeadlineKind.FOLLOW_UP, COORDINATOR, "case")
    assert [one.what for one in missed(world)] == [DeadlineKind.AGREEMENT]
    assert world.told("passed_up") == [COORDINATOR.id]


@pytest.mark.proves("I33")
def test_what_the_first_desk_misses_goes_to_the_next_and_stays_there_running() -> None:
    world = World().opened().wait(days=60)
    owed = next_deadline(world.case)
    assert owed
    assert (owed.owner, owed.state) == (MANAGER, DeadlineState.RUNNING)
    assert world.told("passed_up")[:2] == [COORDINATOR.id, MANAGER.id]


@pytest.mark.proves("R34")
def test_a_refusal_to_take_part_ends_nothing_and_is_asked_about_again_later() -> None:
    world = World().opened()
    world.do(refusal())
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.due.day.isoformat()) == (DeadlineKind.REAPPROACH, "2026-02-02")
    assert world.wait(days=40).case.stage in OPEN_STAGES


@pytest.mark.proves("R302")
def test_a_reminder_is_given_once_and_moves_nothing_but_the_deadline() -> None:
    world = World().proposed().wait_until(LAPSE - timedelta(days=1))
    (entry,) = [e for e in world.entries if e.command.kind == "remind"]
    assert (entry.moves, len(entry.events), entry.by) == ((), 1, CLOCK)
    assert world.why_not(Remind(deadline="d999"), CLOCK) == ["deadline_not_running"]


@pytest.mark.proves("R298")
def test_the_clock_asks_nothing_before_its_time() -> None:
    world = World().proposed()
    assert world.why_not(Remind(deadline="d3"), CLOCK) == ["not_yet_due"]
    assert world.why_not(MarkMissed(deadline="d3"), CLOCK) == ["not_yet_due"]
    assert world.why_not(LapseNomination(nomination="n3"), CLOCK) == ["not_yet_due"]


@pytest.mark.proves("R298")
def test_after_a_long_outage_everything_due_is_done_in_order_of_its_time() -> None:
    steady = World().proposed().wait_until(LAPSE)
    late = World().proposed().leap_to(LAPSE + timedelta(hours=1)).tick()
    kinds = [entry.command.kind for entry in late.entries]
    assert kinds == [entry.command.kind for entry in steady.entries]
    assert late.nomination.state is steady.nomination.state


@pytest.mark.proves("R298")
def test_of_deadlines_due_together_the_order_is_settled_by_their_names() -> None:
    world = World().proposed()
    world.post(ReportUndelivered(message="m", purpose="other", subject="", why="full"))
    dues = [(owed.next_at, owed.id) for owed in world.case.running]
    first = next_deadline(world.case)
    assert first
    assert (first.next_at, first.id) == min(dues)


@pytest.mark.proves("R394")
def test_a_deadline_set_aside_is_kept_as_such_and_somebody_owes_the_next_step() -> None:
    world = World().proposed()
    world.do(ParkDeadline(deadline="d3", reasons=("not_yet_due",)), CLOCK)
    parked = world.case.thing(Deadline, "d3")
    assert parked
    assert parked.state is DeadlineState.PARKED
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.owner) == (DeadlineKind.FOLLOW_UP, COORDINATOR)
    assert world.why_not(ParkDeadline(deadline="d3", reasons=()), CLOCK) == ["deadline_not_running"]


@pytest.mark.proves("R101", "R352")
@pytest.mark.parametrize("by", ["p-ana", "p-cat", "p-eve", "p-ops"])
def test_no_person_can_act_as_the_clock(by: str) -> None:
    world = World().proposed().leap_to(LAPSE)
    for command in (
        LapseNomination(nomination="n3"),
        Remind(deadline="d3"),
        MarkMissed(deadline="d3"),
        ParkDeadline(deadline="d3", reasons=()),
        ReportUndelivered(message="m", purpose="p", why="w"),
    ):
        assert world.why_not(command, by) == ["only_baton_does_this"]


@pytest.mark.proves("R352")
def test_the_post_reports_and_the_clock_counts_and_neither_does_the_others_work() -> None:
    world = World().proposed().leap_to(LAPSE)
    assert world.why_not(LapseNomination(nomination="n3"), POST) == ["only_baton_does_this"]
    lost = ReportUndelivered(message="m", purpose="p", why="w")
    assert world.why_not(lost, CLOCK) == ["only_baton_does_this"]


@pytest.mark.proves("R101")
def test_everything_the_clock_wrote_it_wrote_in_its_own_name() -> None:
    world = World().proposed().wait(days=40)
    by_clock = [entry for entry in world.entries if entry.by.hat is Hat.CLOCK]
    assert len(by_clock) > 5
    assert {entry.by for entry in by_clock} == {CLOCK}
    assert all(entry.departures == () for entry in by_clock)


@pytest.mark.proves("R302")
def test_a_rehearsals_pace_makes_the_same_history_in_seconds_and_marks_the_case() -> None:
    world = World(case=a_case(calendar=calendar(pace=3))).proposed()
    assert world.case.rehearsal
    assert world.nomination.due.at == MONDAY + timedelta(seconds=12)
    world.wait(seconds=12)
    assert world.nomination.state == "referred"


@pytest.mark.proves("R297")
def test_past_the_calendars_last_day_clocks_go_on_by_elapsed_time() -> None:
    world = World(MONDAY.replace(year=2030)).proposed()
    assert world.nomination.due.at == world.now + timedelta(days=4)
    world.wait(days=30)
    assert next_deadline(world.case) is not None


def test_nothing_is_due_in_a_case_that_was_never_opened() -> None:
    assert next_deadline(a_case()) is None


def test_what_is_due_for_a_deadline_whose_proposal_is_gone_is_only_that_it_was_missed() -> None:
    world = World().proposed()
    owed = next_deadline(world.case)
    assert owed
    lone = Case("c2", world.case.pack, world.case.calendar, 1)
    assert due_command(lone, owed) == Remind(deadline="d3")
    world.wait_until(LAPSE - timedelta(hours=1))
    warned = next_deadline(world.case)
    assert warned
    assert due_command(lone, warned) == MarkMissed(deadline="d3")
