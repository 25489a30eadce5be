"""The way on: nothing more, one practitioner, or several; weighed, heard, and never automatic."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from statemodel import Stage
from statemodel.commands import (
    AnswerTask,
    DeclineNomination,
    EnterInError,
    Factors,
    Mistake,
    OpenReview,
    Outcome,
    RaiseConcern,
    RecordReview,
    Route,
)
from statemodel.things import DeadlineKind
from tests.beginnings import WEIGHED, Early, first, route
from tests.builders import World, meeting, proposal, recorded


def routed() -> Early:
    return first().assessed()


@pytest.mark.proves("T9", "R51", "R55", "SC12")
def test_where_nothing_more_is_needed_the_case_closes_and_nobody_leads() -> None:
    world = routed()
    world.do(route(Route.NONE))
    standing = world.case.standing
    assert (standing.stage, standing.closed_because) == (Stage.CLOSED, "no_additional_needs")
    assert (standing.responsible, world.case.running) == (None, ())
    assert standing.reopen_until
    assert world.told("route_decided") == world.told("case_closed") == ["coordinator.northshire"]


@pytest.mark.proves("T9", "R52", "SC12")
def test_where_one_practitioner_is_enough_that_one_is_named_and_told() -> None:
    world = routed()
    bare = route(Route.SINGLE, practitioner=None)
    assert world.why_not(replace(bare, because="Known")) == ["single_practitioner_not_named"]
    world.do(route(Route.SINGLE, practitioner="p-jo"))
    assert world.case.standing.closed_because == "single_practitioner"
    assert world.told("route_decided") == ["coordinator.northshire", "p-jo"]


@pytest.mark.proves("R52", "I37")
def test_a_practitioner_whom_the_directory_does_not_know_is_not_written_to() -> None:
    world = routed()
    world.do(route(Route.SINGLE, practitioner="somebody-at-the-clinic"))
    assert world.told("route_decided") == ["coordinator.northshire"]


@pytest.mark.proves("R56", "SC12")
@pytest.mark.parametrize("way", [Route.NONE, Route.SINGLE])
def test_nobody_is_proposed_where_no_meeting_is_to_plan(way: Route) -> None:
    world = routed()
    world.do(route(way))
    assert "case_not_open" in world.why_not(proposal(recorded=recorded(at=world.now)))
    world.do(EnterInError(entry=world.case.version, mistake=Mistake.MISTYPED))
    world.do(route(because="Looked at again"))
    world.do(meeting(world))
    world.do(proposal())


@pytest.mark.proves("T10", "R53", "R57")
def test_where_several_are_to_help_planning_begins_with_a_date_for_the_meeting() -> None:
    world = routed()
    world.do(route())
    assert world.case.stage is Stage.PLANNING
    assert [(one.what, one.owner.id) for one in world.case.running] == [
        (DeadlineKind.FIRST_MEETING, "p-ana")
    ]
    assert world.told("route_decided") == ["coordinator.northshire"]


@pytest.mark.proves("R55")
@pytest.mark.parametrize("missing", [field.name for field in fields(Factors)])
@pytest.mark.parametrize("way", list(Route))
def test_all_five_are_weighed_or_it_is_said_why_not(way: Route, missing: str) -> None:
    world = routed()
    gap = route(way, factors=replace(WEIGHED, **{missing: " "}))
    assert world.why_not(gap) == ["factors_not_weighed"]
    world.do(replace(gap, because="Plain enough"))


@pytest.mark.proves("R55")
def test_nothing_weighed_at_all_is_asked_about_once() -> None:
    assert routed().why_not(route(factors=None)) == ["factors_not_weighed"]


@pytest.mark.proves("R6")
@pytest.mark.parametrize("way", list(Route))
def test_the_family_is_heard_on_each_way_on(way: Route) -> None:
    assert routed().why_not(route(way, family_view=" ")) == ["route_without_family_view"]


@pytest.mark.proves("R184")
@pytest.mark.parametrize("way", [Route.NONE, Route.SINGLE])
def test_a_waiting_concern_keeps_it_open_and_planning_may_begin_meanwhile(way: Route) -> None:
    world = routed()
    world.do(RaiseConcern(what="Afraid"), "p-jo")
    assert world.why_not(route(way)) == ["concern_open"]
    task = world.task
    world.do(AnswerTask(task=task.id, seen=task.version, done="Front door told"), "p-dut")
    world.do(route(way))
    other = routed()
    other.do(RaiseConcern(what="Afraid"), "p-jo")
    other.do(route())
    assert other.case.stage is Stage.PLANNING


@pytest.mark.proves("R51", "R181", "R302")
def test_a_way_on_nobody_decides_is_passed_up_and_decided_by_nobody() -> None:
    world = routed().wait(days=60)
    assert world.case.stage is Stage.ROUTED
    assert "early_help_manager.northshire" in world.told("passed_up")


def test_a_way_on_is_decided_once_an_assessment_is_there_and_not_before() -> None:
    assert first().assessing().why_not(route()) == ["not_from_here"]
    assert World().planning().why_not(route()) == ["not_from_here"]


@pytest.mark.proves("R39", "R45", "T20")
def test_a_proposal_written_down_while_assessing_leaves_the_assessments_clock() -> None:
    world = first().assessing()
    owed = [one.id for one in world.case.running if one.about == "case"]
    world.do(proposal(recorded=recorded(at=world.now)))
    assert [one.id for one in world.case.running if one.about == "case"] == owed
    declined = DeclineNomination(nomination=world.nomination.id, why="No time")
    world.do(declined, "p-sam")
    assert [one.id for one in world.case.running if one.about == "case"] == owed


@pytest.mark.proves("R45", "T20", "T21", "R134")
def test_a_lead_who_was_there_before_planning_reviews_and_so_goes_on() -> None:
    world = first().assessing()
    assert "nobody_leads_to_review" in World().planning().why_not(OpenReview())
    world.do(proposal(recorded=recorded(at=world.now)))
    world.confirmed().do(world.completing())
    world.do(route())
    world.do(OpenReview())
    world.do(
        RecordReview(
            outcome=Outcome.CONTINUE,
            next_review=world.now + timedelta(days=42),
            family_experience="It helps",
            childs_view="School is better",
        )
    )
    assert world.case.stage is Stage.IN_DELIVERY
    assert not [one for one in world.case.running if one.about == "case"]


@pytest.mark.proves("R31", "R105")
def test_a_lead_confirmed_before_anybody_agreed_ends_the_clock_of_the_stage_left() -> None:
    world = World().opened()
    world.do(proposal(recorded=recorded(at=world.now)))
    assert [one.what for one in world.case.running if one.about == "case"] == ["agreement"]
    world.confirmed()
    assert world.case.stage is Stage.IN_DELIVERY
    assert not [one for one in world.case.running if one.about == "case"]
