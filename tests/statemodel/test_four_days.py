"""Four working days to answer, to the millisecond, and both orders of an answer and the lapse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from statemodel import Desk, Entry, Person, Role, next_deadline
from statemodel.commands import LapseNomination, ReportUndelivered, due_command
from statemodel.events import LapseWithdrawn, NominationAgreed
from statemodel.people import CLOCK
from statemodel.policy import Silence
from statemodel.things import DeadlineKind, NominationState, TaskKind
from tests.builders import LAPSE, MONDAY, World, a_case, days, pack, proposal, recorded

A_MILLISECOND = timedelta(milliseconds=1)


def alerting() -> World:
    return World(case=a_case(pack=pack(silence=Silence.ALERT_ONLY))).proposed()


@pytest.mark.proves("R99", "R258", "R295", "R296")
def test_the_proposal_starts_four_working_days_and_says_who_owes_the_answer() -> None:
    world = World().proposed()
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.owner) == (DeadlineKind.MANAGER_ANSWER, Person("p-lee"))
    assert owed.due.at == LAPSE == datetime(2026, 1, 9, 17, tzinfo=UTC)
    assert owed.remind_at == datetime(2026, 1, 8, 17, tzinfo=UTC)


@pytest.mark.proves("R99", "R298")
@pytest.mark.parametrize(
    ("late", "state"),
    [
        (-A_MILLISECOND, NominationState.AGREED),
        (timedelta(0), NominationState.AGREED),
        (A_MILLISECOND, NominationState.PROPOSED),
    ],
)
def test_an_answer_is_in_time_up_to_the_very_moment(
    late: timedelta, state: NominationState
) -> None:
    world = World().proposed().leap_to(LAPSE + late)
    world.do(world.agreeing(), "p-lee")
    assert world.nomination.state is state
    assert world.nomination.late is (late > timedelta(0))


@pytest.mark.proves("R298")
def test_where_answer_and_lapse_meet_and_the_answer_is_first_nothing_lapses() -> None:
    world = World().proposed().leap_to(LAPSE)
    world.do(world.agreeing(), "p-lee")
    world.tick().wait(days=1)
    assert world.nomination.state is NominationState.AGREED
    assert world.told("please_decide") == []


@pytest.mark.proves("R298", "R103")
def test_where_answer_and_lapse_meet_and_the_lapse_is_first_it_is_withdrawn() -> None:
    """The manager pressed in time, seeing it as it was; it was handled after the clock."""
    world = World().proposed()
    pressed = world.agreeing()
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.REFERRED
    entry = world.do(pressed, "p-lee", received_at=LAPSE)
    assert [type(event) for event in entry.events][:2] == [LapseWithdrawn, NominationAgreed]
    assert (world.nomination.state, world.nomination.late) == (NominationState.AGREED, False)
    owed = {deadline.what for deadline in world.case.running}
    assert owed == {DeadlineKind.FIRST_MEETING, DeadlineKind.FAMILY_CONFIRMATION}


@pytest.mark.proves("R103")
def test_an_answer_handled_a_day_later_is_still_judged_by_when_it_was_pressed() -> None:
    world = World().proposed()
    pressed = world.agreeing()
    world.leap_to(LAPSE + timedelta(days=1)).do(pressed, "p-lee", received_at=LAPSE)
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("R103")
def test_an_answer_spoken_in_time_and_written_down_later_counts_as_spoken() -> None:
    world = World().proposed().wait_until(LAPSE + timedelta(days=3))
    spoken = recorded("p-lee", LAPSE - timedelta(hours=1))
    world.do(world.agreeing(recorded=spoken), "p-cat")
    assert (world.nomination.state, world.nomination.late) == (NominationState.AGREED, False)
    assert world.nomination.agreed_by == "p-lee"


@pytest.mark.proves("R100", "R101", "R107")
def test_four_days_of_silence_go_to_the_arbiters_desk_and_nothing_is_decided() -> None:
    world = World().proposed().wait_until(LAPSE)
    assert world.nomination.state is NominationState.REFERRED
    assert (world.nomination.agreed_by, world.nomination.agreed_at) == (None, None)
    owed = next_deadline(world.case)
    assert owed
    assert owed.owner == Desk(Role.ARBITER, "northshire")
    assert world.told("please_decide") == ["arbiter.northshire"]
    assert world.told("not_agreed_in_time") == [
        "p-lee",
        "p-sam",
        "p-ana",
        "coordinator.northshire",
        "operations.northshire",
    ]


@pytest.mark.proves("R101")
def test_the_case_stays_open_and_with_the_same_holder_when_the_four_days_pass() -> None:
    world = World().proposed()
    before = world.case.standing
    assert world.wait_until(LAPSE).case.standing == before


@pytest.mark.proves("R298")
def test_the_lapse_comes_once_and_not_a_moment_early() -> None:
    world = World().proposed().leap_to(LAPSE - A_MILLISECOND)
    lapse = LapseNomination(nomination="n3")
    assert world.why_not(lapse, CLOCK) == ["not_yet_due"]
    world.leap_to(LAPSE).do(lapse, CLOCK)
    assert world.why_not(lapse, CLOCK) == ["not_from_here"]


@pytest.mark.proves("R103")
def test_a_late_yes_is_kept_marked_late_and_leaves_the_decision_with_the_arbiter() -> None:
    world = World().proposed().wait_until(LAPSE)
    world.wait(minutes=1).do(world.agreeing(), "p-lee")
    assert world.nomination.state is NominationState.REFERRED
    assert (world.nomination.agreed_by, world.nomination.late) == ("p-lee", True)
    owed = {deadline.what for deadline in world.case.running}
    assert owed == {DeadlineKind.FIRST_MEETING, DeadlineKind.ARBITER_DECISION}
    assert world.told("agreed_too_late") == ["p-lee", "p-sam", "coordinator.northshire"]


@pytest.mark.proves("R103")
def test_a_late_yes_before_the_clock_came_round_does_not_stop_the_referral() -> None:
    world = World().proposed().leap_to(LAPSE + A_MILLISECOND)
    world.do(world.agreeing(), "p-lee")
    world.tick()
    assert world.nomination.state is NominationState.REFERRED


@pytest.mark.proves("C5")
def test_where_silence_only_alerts_the_question_stays_with_the_manager() -> None:
    world = alerting().wait_until(LAPSE)
    assert world.nomination.state is NominationState.PROPOSED
    assert next_deadline(world.case) is not None
    assert world.told("passed_up") == ["coordinator.northshire"]
    assert world.told("please_decide") == []


@pytest.mark.proves("R103", "C5")
def test_where_silence_only_alerts_a_late_yes_takes_effect_at_once() -> None:
    world = alerting().wait_until(LAPSE + timedelta(days=2))
    world.do(world.agreeing(), "p-lee")
    assert (world.nomination.state, world.nomination.late) == (NominationState.AGREED, True)


@pytest.mark.proves("R101")
def test_a_manager_asked_when_the_time_was_nearly_over_was_asked_late_and_not_silent() -> None:
    """The meeting was on Monday, its minutes typed on Friday at four (practice D18)."""
    world = World().planning().leap_to(LAPSE - timedelta(hours=1))
    world.do(proposal(recorded=recorded(at=MONDAY)), "p-cat")
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.ASKED_LATE
    assert world.told("please_decide") == []
    assert world.told("ask_the_manager_again") == ["coordinator.northshire"]


@pytest.mark.proves("R99")
def test_minutes_typed_while_there_is_time_left_still_count_from_the_meeting() -> None:
    world = World().planning().leap_to(MONDAY + timedelta(days=2))
    world.do(proposal(recorded=recorded(at=MONDAY)), "p-cat")
    assert world.nomination.due.at == LAPSE
    assert world.wait_until(LAPSE).nomination.state is NominationState.REFERRED


@pytest.mark.proves("R101")
def test_a_question_that_never_arrived_is_nobodys_silence() -> None:
    world = World().proposed()
    lost = ReportUndelivered(message="m1", purpose="please_answer", subject="n3", why="refused")
    world.post(lost)
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.ASKED_LATE
    kinds = {task.what for task in world.case.open_tasks}
    assert kinds == {TaskKind.TELL_BY_HAND, TaskKind.ASK_AGAIN}


@pytest.mark.proves("R101", "R374")
def test_another_message_gone_astray_does_not_excuse_the_manager() -> None:
    world = World().proposed()
    lost = ReportUndelivered(message="m2", purpose="you_are_proposed", subject="n3", why="full")
    world.post(lost)
    assert world.wait_until(LAPSE).nomination.state is NominationState.REFERRED


@pytest.mark.proves("R95")
def test_a_manager_asked_late_may_answer_whenever_she_can_and_the_task_is_done_by_that() -> None:
    world = World().planning().leap_to(LAPSE + timedelta(days=1))
    world.do(proposal(recorded=recorded(at=MONDAY)), "p-cat")
    world.tick().wait(days=2)
    entry = world.do(world.agreeing(), "p-lee")
    assert (world.nomination.state, world.nomination.late) == (NominationState.AGREED, False)
    assert [task for task in world.case.open_tasks if task.what is TaskKind.ASK_AGAIN] == []
    assert isinstance(entry, Entry)
    assert {owed.about for owed in world.case.running} == {"case", "n3"}


@pytest.mark.proves("R302")
def test_the_manager_is_reminded_once_a_working_day_before() -> None:
    world = World().proposed().wait_until(LAPSE - timedelta(minutes=1))
    assert world.told("due_soon") == ["p-lee"]


@pytest.mark.proves("R302")
def test_a_warning_that_would_come_before_the_question_is_not_given() -> None:
    clocks = replace(pack().clocks, manager_answer=days(1), manager_reminder=days(2))
    world = World(case=a_case(pack=pack(clocks=clocks))).proposed()
    owed = next_deadline(world.case)
    assert owed
    assert owed.remind_at is None
    assert world.nomination.asked_in_time
    assert due_command(world.case, owed) == LapseNomination(nomination="n3")


@pytest.mark.proves("R299")
def test_holidays_are_not_counted_and_the_calendar_is_named_with_the_deadline() -> None:
    before_easter = datetime(2026, 4, 2, 9, tzinfo=UTC)
    world = World(before_easter).proposed()
    due = world.nomination.due
    assert due.day.isoformat() == "2026-04-10"
    assert due.calendar_hash == world.case.calendar.hash
    assert len(due.skipped) == 4
