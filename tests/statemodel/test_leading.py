"""Leaving, standing in, and a family's wish for somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Desk, Person, Role, Stage, status
from statemodel.commands import (
    AnswerTask,
    CoverLead,
    EndLead,
    EnterInError,
    Mistake,
    Reason,
    RequestChange,
)
from statemodel.tenure import Lead, LeadState
from statemodel.things import Task, TaskKind, TaskState
from tests.builders import PARENT, World, agreement, closing, identify, people, proposal, recorded
from tests.northshire import PEOPLE

DESK = Desk(Role.COORDINATOR, "northshire")


def leaving(world: World, reason: Reason = Reason.LEAVING_EMPLOYMENT) -> EndLead:
    return EndLead(lead=world.lead.id, seen=world.lead.version, reason=reason)


def covering(world: World, cover: str = "p-jo", **time: float) -> CoverLead:
    until = world.now + timedelta(**time or {"days": 14})
    return CoverLead(lead=world.lead.id, seen=world.lead.version, cover=cover, until=until)


ASKED = RequestChange(by_whom=PARENT, why="We do not get on")


@pytest.mark.proves("T31", "R151", "R160", "R161")
def test_when_a_lead_leaves_the_vacancy_is_said_has_a_clock_and_nobody_has_accepted_it() -> None:
    world = World().delivered()
    world.do(leaving(world))
    assert (world.lead.state, world.lead.ended_at) == (LeadState.ENDED, world.now)
    assert world.lead.because is Reason.LEAVING_EMPLOYMENT
    assert (world.case.stage, status(world.case)) == (Stage.IN_DELIVERY, "lead_vacant")
    assert (world.case.standing.responsible, world.case.standing.accepted_at) == (DESK, None)
    (wanted,) = [owed for owed in world.case.running if owed.what == "lead_wanted"]
    assert wanted.owner == DESK


@pytest.mark.proves("R161", "R159")
def test_a_vacancy_nobody_fills_is_asked_about_again_and_again_and_closes_nothing() -> None:
    world = World().delivered()
    world.do(leaving(world))
    world.wait(days=90)
    passed = [made for made in world.messages if made.purpose == "passed_up"]
    assert sum(made.about == "lead" for made in passed) > 5
    assert world.case.stage is Stage.IN_DELIVERY


@pytest.mark.proves("R149", "R151")
def test_a_vacancy_ends_with_the_next_lead_who_passes_every_gate() -> None:
    world = World().delivered()
    world.do(leaving(world))
    world.do(proposal("p-own"))
    assert status(world.case) == "lp_proposed"
    assert world.why_not(world.family()) == ["not_from_here"]
    world.confirmed()
    assert status(world.case) == "in_delivery"
    assert "lead_wanted" not in {owed.what for owed in world.case.running}
    assert world.case.standing.responsible == Person("p-own")


@pytest.mark.proves("R1")
def test_who_goes_on_leading_for_one_child_stays_responsible_when_another_lead_ends() -> None:
    world = World()
    world.do(identify(children=("k-1", "k-2")))
    world.do(agreement())
    for nominee, child in (("p-sam", "k-1"), ("p-own", "k-2")):
        world.do(proposal(nominee, children=(child,)))
        world.confirmed()
    assert world.case.standing.responsible == Person("p-sam")
    world.do(leaving(world))
    assert world.case.standing.responsible == Person("p-sam")
    assert world.case.vacant == ("k-2",)


@pytest.mark.proves("R145")
def test_who_has_ended_cannot_end_again_and_a_closed_case_has_no_lead_to_end() -> None:
    world = World().delivered()
    held = leaving(world)
    world.do(held)
    assert world.why_not(replace(held, seen=world.lead.version)) == ["not_from_here"]
    closed = World().delivered()
    closed.do(closing())
    assert closed.lead.state is LeadState.ENDED
    assert set(closed.told("case_closed")) == {DESK.id, "p-sam"}


@pytest.mark.proves("R154", "R156", "R157")
def test_cover_changes_neither_who_accounts_nor_any_clock_and_ends_by_itself() -> None:
    world = World().delivered()
    standing, running = world.case.standing, set(world.case.running)
    world.do(covering(world))
    held = world.lead
    assert (held.person, held.cover) == ("p-sam", "p-jo")
    assert world.case.standing == standing
    assert running <= set(world.case.running)
    assert world.told("you_stand_in") == ["p-jo"]
    world.wait(days=14)
    assert (world.lead.cover, world.lead.cover_until, world.lead.state) == (None, None, "current")
    assert world.case.standing == standing
    assert set(world.case.running) == running


@pytest.mark.proves("R156")
def test_cover_may_be_made_longer_and_ends_once() -> None:
    world = World().delivered()
    world.do(covering(world, days=3))
    world.do(covering(world, "p-own", days=9))
    world.wait(days=5)
    assert world.lead.cover == "p-own"
    assert world.wait(days=5).case.every(Lead)[-1].cover is None
    assert [entry.command.kind for entry in world.entries].count("end_cover") == 1


@pytest.mark.proves("R156")
def test_nobody_covers_herself_nobody_unknown_covers_and_cover_has_a_length() -> None:
    world = World().delivered()
    assert world.why_not(covering(world, "p-sam")) == ["cover_is_the_lead"]
    assert world.why_not(covering(world, "p-nobody")) == ["person_not_known"]
    assert world.why_not(covering(world, hours=-1)) == ["cover_ends_before_it_begins"]


@pytest.mark.proves("R156", "R151")
def test_cover_goes_with_the_lead_it_stood_in_for() -> None:
    for ends in ("left", "followed"):
        world = World().delivered()
        world.do(covering(world))
        if ends == "left":
            world.do(leaving(world))
        else:
            world.do(proposal("p-own"))
            world.confirmed()
        assert "cover_ends" not in {owed.what for owed in world.case.running}
        world.wait(days=20)
        assert "park_deadline" not in {entry.command.kind for entry in world.entries}


@pytest.mark.proves("R152")
@pytest.mark.parametrize("by", ["p-sam", "p-jo", "p-lee", "p-head"])
def test_anybody_at_work_passes_on_a_wish_for_somebody_else_and_nobody_refuses_it(by: str) -> None:
    world = World().delivered()
    world.do(ASKED, by)
    (task,) = world.case.open_tasks
    assert (task.what, task.owner, task.about) == (TaskKind.CHANGE_REQUESTED, DESK, (PARENT,))
    assert world.told("change_requested") == [DESK.id]


@pytest.mark.proves("R152")
@pytest.mark.parametrize("stage", ["opened", "planning", "proposed", "delivered", "reviewing"])
def test_it_can_be_asked_at_every_stage_of_an_open_case(stage: str) -> None:
    world = getattr(World(), stage)()
    world.do(ASKED)
    assert TaskKind.CHANGE_REQUESTED in {task.what for task in world.case.open_tasks}


@pytest.mark.proves("R152")
def test_the_sitting_lead_can_neither_answer_nor_strike_it_whatever_desk_she_sits_at() -> None:
    world = World().delivered()
    sam = next(person for person in PEOPLE if person.id == "p-sam")
    world.known = people(replace(sam, roles=(*sam.roles, Role.COORDINATOR, Role.DUTY_MANAGER)))
    entry = world.do(ASKED, "p-jo")
    (task,) = world.case.open_tasks
    done = AnswerTask(task=task.id, seen=task.version, done="All is well")
    strike = EnterInError(entry=entry.version, mistake=Mistake.DID_NOT_HAPPEN)
    for written in (None, recorded("p-cat", world.now)):
        assert world.why_not(replace(done, recorded=written), "p-sam") == ["request_is_about_you"]
        assert world.why_not(replace(strike, recorded=written), "p-sam") == ["request_is_about_you"]
    world.do(done, "p-cat")
    assert world.case.thing(Task, task.id).state is TaskState.ANSWERED  # type: ignore[union-attr]


@pytest.mark.proves("R152")
def test_a_request_outlives_silence_closing_and_a_hundred_repetitions() -> None:
    world = World().delivered()
    for _ in range(100):
        world.do(ASKED)
    assert len(world.case.open_tasks) == 16
    world.wait(days=40).do(closing())
    assert len(world.case.open_tasks) == 16
    assert "early_help_manager.northshire" in world.told("passed_up")
