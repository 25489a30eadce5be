"""The wrong manager was asked: another is, on the same clock, and everybody concerned is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from statemodel import Person, PersonFacts, Role
from statemodel.commands import AskAnotherManager, ReportUndelivered, WhyAnother
from statemodel.tenure import NominationState
from statemodel.things import Deadline, DeadlineKind
from tests.builders import LAPSE, World, people, recorded

EARLY = LAPSE - timedelta(days=2)


def other(world: World, manager: str = "p-head", **changes: Any) -> AskAnotherManager:
    held = world.nomination
    plain = AskAnotherManager(
        nomination=held.id, seen=held.version, manager=manager, reason=WhyAnother.NOT_HERS
    )
    return replace(plain, **changes)


@pytest.mark.proves("R95", "R99")
@pytest.mark.parametrize("by", ["p-lee", "p-dee", "p-cat", "p-eve"])
def test_the_question_goes_to_somebody_else_with_the_same_date(by: str) -> None:
    world = World().proposed()
    due = world.nomination.due
    world.wait(hours=5).do(other(world), by)
    held = world.nomination
    assert (held.asked, held.deputy, held.due) == ("p-head", None, due)
    assert (held.state, held.asked_in_time) == (NominationState.PROPOSED, True)
    (clock,) = [d for d in world.case.running if d.what is DeadlineKind.MANAGER_ANSWER]
    assert (clock.owner, clock.due) == (Person("p-head"), due)


@pytest.mark.proves("R95", "R354")
def test_the_new_one_is_asked_and_the_old_one_the_nominee_and_the_coordinator_are_told() -> None:
    world = World().proposed()
    world.do(other(world), "p-lee")
    assert world.told("please_answer") == ["p-lee", "p-head"]
    assert world.told("another_manager_asked") == ["p-lee", "p-sam", "coordinator.northshire"]


@pytest.mark.proves("R95")
def test_from_then_on_the_answer_is_the_new_ones_and_no_longer_the_old_ones() -> None:
    world = World().proposed()
    mine = world.agreeing()
    world.do(other(world), "p-lee")
    assert world.why_not(mine, "p-lee") == ["moved_on"]
    assert world.why_not(world.agreeing(), "p-lee") == ["not_the_nominees_manager"]
    world.do(world.agreeing(), "p-head")
    assert world.nomination.agreed_by == "p-head"


@pytest.mark.proves("R95")
def test_the_deputy_of_whoever_is_asked_now_may_answer_too() -> None:
    world = World().proposed()
    world.known = people(PersonFacts("p-head", "a-school", (Role.LINE_MANAGER,), deputy="p-eve"))
    world.do(other(world), "p-lee")
    world.do(world.agreeing(), "p-eve")
    assert world.nomination.agreed_by == "p-eve"


@pytest.mark.proves("R95", "R99")
@pytest.mark.parametrize("by", ["p-ana", "p-jo", "p-art"])
def test_nobody_else_picks_who_answers(by: str) -> None:
    world = World().proposed()
    assert world.why_not(other(world), by) == ["not_yours_to_ask_another"]


@pytest.mark.proves("R95")
def test_what_the_manager_said_on_the_telephone_may_be_recorded_but_not_by_the_nominee() -> None:
    world = World().proposed()
    said = other(world, recorded=recorded("p-lee"))
    assert world.why_not(said, "p-sam") == ["recorder_is_party"]
    world.do(said, "p-ana")
    assert world.nomination.asked == "p-head"


@pytest.mark.proves("R95")
@pytest.mark.parametrize(
    ("manager", "reason"),
    [
        ("p-lee", "manager_asked_already"),
        ("p-sam", "manager_asked_already"),
        ("p-ana", "own_proposal"),
        ("p-nobody", "person_not_known"),
        ("p-jo", "not_a_line_manager"),
        ("p-gone", "not_a_line_manager"),
    ],
)
def test_only_somebody_who_can_answer_is_asked(manager: str, reason: str) -> None:
    world = World().proposed()
    assert reason in world.why_not(other(world, manager), "p-lee")


@pytest.mark.proves("R101", "D18")
def test_whoever_is_asked_when_the_time_is_nearly_up_was_asked_late() -> None:
    world = World().proposed().wait_until(LAPSE - timedelta(hours=2))
    world.do(other(world), "p-lee")
    assert not world.nomination.asked_in_time
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.ASKED_LATE
    assert world.told("please_decide") == []


@pytest.mark.proves("R101")
def test_whoever_is_asked_in_good_time_and_is_silent_has_been_asked() -> None:
    world = World().proposed().wait_until(EARLY)
    world.do(other(world), "p-lee")
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.REFERRED
    assert world.told("due_soon") == ["p-head"]


@pytest.mark.proves("R101", "R357")
def test_a_question_that_never_arrived_is_forgotten_once_another_is_asked() -> None:
    world = World().proposed()
    lost = ReportUndelivered(message="m", purpose="please_answer", subject="n3", why="no_mailbox")
    world.post(lost)
    assert not world.nomination.delivered
    world.do(other(world), "p-cat")
    assert world.nomination.delivered


@pytest.mark.proves("R101")
def test_after_the_date_another_may_still_be_asked_where_the_first_was_asked_late() -> None:
    world = World().proposed().wait_until(LAPSE - timedelta(hours=2))
    world.do(other(world), "p-lee")
    world.wait_until(LAPSE + timedelta(hours=1))
    clocks = world.case.every(Deadline)
    world.do(other(world, "p-eve"), "p-cat")
    assert world.case.every(Deadline) == clocks
    world.do(world.agreeing(), "p-eve")
    assert world.nomination.state is NominationState.AGREED
