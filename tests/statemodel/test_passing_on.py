"""Passing a case on: the same agency, a yes of their own, and never a moment without anybody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Person, Role, Stage
from statemodel.commands import AnswerTask, PassOn, RequestChange, TakeInterimLead
from statemodel.things import DeadlineKind, TaskKind
from tests.beginnings import Early, assess_first, first
from tests.builders import (
    CHILD,
    PEOPLE,
    a_case,
    agreement,
    closing,
    identify,
    people,
    proposal,
    recorded,
)


def opened() -> Early:
    """Sam of the trust opened it; Jo is of the trust too."""
    world = Early()
    world.do(identify(), "p-sam")
    return world


@pytest.mark.proves("R21", "I1")
def test_a_case_passed_on_stays_where_it_is_until_the_colleague_says_yes() -> None:
    world = opened().passed_on()
    assert world.case.standing.responsible == Person("p-sam")
    assert (world.task.what, world.task.owner) == (TaskKind.TAKE_OVER, Person("p-jo"))
    assert world.told("please_take_over") == ["p-jo"]
    assert {one.what for one in world.case.running} == {DeadlineKind.AGREEMENT, DeadlineKind.TASK}


@pytest.mark.proves("R21")
def test_with_the_colleagues_yes_the_case_and_its_date_are_theirs() -> None:
    world = opened().passed_on()
    (before,) = (one for one in world.case.running if one.about == "case")
    world.wait(hours=3).do(world.taking_over(), "p-jo")
    assert world.case.standing.responsible == Person("p-jo")
    assert world.case.standing.accepted_at == world.now
    (owed,) = world.case.running
    assert owed == replace(before, owner=Person("p-jo"))
    assert (world.case.open_tasks, world.told("taken_over")) == ((), ["p-sam"])


@pytest.mark.proves("R21")
def test_a_colleague_who_says_no_leaves_it_whose_it_was_and_they_hear_of_it() -> None:
    world = opened().passed_on()
    no = AnswerTask(task=world.task.id, seen=world.task.version, done="No time")
    world.do(no, "p-jo")
    assert world.case.standing.responsible == Person("p-sam")
    assert world.told("not_taken_over") == ["p-sam"]


@pytest.mark.proves("R21")
@pytest.mark.parametrize(
    ("colleague", "codes"),
    [
        ("p-nobody", ["person_not_known"]),
        ("p-sam", ["passed_to_oneself"]),
        ("p-lee", ["colleague_not_practitioner"]),
        ("p-own", ["colleague_of_another_agency"]),
        ("p-gone", ["colleague_has_left", "colleague_of_another_agency"]),
    ],
)
def test_it_is_passed_to_a_practitioner_of_the_same_agency(
    colleague: str, codes: list[str]
) -> None:
    assert opened().why_not(PassOn(colleague=colleague), "p-sam") == codes


@pytest.mark.proves("R21")
def test_only_whoever_has_it_passes_it_on_or_somebody_who_records_that_they_did() -> None:
    world = opened()
    assert world.why_not(PassOn(colleague="p-jo"), "p-own") == [
        "not_yours_to_pass_on",
        "colleague_of_another_agency",
    ]
    world.do(PassOn(colleague="p-jo", recorded=recorded("p-sam")), "p-cat")
    assert world.entries[-1].departures == ()
    assert world.case.standing.responsible == Person("p-sam")


@pytest.mark.proves("R21")
def test_only_the_colleague_who_was_asked_takes_over_whoever_writes_it_down() -> None:
    world = opened().passed_on()
    for by in ("p-sam", "p-own"):
        assert world.why_not(world.taking_over(), by) == ["passed_to_somebody_else"]
    said = world.taking_over(recorded=recorded("p-own"))
    assert world.why_not(said, "p-cat") == ["passed_to_somebody_else"]
    world.do(world.taking_over(recorded=recorded("p-jo")), "p-cat")
    assert world.case.standing.responsible == Person("p-jo")


def test_taking_over_is_offered_for_what_was_passed_on_and_for_no_other_task() -> None:
    world = opened()
    world.do(RequestChange(by_whom="f-parent"))
    other = world.task
    world.passed_on()
    offered = [one.thing for one in world.options("p-jo") if one.command == "take_over"]
    assert offered == [world.task.id]
    said = world.taking_over(task=other.id, seen=other.version)
    assert "nothing_to_take_over" in world.why_not(said, "p-jo")


@pytest.mark.proves("R21")
def test_of_two_who_were_asked_the_first_yes_counts_and_the_other_need_not_answer() -> None:
    world = opened()
    third = replace(PEOPLE[2], id="p-kim")
    world.known = people(third)
    world.passed_on("p-kim").passed_on("p-jo")
    world.do(world.taking_over(), "p-jo")
    assert world.case.open_tasks == ()
    assert [one.about for one in world.case.running] == ["case"]


@pytest.mark.proves("R21", "R162")
def test_there_is_nothing_to_take_over_once_the_case_is_closed_or_led() -> None:
    world = opened().passed_on()
    said = world.taking_over(recorded=recorded("p-jo"))
    world.do(closing())
    assert (world.case.open_tasks, world.case.running) == ((), ())
    assert world.told("not_taken_over") == []
    assert world.why_not(replace(said, seen=world.case.version), "p-cat") == ["not_from_here"]
    assert world.case.standing.responsible is None


@pytest.mark.proves("R1", "R21")
def test_a_case_that_somebody_leads_for_now_is_not_passed_on() -> None:
    world = Early(case=a_case(pack=assess_first(assessor_leads=True)))
    world.do(identify(), "p-sam")
    until = world.now + timedelta(days=30)
    world.do(TakeInterimLead(children=(CHILD,), until=until), "p-sam")
    said = PassOn(colleague="p-jo")
    assert world.why_not(said, "p-sam") == ["no_longer_theirs_to_pass_on"]


@pytest.mark.proves("R21", "R1")
def test_nothing_is_taken_over_from_somebody_who_leads_by_now() -> None:
    world = opened().passed_on("p-jo")
    said = world.taking_over(recorded=recorded("p-jo"))
    world.do(agreement(), "p-sam")
    world.do(proposal("p-sam"))
    world.confirmed()
    assert world.why_not(said, "p-cat") == ["no_longer_theirs_to_pass_on"]
    assert world.case.standing.responsible == Person("p-sam")


@pytest.mark.proves("R21")
def test_it_can_be_passed_on_at_each_step_before_planning_and_not_after() -> None:
    world = first().assessing()
    assert world.why_not(PassOn(colleague="p-jo")) == ["colleague_of_another_agency"]
    planned = opened()
    planned.do(agreement(), "p-sam")
    assert planned.case.stage is Stage.PLANNING
    assert planned.why_not(PassOn(colleague="p-jo"), "p-sam") == ["not_from_here"]


@pytest.mark.proves("R302")
def test_a_colleague_who_does_not_answer_is_passed_over_and_nothing_is_theirs() -> None:
    world = opened().passed_on().wait(days=3)
    assert world.case.standing.responsible == Person("p-sam")
    assert Role.COORDINATOR in {getattr(one.owner, "role", None) for one in world.case.running}


@pytest.mark.proves("R21", "R152")
def test_whatever_else_waits_goes_on_waiting_when_a_case_is_taken_over() -> None:
    world = opened()
    world.do(RequestChange(by_whom="f-parent"))
    world.passed_on().do(world.taking_over(), "p-jo")
    assert [task.what for task in world.case.open_tasks] == [TaskKind.CHANGE_REQUESTED]
