"""One lead per child at every instant: planned in sequence, followed exactly, child by child."""

from datetime import UTC, datetime, timedelta

import pytest

from statemodel import Case, Desk, Person, Role, Stage, status
from statemodel.commands import EndLead, Reason
from statemodel.tenure import Lead, LeadKind, LeadState
from tests.builders import CHILD, MONDAY, World, agreement, identify, proposal, recorded

JAT = datetime(2026, 3, 16, 10, tzinfo=UTC)  # the meeting of rule book §8, SC1
SUMMER = datetime(2026, 7, 22, 23, tzinfo=UTC)  # midnight in London, end of 22 July
AUTUMN = datetime(2026, 9, 1, 23, tzinfo=UTC)
TWO = ("k-1", "k-2")


def lucas() -> World:
    """Three leads planned at once: until the summer, over the summer, from the new school on."""
    world = World(JAT).planning()
    world.do(proposal("p-ana", until=SUMMER), "p-cat")
    world.confirmed()
    summer = proposal("p-own", since=SUMMER, until=AUTUMN, change=Reason.PLANNED_INTERIM)
    world.do(summer)
    world.confirmed().do(proposal("p-sam", since=AUTUMN, change=Reason.KEY_TRANSITION))
    return world.confirmed()


def of_two() -> World:
    """One leads for both children."""
    world = World()
    world.do(identify(children=TWO))
    world.do(agreement())
    world.do(proposal(children=TWO))
    return world.confirmed()


def leading(case: Case, child: str = CHILD) -> list[str]:
    return [lead.person for lead in case.leads(child) if lead.current]


@pytest.mark.proves("R148", "R151")
def test_leads_planned_in_sequence_follow_each_other_without_gap_or_overlap() -> None:
    world = lucas()
    tick = timedelta(microseconds=1)
    expected = {
        SUMMER - tick: "p-ana",
        SUMMER: "p-own",
        AUTUMN - tick: "p-own",
        AUTUMN: "p-sam",
        AUTUMN + timedelta(days=30): "p-sam",
    }
    for moment, person in expected.items():
        world.wait_until(moment)
        assert leading(world.case) == [person]
        assert world.case.standing.responsible == Person(person)
    first, second, third = world.case.every(Lead)
    assert (first.ended_at, second.ended_at, third.ended_at) == (SUMMER, AUTUMN, None)
    assert (second.since, third.since) == (SUMMER, AUTUMN)
    assert (first.what, second.what, third.what) == (
        LeadKind.CONFIRMED,
        LeadKind.INTERIM,
        LeadKind.CONFIRMED,
    )
    assert [lead.because for lead in (second, third)] == ["planned_interim", "key_transition"]


@pytest.mark.proves("R148")
def test_a_night_with_everything_down_moves_no_date_people_agreed() -> None:
    world = lucas().leap_to(SUMMER + timedelta(hours=9)).tick()
    first, second, _ = world.case.every(Lead)
    assert (first.ended_at, second.since) == (SUMMER, SUMMER)


@pytest.mark.proves("R148")
def test_a_summer_with_everything_down_ends_with_the_one_who_leads_now() -> None:
    world = lucas().leap_to(AUTUMN + timedelta(days=3)).tick()
    assert leading(world.case) == ["p-sam"]
    first, second, third = world.case.every(Lead)
    assert (first.ended_at, second.ended_at, third.since) == (SUMMER, AUTUMN, AUTUMN)


@pytest.mark.proves("R148", "R153")
def test_who_begins_on_the_day_is_told_and_so_is_whoever_led_before() -> None:
    world = lucas().wait_until(SUMMER)
    assert world.told("lead_started") == ["p-own", "coordinator.northshire"]
    assert world.told("lead_ended") == ["p-ana"]


@pytest.mark.proves("R1", "R102")
def test_proposals_for_times_that_meet_stand_in_each_others_way_and_abutting_ones_do_not() -> None:
    world = World(JAT).planning()
    day = timedelta(days=1)
    world.do(proposal(since=SUMMER, until=AUTUMN))
    for since, until in ((None, None), (SUMMER + day, None), (None, SUMMER + day)):
        assert world.why_not(proposal(since=since, until=until)) == ["already_proposed"]
    world.do(proposal("p-jo", until=SUMMER))
    world.do(proposal("p-own", since=AUTUMN))
    assert len(world.case.nominations) == 3


@pytest.mark.proves("R1", "R148")
def test_nobody_is_proposed_for_a_time_somebody_else_is_to_lead() -> None:
    world = lucas()
    assert world.why_not(proposal("p-jo")) == ["lead_planned_already"]
    assert world.why_not(proposal("p-jo", since=AUTUMN)) == ["lead_planned_already"]
    world.do(proposal("p-jo", until=SUMMER))  # who leads today may be followed today
    world.confirmed()
    assert leading(world.case) == ["p-jo"]
    assert leading(world.wait_until(SUMMER).case) == ["p-own"]


@pytest.mark.proves("R148")
@pytest.mark.parametrize("since", [None, AUTUMN, AUTUMN + timedelta(days=1)])
def test_a_time_that_ends_before_it_begins_is_nonsense(since: datetime | None) -> None:
    world = World(AUTUMN).planning()
    odd = proposal(since=since, until=AUTUMN)
    assert "lead_ends_before_it_begins" in world.why_not(odd)
    assert "lead_ends_before_it_begins" in world.why_not(
        proposal(since=since, until=AUTUMN, recorded=recorded(at=AUTUMN))
    )


@pytest.mark.proves("R148", "R1")
def test_not_even_records_pile_up_plans_without_end() -> None:
    world = World().planning()
    for number in range(16):
        since = MONDAY + timedelta(days=10 + number)
        world.do(proposal(since=since, until=since + timedelta(days=1)))
    assert world.why_not(proposal(recorded=recorded())) == ["already_proposed"]


@pytest.mark.proves("R150", "T22")
def test_until_somebody_has_started_the_case_is_in_delivery_and_says_that_nobody_leads() -> None:
    world = World(JAT).planning()
    world.do(proposal("p-own", since=SUMMER))
    world.confirmed()
    assert (world.case.stage, status(world.case)) == (Stage.IN_DELIVERY, "lead_vacant")
    assert world.case.standing.responsible == Person("p-ana")
    world.wait_until(SUMMER)
    assert (status(world.case), leading(world.case)) == ("in_delivery", ["p-own"])


@pytest.mark.proves("R148", "R145")
def test_a_plan_may_be_given_up_and_its_day_comes_and_goes() -> None:
    world = lucas()
    third = world.lead
    world.do(EndLead(lead=third.id, seen=third.version, reason=Reason.ROLE_CHANGE))
    world.wait_until(AUTUMN + timedelta(days=1))
    assert leading(world.case) == ["p-own"]


@pytest.mark.proves("R151", "R161")
def test_an_end_agreed_beforehand_removes_nobody_but_it_is_asked_who_is_next() -> None:
    world = World(JAT).planning()
    world.do(proposal(until=SUMMER))
    world.confirmed().wait_until(SUMMER + timedelta(days=5))
    assert leading(world.case) == ["p-sam"]
    asked = [made for made in world.messages if made.purpose == "passed_up"]
    assert {made.about for made in asked} >= {world.lead.id}


@pytest.mark.proves("R151", "T22")
def test_a_successor_begins_exactly_as_the_predecessor_ends() -> None:
    world = World().delivered().wait(days=3)
    world.do(proposal("p-own", change=Reason.NEEDS_CHANGED))
    assert (status(world.case), leading(world.case)) == ("in_delivery", ["p-sam"])
    world.confirmed()
    before, after = world.case.every(Lead)
    assert (before.state, before.ended_at) == (LeadState.ENDED, after.since)
    assert (after.person, after.because) == ("p-own", Reason.NEEDS_CHANGED)
    assert world.told("lead_ended") == ["p-sam"]


@pytest.mark.proves("R1", "C35")
def test_somebody_who_takes_over_one_child_leaves_the_others_where_they_are() -> None:
    world = of_two()
    world.do(proposal("p-own", children=TWO[:1]))
    world.confirmed()
    assert (leading(world.case, "k-1"), leading(world.case, "k-2")) == (["p-own"], ["p-sam"])
    assert world.case.vacant == ()
    assert world.case.standing.responsible == Person("p-sam")
    assert world.told("lead_narrowed") == ["p-sam"]


@pytest.mark.proves("R160", "T31")
def test_a_child_nobody_leads_for_yet_is_looked_after_when_the_other_has_a_lead() -> None:
    world = World()
    world.do(identify(children=TWO))
    world.do(agreement())
    world.do(proposal(children=TWO[:1]))
    world.confirmed()
    assert set(world.case.vacant) == {"k-2"}
    assert status(world.case) == "lead_vacant"
    wanted = [owed for owed in world.case.running if owed.what == "lead_wanted"]
    assert [owed.owner for owed in wanted] == [Desk(Role.COORDINATOR, "northshire")]
    world.do(proposal("p-own", children=TWO[1:]))
    assert status(world.case) == "lp_proposed"
    world.confirmed()
    assert not set(world.case.vacant)
    assert status(world.case) == "in_delivery"
    assert "lead_wanted" not in {owed.what for owed in world.case.running}
