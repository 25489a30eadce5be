"""“It was not me”: the answer falls while it still can, and somebody finds out what happened."""

from datetime import timedelta

import pytest

from statemodel import Desk, Role
from statemodel.commands import AcceptNomination, ContestAnswer, DecideReferral
from statemodel.tenure import NominationState
from statemodel.things import DeadlineKind, TaskKind
from tests.builders import LAPSE, World, proposal, recorded

COORDINATOR = Desk(Role.COORDINATOR, "northshire")
N = "n3"


def agreed_for_her() -> World:
    """Somebody recorded Lee's yes, on the telephone as they say."""
    world = World().proposed().wait(hours=2)
    world.do(world.agreeing(recorded=recorded("p-lee", world.now)), "p-cat")
    return world


def contest(note: str = "I was on leave") -> ContestAnswer:
    return ContestAnswer(nomination=N, note=note)


@pytest.mark.proves("R95", "R352")
@pytest.mark.parametrize("by", ["p-lee", "p-dee", "p-sam"])
def test_before_the_family_is_asked_the_proposal_waits_again_with_its_old_date(by: str) -> None:
    world = agreed_for_her()
    due = world.nomination.due
    world.do(contest(), by)
    held = world.nomination
    assert (held.state, held.agreed_by, held.agreed_at) == (NominationState.PROPOSED, None, None)
    owed = {d.what: d for d in world.case.running}
    assert owed[DeadlineKind.MANAGER_ANSWER].due == due
    assert DeadlineKind.FAMILY_CONFIRMATION not in owed
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.REFERRED


@pytest.mark.proves("R95", "R331")
def test_the_manager_is_asked_afresh_and_the_coordinator_finds_out_who_it_was() -> None:
    world = agreed_for_her()
    world.do(contest(), "p-lee")
    (task,) = world.case.open_tasks
    assert (task.what, task.owner, task.about) == (TaskKind.ANSWER_CONTESTED, COORDINATOR, (N,))
    assert world.told("answer_contested") == [
        "coordinator.northshire",
        "early_help_manager.northshire",
    ]
    assert world.told("please_answer") == ["p-lee", "p-lee"]
    world.do(world.agreeing(), "p-lee")
    assert world.nomination.agreed_by == "p-lee"


@pytest.mark.proves("R99", "R101")
def test_past_its_date_the_manager_is_asked_late_and_nobody_decides_for_her() -> None:
    world = agreed_for_her().wait_until(LAPSE + timedelta(hours=1))
    world.do(contest(), "p-lee")
    assert world.nomination.state is NominationState.ASKED_LATE
    assert [task.what for task in world.case.open_tasks] == [TaskKind.ANSWER_CONTESTED]
    assert world.told("please_decide") == []
    world.do(world.agreeing(), "p-lee")
    assert world.nomination.agreed_by == "p-lee"


@pytest.mark.proves("R101", "D18")
def test_contested_when_the_time_is_nearly_up_silence_is_not_held_against_her() -> None:
    world = agreed_for_her().wait_until(LAPSE - timedelta(hours=1))
    world.do(contest(), "p-lee")
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.ASKED_LATE


@pytest.mark.proves("R92")
def test_the_practitioners_own_yes_falls_too_where_it_is_she_who_says_so() -> None:
    for by, stays in (("p-sam", False), ("p-lee", True)):
        world = World().proposed()
        world.do(AcceptNomination(nomination=N), "p-sam")
        world.do(world.agreeing(), "p-lee")
        world.do(contest(), by)
        assert (world.nomination.accepted_at is not None) == stays


@pytest.mark.proves("R103")
def test_a_late_yes_that_was_not_hers_is_nothing_for_the_arbiter_to_endorse() -> None:
    world = World().proposed().wait_until(LAPSE + timedelta(hours=1))
    world.do(world.agreeing(), "p-dee")
    clocks = world.case.running
    world.do(contest(), "p-lee")
    held = world.nomination
    assert (held.state, held.agreed_by, held.late) == (NominationState.REFERRED, None, False)
    assert set(clocks) <= set(world.case.running)
    assert world.told("please_answer") == ["p-lee"]


@pytest.mark.proves("R100")
def test_an_arbiters_decision_stands_and_the_coordinator_looks_into_it() -> None:
    world = World().planning()
    world.do(proposal("p-own"))
    world.wait_until(LAPSE)
    held = world.nomination
    ruling = DecideReferral(
        nomination=held.id, seen=held.version, nominee="p-own", reasons="Hours are found"
    )
    world.do(ruling, "p-art")
    world.do(contest(), "p-eve")
    assert (world.nomination.state, world.nomination.agreed_by) == ("agreed", "p-art")
    assert [task.what for task in world.case.open_tasks] == [TaskKind.ANSWER_CONTESTED]


@pytest.mark.proves("R95")
def test_once_the_family_has_agreed_it_is_looked_into_and_nothing_moves() -> None:
    world = World().delivered()
    lead = world.lead
    world.do(contest(), "p-lee")
    assert world.nomination.state is NominationState.CONFIRMED
    assert world.lead == lead
    assert [task.what for task in world.case.open_tasks] == [TaskKind.ANSWER_CONTESTED]


@pytest.mark.proves("R95", "R97")
def test_a_concern_that_was_not_hers_is_looked_into_while_the_managers_talk() -> None:
    world = World().proposed()
    world.do(world.objecting(recorded=recorded("p-lee")), "p-cat")
    assert world.told("answer_recorded") == ["p-lee", "p-sam"]
    world.do(contest(), "p-lee")
    assert world.nomination.state is NominationState.IN_DISCUSSION
    assert [task.what for task in world.case.open_tasks] == [TaskKind.ANSWER_CONTESTED]


@pytest.mark.proves("R95")
@pytest.mark.parametrize("by", ["p-ana", "p-jo", "p-cat"])
def test_nobody_else_says_for_her_that_it_was_not_hers(by: str) -> None:
    world = agreed_for_her()
    assert world.why_not(contest(), by) == ["not_answered_in_your_name"]


def test_what_was_never_answered_cannot_be_contested() -> None:
    world = World().proposed()
    assert world.why_not(contest(), "p-lee") == ["not_from_here"]
