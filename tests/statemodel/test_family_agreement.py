"""The family's answer comes after the managers'; then she leads, or somebody else is sought."""

from datetime import timedelta

import pytest

from statemodel import Person, Stage, status
from statemodel.commands import AcceptNomination
from statemodel.tenure import LeadKind, LeadState, NominationState, Reason
from statemodel.things import TaskKind
from tests.builders import MONDAY, World, agreement, closing, identify, proposal, recorded


def asked() -> World:
    """Everybody but the family has said yes."""
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    return world


@pytest.mark.proves("T18", "R105", "R135")
def test_when_all_have_agreed_she_leads_answers_for_the_case_and_a_review_is_set() -> None:
    world = asked()
    world.do(world.family())
    assert (world.case.stage, status(world.case)) == (Stage.IN_DELIVERY, "in_delivery")
    assert (world.lead.state, world.lead.what) == (LeadState.CURRENT, LeadKind.CONFIRMED)
    assert world.case.standing.responsible == Person("p-sam")
    assert world.case.standing.accepted_at == world.lead.since == world.now
    assert {owed.what for owed in world.case.running} == {"first_meeting", "review", "oversight"}
    assert world.nomination.state is NominationState.CONFIRMED
    assert world.told("lead_confirmed") == ["p-sam", "coordinator.northshire"]


@pytest.mark.proves("R96")
def test_the_family_is_not_asked_to_confirm_before_the_manager_has_answered() -> None:
    world = World().proposed()
    world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    assert world.why_not(world.family()) == ["not_from_here"]


@pytest.mark.proves("R105", "C55")
def test_somebody_of_the_family_was_asked() -> None:
    world = asked()
    assert world.why_not(world.family(asked=())) == ["nobody_of_the_family_asked"]
    world.do(world.family(asked=(), recorded=recorded()))
    assert world.lead.person == "p-sam"
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]


@pytest.mark.proves("T19", "R106")
def test_a_family_that_objects_ends_the_proposal_and_somebody_else_is_sought() -> None:
    world = asked()
    world.do(world.family(agrees=False))
    assert (world.nomination.state, world.case.stage) == (
        NominationState.SET_ASIDE,
        Stage.PLANNING,
    )
    assert {owed.what for owed in world.case.running} == {"first_meeting", "lead_wanted"}
    assert world.told("family_objected") == ["coordinator.northshire"]
    assert (world.case.standing.responsible, status(world.case)) == (Person("p-ana"), "planning")


@pytest.mark.proves("T19", "R102", "R161")
def test_after_an_objection_a_new_round_has_its_own_four_days_and_ends_the_search() -> None:
    world = asked()
    world.do(world.family(agrees=False))
    world.wait(days=60)
    assert "early_help_manager.northshire" in world.told("passed_up")
    world.do(proposal("p-jo"))
    world.confirmed()
    assert world.lead.person == "p-jo"
    assert {owed.about for owed in world.case.running} == {"case", "review", "oversight"}


@pytest.mark.proves("T18", "R88")
def test_an_objection_gives_way_to_a_good_or_statutory_reason_that_is_written_down() -> None:
    world = asked()
    world.do(world.family(agrees=False, override="The court has named her agency"))
    assert world.lead.person == "p-sam"
    again = asked()
    again.do(again.family(agrees=False, override="  "))
    assert again.nomination.state is NominationState.SET_ASIDE


@pytest.mark.proves("R106", "R150")
def test_an_objection_to_a_successor_leaves_the_lead_leading() -> None:
    world = World().delivered()
    world.do(proposal("p-own", change=Reason.FAMILY_REQUEST))
    world.do(world.agreeing(), "p-eve")
    world.do(world.family(agrees=False))
    assert world.lead.state is LeadState.CURRENT
    assert {owed.about for owed in world.case.running} == {"case", "review", "oversight"}


@pytest.mark.proves("R148")
def test_nobody_is_made_lead_for_a_time_that_is_over_not_even_as_a_record() -> None:
    world = World().planning()
    world.do(proposal(until=MONDAY + timedelta(days=7)))
    world.do(world.agreeing(), "p-lee")
    world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    world.wait(days=7)
    assert world.why_not(world.family()) == ["agreed_time_is_over"]
    assert world.why_not(world.family(recorded=recorded())) == ["agreed_time_is_over"]


@pytest.mark.proves("R8", "R105")
def test_a_lead_recorded_before_planning_began_still_begins_delivery() -> None:
    world = World()
    world.do(identify())
    world.do(proposal(recorded=recorded()))
    world.confirmed().do(agreement())
    assert world.case.stage is Stage.IN_DELIVERY


@pytest.mark.proves("R182")
def test_once_the_case_is_closed_nobody_is_confirmed() -> None:
    world = asked()
    answer = world.family()
    world.do(closing())
    assert world.why_not(answer) == ["answered_already"]
