"""Striking over the life of a lead: as though it had never been, or not at all."""

from datetime import timedelta

import pytest

from statemodel import Entry, Person, Stage
from statemodel.commands import (
    AcceptNomination,
    EndLead,
    EnterInError,
    Mistake,
    OpenReview,
    Reason,
    ReferAgain,
)
from statemodel.tenure import Lead, LeadState, NominationState
from tests.builders import World, agreement, closing, identify, proposal

DAYS = timedelta(days=10)


def strike(entry: Entry) -> EnterInError:
    return EnterInError(entry=entry.version, mistake=Mistake.DID_NOT_HAPPEN)


def leaving(lead: Lead) -> EndLead:
    return EndLead(lead=lead.id, seen=lead.version, reason=Reason.ROLE_CHANGE)


@pytest.mark.proves("R352")
def test_a_confirmation_struck_leaves_the_family_to_be_asked_again() -> None:
    world = World().delivered()
    world.do(strike(world.entries[-1]))
    assert (world.case.stage, world.case.every(Lead)) == (Stage.PLANNING, ())
    assert world.nomination.state is NominationState.AGREED
    assert {owed.what for owed in world.case.running} == {"first_meeting", "family_confirmation"}
    assert world.case.standing.responsible == Person("p-ana")


@pytest.mark.proves("R352", "R151")
def test_a_successor_struck_gives_the_lead_back_to_whoever_had_it() -> None:
    world = World().delivered().wait(days=1)
    before = world.lead
    world.do(proposal("p-own"))
    world.confirmed()
    world.do(strike(world.entries[-1]))
    assert world.case.every(Lead) == (before,)
    assert world.case.standing.responsible == Person("p-sam")


@pytest.mark.proves("R352", "R148")
def test_a_planned_lead_struck_after_her_day_takes_with_her_what_the_clock_carried_out() -> None:
    world = World().delivered().wait(days=1)
    before, running = world.lead, set(world.case.running)
    world.do(proposal("p-own", since=world.now + DAYS))
    world.confirmed()
    confirmed = world.entries[-1]
    world.wait(days=11)
    assert world.case.standing.responsible == Person("p-own")
    world.do(strike(confirmed))
    assert [lead for lead in world.case.every(Lead) if lead.live] == [before]
    assert world.case.standing.responsible == Person("p-sam")
    assert running <= set(world.case.running)
    assert {"p-own", "p-sam"} <= set(world.told("entered_in_error"))


@pytest.mark.proves("R352", "R1")
def test_a_leaving_is_not_struck_once_somebody_else_leads() -> None:
    world = World().delivered()
    left = world.do(leaving(world.lead))
    world.do(proposal("p-own"))
    world.confirmed()
    assert world.why_not(strike(left)) == ["later_entry_rests_on_it"]


@pytest.mark.proves("R352", "R1")
def test_no_striking_gives_a_child_two_leads() -> None:
    """The search runs for the other child already, so that nothing else ties the two entries."""
    world, two = World(), ("k-1", "k-2", "k-3")
    world.do(identify(children=two))
    world.do(agreement())
    for nominee, child in (("p-sam", "k-1"), ("p-own", "k-2")):
        world.do(proposal(nominee, children=(child,)))
        world.confirmed()
    left = world.do(leaving(world.lead))
    world.do(proposal("p-jo", children=("k-2",)))
    world.confirmed()
    assert world.why_not(strike(left)) == ["later_entry_rests_on_it"]


@pytest.mark.proves("R352")
def test_a_leaving_struck_at_once_brings_lead_holder_and_clocks_back() -> None:
    world = World().delivered()
    before = world.case
    world.do(strike(world.do(leaving(world.lead))))
    assert (world.case.standing, world.case.things) == (before.standing, before.things)


@pytest.mark.proves("R352", "R92")
def test_an_acceptance_struck_must_be_given_again() -> None:
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    said = world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    world.do(strike(said))
    assert world.why_not(world.family()) == ["nominee_has_not_accepted"]


@pytest.mark.proves("R352")
def test_an_acceptance_on_which_a_lead_rests_is_not_struck() -> None:
    world = World().delivered()
    assert world.why_not(strike(world.entries[-2])) == ["later_entry_rests_on_it"]


@pytest.mark.proves("R352", "T27")
def test_a_review_and_a_re_referral_are_struck_like_anything_else() -> None:
    world = World().delivered()
    world.do(strike(world.do(OpenReview())))
    assert world.case.stage is Stage.IN_DELIVERY
    world.do(closing())
    world.do(strike(world.do(ReferAgain(why="Meant another family"))))
    assert (world.case.stage, world.lead.state) == (Stage.CLOSED, LeadState.ENDED)
