"""The nominee's own answer: nobody leads who has not said yes herself, and anybody may say no."""

from dataclasses import replace

import pytest

from statemodel import Stage
from statemodel.commands import AcceptNomination, DeclineNomination
from statemodel.events import LeadConfirmed
from statemodel.tenure import Nomination, NominationState
from tests.builders import LAPSE, World, proposal, recorded
from tests.statemodel.moves import walks


def accepting(world: World) -> AcceptNomination:
    return AcceptNomination(nomination=world.nomination.id)


def declining(world: World) -> DeclineNomination:
    return DeclineNomination(nomination=world.nomination.id, why="No time before May")


@pytest.mark.proves("R92", "R149", "I20")
def test_without_the_nominees_own_yes_nobody_is_confirmed_not_even_as_a_record() -> None:
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    assert world.why_not(world.family()) == ["nominee_has_not_accepted"]
    assert world.why_not(world.family(because="She will")) == ["nominee_has_not_accepted"]
    assert world.why_not(world.family(recorded=recorded())) == ["nominee_has_not_accepted"]


@pytest.mark.proves("R92", "R95", "R105", "I20")
def test_nobody_is_ever_confirmed_without_nominee_managers_and_family() -> None:
    confirmed = 0
    for world in walks(seed=7, histories=48, length=20):
        for made in world.tried:
            for event in getattr(made.answer, "events", ()):
                if isinstance(event, LeadConfirmed):
                    confirmed += 1
                    held = made.case.thing(Nomination, event.nomination)
                    assert held
                    assert held.accepted_at
                    assert held.agreed_by
                    assert held.state is NominationState.AGREED
                    assert event.lead.person == held.nominee
    assert confirmed > 9


@pytest.mark.proves("R92")
def test_accepting_may_come_before_the_managers_answer_and_meets_it_with_no_wall() -> None:
    world = World().proposed()
    answer = world.agreeing()  # as the manager has it on her screen
    world.do(accepting(world), "p-sam")
    world.do(answer, "p-lee")
    world.do(world.family())
    assert world.case.stage is Stage.IN_DELIVERY


@pytest.mark.proves("R92", "R104")
def test_accepting_stops_no_clock_and_decides_nothing_for_the_manager() -> None:
    world = World().proposed()
    running = world.case.running
    world.do(accepting(world), "p-sam")
    assert world.case.running == running
    assert world.wait_until(LAPSE).nomination.state is NominationState.REFERRED


@pytest.mark.proves("I20")
@pytest.mark.parametrize("by", ["p-ana", "p-lee", "p-cat", "p-art"])
def test_nobody_accepts_or_declines_for_somebody_else(by: str) -> None:
    world = World().proposed()
    assert world.why_not(accepting(world), by) == ["not_the_nominee"]
    assert world.why_not(declining(world), by) == ["not_the_nominee"]


@pytest.mark.proves("R92")
def test_what_she_said_on_the_telephone_may_be_written_down_by_somebody_else() -> None:
    world = World().proposed()
    world.do(replace(accepting(world), recorded=recorded("p-sam")), "p-cat")
    assert world.nomination.accepted_at == world.now


@pytest.mark.proves("R92")
def test_a_doubt_and_the_support_offered_stand_in_the_record_and_void_nothing() -> None:
    world = World().proposed()
    told = replace(accepting(world), doubt="Never wrote a plan", support="Help with the plan")
    entry = world.do(told, "p-sam")
    assert entry.command == told
    assert world.nomination.state is NominationState.PROPOSED


@pytest.mark.proves("R92", "R160")
def test_declining_ends_the_proposal_its_clock_and_asks_who_else() -> None:
    world = World().proposed()
    world.do(declining(world), "p-sam")
    assert world.nomination.state is NominationState.SET_ASIDE
    assert {owed.what for owed in world.case.running} == {"first_meeting", "lead_wanted"}
    assert world.told("nominee_declined") == ["coordinator.northshire"]
    world.do(proposal("p-jo"))
    assert world.nomination.due.at > world.now


@pytest.mark.proves("R92")
def test_she_may_still_decline_after_everybody_else_agreed() -> None:
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    world.do(accepting(world), "p-sam")
    world.do(declining(world), "p-sam")
    assert world.why_not(world.family()) == ["answered_already"]


@pytest.mark.proves("R106", "R150")
def test_declining_to_follow_somebody_who_leads_leaves_her_leading_and_nothing_to_fill() -> None:
    world = World().delivered()
    world.do(proposal("p-own"))
    world.do(declining(world), "p-own")
    assert world.case.vacant == ()
    assert "lead_wanted" not in {owed.what for owed in world.case.running}
