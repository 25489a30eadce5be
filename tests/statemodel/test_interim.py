"""Leading for now: their own word, no case moved on, and over when a confirmed lead begins."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Refused, Stage
from statemodel.commands import EndLead, Reason, TakeInterimLead
from statemodel.tenure import Lead, LeadKind, LeadState
from statemodel.things import Deadline, DeadlineKind
from tests.beginnings import Early, a_lead_elsewhere, begin, checks, first, route
from tests.builders import (
    CHILD,
    MONDAY,
    World,
    a_case,
    agreement,
    identify,
    meeting,
    pack,
    proposal,
    recorded,
)
from tests.statemodel.planning_moves import planned_alone

UNTIL = MONDAY + timedelta(days=42)
FOR_NOW = TakeInterimLead(children=(CHILD,), until=UNTIL, why="I wrote the assessment")


@pytest.mark.proves("R41", "C10", "D19")
def test_one_of_the_authoritys_own_leads_for_now_on_their_own_word() -> None:
    world = World().planning()
    world.do(FOR_NOW, "p-own")
    lead = world.lead
    assert (lead.what, lead.state, lead.person) == (LeadKind.INTERIM, LeadState.CURRENT, "p-own")
    assert lead.until == UNTIL
    assert world.case.standing.accepted_at == MONDAY
    assert world.case.stage is Stage.PLANNING
    assert world.told("interim_lead_taken") == ["p-own", "coordinator.northshire"]
    assert {"review", "oversight"} <= {owed.about for owed in world.case.running}


@pytest.mark.proves("R41", "R84", "C10")
def test_an_assessor_of_another_agency_leads_for_now_only_where_the_area_says_so() -> None:
    world = World().planning()
    assert world.why_not(FOR_NOW, "p-ana") == ["interim_not_yours"]
    local = World(case=a_case(pack=pack(assessor_leads=True))).planning()
    local.do(FOR_NOW, "p-ana")
    assert local.lead.person == "p-ana"


@pytest.mark.proves("R92", "I20", "D19")
def test_who_leads_for_now_said_so_themselves_if_need_be_by_telephone() -> None:
    world = World().planning()
    by_phone = replace(FOR_NOW, recorded=recorded("p-own"))
    world.do(by_phone, "p-cat")
    assert world.lead.person == "p-own"
    other = World().planning()
    nobody = replace(FOR_NOW, recorded=recorded("p-nobody"))
    assert "person_not_known" in other.why_not(nobody, "p-cat")


@pytest.mark.proves("R1")
def test_nobody_leads_for_now_a_child_who_has_a_lead() -> None:
    world = World().delivered()
    assert world.why_not(FOR_NOW, "p-own") == ["led_already"]
    assert world.why_not(replace(FOR_NOW, recorded=recorded()), "p-own") == ["led_already"]


@pytest.mark.proves("R1")
def test_a_child_named_twice_is_led_for_now_once() -> None:
    world = World().planning()
    world.do(replace(FOR_NOW, children=(CHILD, CHILD)), "p-own")
    assert world.lead.children == (CHILD,)


@pytest.mark.proves("R1")
def test_of_two_children_the_one_without_a_lead_gets_one_for_now() -> None:
    world = World()
    world.do(identify(children=(CHILD, "k-2b77")))
    world.do(FOR_NOW, "p-own")
    assert "k-2b77" in world.case.vacant
    both = replace(FOR_NOW, children=(CHILD, "k-2b77"))
    assert world.why_not(both, "p-cat") == ["led_already"]
    world.do(replace(FOR_NOW, children=("k-2b77",)), "p-cat")
    assert not world.case.vacant
    assert world.case.stage is Stage.IDENTIFIED


@pytest.mark.proves("R41", "R148")
def test_leading_for_now_ends_on_a_day_ahead_and_before_whoever_is_planned() -> None:
    world = planned_alone()
    past = replace(FOR_NOW, until=MONDAY - timedelta(days=1))
    assert world.why_not(past, "p-own") == ["interim_ends_before_it_begins"]
    assert world.why_not(FOR_NOW, "p-own") == ["lead_planned_already"]
    world.do(replace(FOR_NOW, until=MONDAY + timedelta(days=10)), "p-own")
    world.wait(days=11)
    assert [lead.state for lead in world.case.every(Lead)] == ["current", "ended"]


@pytest.mark.proves("SC13", "R41", "R138")
def test_leading_for_now_ends_as_a_confirmed_lead_begins() -> None:
    world = World().planning()
    world.do(FOR_NOW, "p-own")
    world.do(meeting(world, next_review=UNTIL))
    world.do(proposal())
    world.confirmed()
    interim, confirmed = world.case.every(Lead)
    assert (interim.state, interim.ended_at) == (LeadState.ENDED, confirmed.since)
    assert confirmed.what is LeadKind.CONFIRMED
    assert world.case.stage is Stage.IN_DELIVERY
    assert world.case.standing.responsible is not None
    assert world.case.standing.responsible.id == "p-sam"
    reviews = [owed for owed in world.case.running if owed.about == "review"]
    assert [(owed.owner.id, owed.due.at) for owed in reviews] == [("p-sam", UNTIL)]


@pytest.mark.proves("SC13", "R143", "R101")
def test_a_first_review_nobody_holds_goes_up_and_the_interim_lead_stays() -> None:
    world = World().planning()
    world.do(FOR_NOW, "p-own")
    world.do(meeting(world, next_review=UNTIL))
    world.wait(days=60)
    passed = [made.to.id for made in world.messages if made.about == "review"]
    assert passed[:2] == ["coordinator.northshire", "early_help_manager.northshire"]
    assert world.lead.current
    asked = [owed for owed in world.case.every(Deadline) if owed.about == world.lead.id]
    assert asked[0].what is DeadlineKind.LEAD_WANTED


@pytest.mark.proves("D19", "R160")
def test_when_a_lead_has_gone_somebody_may_lead_for_now_and_help_goes_on() -> None:
    world = World().delivered()
    held = world.lead
    world.do(EndLead(lead=held.id, seen=held.version, reason=Reason.LEAVING_EMPLOYMENT))
    world.do(FOR_NOW, "p-cat")
    assert world.case.stage is Stage.IN_DELIVERY
    assert not world.case.vacant


@pytest.mark.proves("R1", "R28")
def test_nobody_leads_for_now_a_family_that_is_led_elsewhere() -> None:
    world = Early().checking()
    world.do(checks(a_lead_elsewhere("p-jo")))
    assert world.why_not(FOR_NOW, "p-own") == ["lead_in_place_elsewhere"]
    world.do(replace(FOR_NOW, recorded=recorded()), "p-own")
    assert world.lead.person == "p-own"


@pytest.mark.proves("R41", "R64", "C10")
@pytest.mark.parametrize("world", [Early(), first()])
def test_before_planning_nothing_is_reviewed_and_as_it_begins_a_review_is_owed(
    world: Early,
) -> None:
    world.opened().do(FOR_NOW, "p-own")
    assert "review" not in {owed.about for owed in world.case.running}
    world.do(agreement(because="At once"))
    if world.case.stage is not Stage.PLANNING:
        world.do(begin())
        world.do(world.completing())
        assert "review" not in {owed.about for owed in world.case.running}
        world.do(route())
    reviews = [owed for owed in world.case.running if owed.about == "review"]
    assert [owed.owner.id for owed in reviews] == ["p-own"]


@pytest.mark.proves("R41", "R64")
def test_a_meeting_before_planning_dates_the_first_review_all_the_same() -> None:
    world = World().opened()
    world.do(FOR_NOW, "p-own")
    world.do(meeting(world, next_review=UNTIL))
    world.do(agreement())
    reviews = [owed for owed in world.case.running if owed.about == "review"]
    assert [(owed.owner.id, owed.due.at) for owed in reviews] == [("p-own", UNTIL)]


@pytest.mark.proves("R41")
@pytest.mark.parametrize(("days", "reasons"), [(180, []), (185, ["interim_ends_too_far_ahead"])])
def test_leading_for_now_lasts_half_a_year_at_most(days: int, reasons: list[str]) -> None:
    world = World().planning()
    taken = replace(FOR_NOW, until=MONDAY + timedelta(days=days))
    assert (world.why_not(taken, "p-own") if reasons else []) == reasons
    answer = world.ask(replace(taken, recorded=recorded()), "p-own")
    assert isinstance(answer, Refused) == bool(reasons)


@pytest.mark.proves("R41", "R160", "T31")
def test_the_search_for_a_lead_goes_on_while_somebody_leads_for_now() -> None:
    world = World().delivered()
    held = world.lead
    world.do(EndLead(lead=held.id, seen=held.version, reason=Reason.LEAVING_EMPLOYMENT))
    wanted = [owed.id for owed in world.case.running if owed.about == "lead"]
    world.do(FOR_NOW, "p-cat")
    assert [owed.id for owed in world.case.running if owed.about == "lead"] == wanted
    world.do(proposal("p-own"))
    world.confirmed()
    assert not [owed for owed in world.case.running if owed.about == "lead"]


@pytest.mark.proves("R1", "R41", "T31")
def test_a_lead_for_one_of_two_ends_no_search_for_the_one_led_for_now() -> None:
    world = World()
    world.do(identify(children=(CHILD, "k-2b77")))
    world.do(agreement())
    world.do(meeting(world))
    world.do(replace(FOR_NOW, children=("k-2b77",)), "p-own")
    world.do(proposal())
    world.confirmed()
    assert [owed.what for owed in world.case.running if owed.about == "lead"] == ["lead_wanted"]


def test_before_a_case_is_opened_nobody_leads_for_now() -> None:
    assert "case_not_open" in World().why_not(FOR_NOW, "p-own")
