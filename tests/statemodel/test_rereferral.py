"""Help is needed once more: the case begins afresh, and remembers what it was."""

import pytest

from statemodel import Person, Stage, status
from statemodel.assessing import Sharing
from statemodel.commands import NameTrustedPerson, RaiseConcern, ReferAgain
from statemodel.tenure import Lead, LeadState, Trusted
from tests.beginnings import Early, begin, sharing
from tests.builders import CHILD, World, agreement, closing, proposal, recorded, refusal

AGAIN = ReferAgain(why="School reports a change")


def closed() -> World:
    world = World().delivered().wait(days=20)
    world.do(closing())
    return world.wait(days=60)


@pytest.mark.proves("T27", "R185", "R186", "R187")
def test_a_closed_case_begins_again_in_the_hands_of_whoever_refers_it() -> None:
    world = closed()
    world.do(AGAIN, "p-jo")
    standing = world.case.standing
    assert (standing.stage, standing.responsible) == (Stage.IDENTIFIED, Person("p-jo"))
    assert (standing.accepted_at, standing.closed_at) == (world.now, None)
    assert (standing.closed_because, standing.reopen_until) == (None, None)
    assert [(owed.what, owed.owner) for owed in world.case.running] == [
        ("agreement", Person("p-jo"))
    ]
    assert world.told("referred_again") == ["coordinator.northshire"]


@pytest.mark.proves("R186", "R187")
def test_agreement_and_lead_are_asked_afresh_and_the_earlier_lead_leads_no_more() -> None:
    world = closed()
    world.do(AGAIN)
    assert (status(world.case), world.case.vacant) == ("awaiting_agreement", world.case.children)
    assert world.why_not(proposal()) == ["planning_not_begun", "nobody_agrees_to_take_part"]
    world.do(agreement())
    world.do(proposal("p-jo"))
    world.confirmed()
    assert [lead.state for lead in world.case.every(Lead)] == [LeadState.ENDED, LeadState.CURRENT]
    assert world.case.standing.responsible == Person("p-jo")


@pytest.mark.proves("R187", "R34")
def test_a_yes_of_an_earlier_episode_lets_nobody_be_proposed_in_this_one() -> None:
    world = World().opened()
    world.do(agreement(giver="f-mother"))
    world.do(closing())
    world.do(AGAIN)
    world.do(agreement(giver="f-father"))
    world.do(refusal(giver="f-father"))
    assert world.why_not(proposal()) == ["nobody_agrees_to_take_part"]


@pytest.mark.proves("R187", "R169", "R44")
def test_what_was_shared_and_whom_a_child_trusted_is_asked_afresh() -> None:
    world = Early().opened()
    world.do(sharing("a-trust"))
    world.do(NameTrustedPerson(child=CHILD, person="f-aunt", sharing="By phone"))
    world.do(closing())
    world.do(AGAIN)
    assert [one.over_at for one in world.case.every(Sharing)] == [world.now]
    assert [one.ended_at for one in world.case.every(Trusted)] == [world.now]
    world.do(begin(recorded=recorded(at=world.now)))
    assert world.why_not(world.contributing()) == ["contribution_not_agreed"]
    world.do(sharing("a-trust"))
    world.do(world.contributing())


@pytest.mark.proves("R186")
def test_it_is_said_what_has_changed() -> None:
    assert closed().why_not(ReferAgain(why=" ")) == ["no_change_said"]


@pytest.mark.proves("R326")
def test_managers_who_do_no_casework_pass_it_to_somebody_who_does() -> None:
    assert closed().why_not(AGAIN, "p-lee") == ["not_for_your_role"]


@pytest.mark.proves("R185")
@pytest.mark.parametrize("stage", ["opened", "planning", "delivered", "reviewing"])
def test_an_open_case_is_not_referred_again(stage: str) -> None:
    assert getattr(World(), stage)().why_not(AGAIN) == ["not_from_here"]


@pytest.mark.proves("R28", "R185")
def test_what_was_still_owed_is_still_owed() -> None:
    world = closed()
    world.do(RaiseConcern(), "p-jo")
    world.do(AGAIN)
    assert len(world.case.open_tasks) == 1
    assert {owed.about for owed in world.case.running} == {"case", world.case.open_tasks[0].id}
