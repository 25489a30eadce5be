"""A concern about a child: never refused, moves nothing, kept from those it may be about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from statemodel import Actor, Case, Desk, Entry, Facts, Hat, Role, Stage, decide, evolve, summary
from statemodel.commands import AnswerTask, EnterInError, Mistake, RaiseConcern
from statemodel.people import CLOCK, POST
from statemodel.things import Task, TaskKind, TaskState
from tests.builders import (
    LAPSE,
    MONDAY,
    World,
    a_case,
    closing,
    context,
    pack,
    people,
    recorded,
)

DUTY = Desk(Role.DUTY_MANAGER, "northshire")
EARLY_HELP = Desk(Role.EARLY_HELP_MANAGER, "northshire")
WORRY = RaiseConcern(what="Afraid to go home", people=("k-9f2c",))
STAGES = [stage for stage in Stage if stage is not Stage.NONE]
STALE = Facts(MONDAY - timedelta(days=400), ())
WORST: dict[str, tuple[str | Actor, dict[str, Any]]] = {
    "a known colleague": ("p-ana", {}),
    "somebody unknown": ("p-nobody", {}),
    "somebody who has left": ("p-gone", {}),
    "somebody with no role for it": ("p-ops", {}),
    "facts a year old, about nobody": ("p-ana", {"facts": STALE}),
    "received in the future": ("p-ana", {"received_at": MONDAY + timedelta(days=9)}),
    "received three years ago": ("p-ana", {"received_at": MONDAY - timedelta(days=1100)}),
    "the clock's hat": (CLOCK, {}),
    "the post's hat": (POST, {}),
    "a hat of nobody's": (Actor(Hat.CLOCK, "p-ana"), {}),
    "no command id, no secret": ("p-ana", {"command_id": "", "secret": ""}),
}
FORMS: dict[str, RaiseConcern] = {
    "everything said": WORRY,
    "nothing said": RaiseConcern(),
    "recorded from the future": replace(WORRY, recorded=recorded(at=MONDAY + timedelta(days=9))),
    "recorded for a stranger": replace(WORRY, recorded=recorded("p-nobody", MONDAY)),
    "about a professional": replace(WORRY, about_a_professional=True, people=("p-sam",)),
}


def at_stage(stage: Stage) -> Case:
    """A case with everything unmet that can be: no agreement, nobody responsible, no deadline."""
    world = World().proposed() if stage is not Stage.IDENTIFIED else World().opened()
    if stage is Stage.CLOSED:
        world.do(closing())
        return world.case
    return replace(world.case, standing=replace(world.case.standing, stage=stage))


@pytest.mark.proves("R28", "C27")
@pytest.mark.parametrize("stage", STAGES)
def test_in_every_stage_under_every_trouble_a_concern_is_taken(stage: Stage) -> None:
    case = at_stage(stage)
    for trouble, (by, more) in WORST.items():
        for form, command in FORMS.items():
            answer = decide(case, command, context(by, MONDAY, **more))
            assert isinstance(answer, Entry), (stage, trouble, form)
            assert answer.moves == ()
            assert answer.departures == ()


@pytest.mark.proves("R28", "C27")
@pytest.mark.parametrize("stage", STAGES)
def test_a_concern_adds_a_task_with_a_clock_and_touches_nothing_else(stage: Stage) -> None:
    case = at_stage(stage)
    entry = decide(case, WORRY, context("p-nobody"))
    assert isinstance(entry, Entry)
    after = evolve(case, entry)
    assert after.standing == case.standing
    assert after.things[: len(case.things)] == case.things
    task, owed = after.things[len(case.things) :]
    assert isinstance(task, Task)
    assert (task.what, task.owner, task.state) == (TaskKind.CONCERN, DUTY, TaskState.OPEN)
    assert owed in after.running


@pytest.mark.proves("R28")
def test_a_concern_is_taken_when_every_recommendation_has_been_made_a_rule() -> None:
    raised = pack(raised=("family_view_missing", "nobody_agrees_to_take_part", "wish_not_met"))
    world = World(case=a_case(pack=raised)).opened()
    assert world.do(WORRY, "p-nobody").departures == ()


@pytest.mark.proves("R28")
def test_a_concern_is_taken_after_the_calendars_last_day() -> None:
    world = World().opened()
    world.leap_to(MONDAY.replace(year=2031))
    world.do(WORRY)
    owed = world.case.running[-1]
    assert owed.due.at == world.now + timedelta(hours=4)


@pytest.mark.proves("R28")
def test_the_duty_manager_is_told_at_once_and_has_it_the_same_day() -> None:
    world = World().opened()
    world.do(WORRY, "p-jo")
    (duty, holder) = [message for message in world.messages if message.purpose == "concern_raised"]
    assert (duty.to, duty.safety, holder.to.id, holder.safety) == (DUTY, True, "p-ana", True)
    (task,) = world.case.open_tasks
    (owed,) = [owed for owed in world.case.running if owed.about == task.id]
    assert owed.due.at == MONDAY + timedelta(hours=4)
    assert summary(world.case).open_concerns == 1


@pytest.mark.proves("R28")
def test_whoever_raised_it_is_not_told_their_own_concern() -> None:
    world = World().opened()
    world.do(WORRY, "p-ana")
    assert world.told("concern_raised") == [DUTY.id]


@pytest.mark.proves("R28")
@pytest.mark.parametrize(
    "command",
    [
        RaiseConcern(about_a_professional=True),
        RaiseConcern(people=("p-ana",)),
        RaiseConcern(people=("k-9f2c", "p-sam")),
        RaiseConcern(people=("p-lee",)),
        RaiseConcern(people=("p-cat",)),
    ],
)
def test_a_concern_about_a_professional_reaches_two_desks_less_those_it_is_about(
    command: RaiseConcern,
) -> None:
    world = World().proposed()
    world.do(command, "p-jo")
    assert world.case.open_tasks[-1].private
    told = [message for message in world.messages if message.purpose == "concern_raised"]
    assert [message.to for message in told] == [DUTY, EARLY_HELP]
    assert {message.safety for message in told} == {True}
    assert {frozenset(message.not_to) for message in told} == {frozenset(command.people)}


@pytest.mark.proves("R28")
def test_somebody_on_the_case_makes_it_private_though_the_directory_has_forgotten_them() -> None:
    world = World().proposed()
    world.known = ()
    world.do(RaiseConcern(people=("p-sam",)), "p-jo")
    assert world.case.open_tasks[-1].private


def private() -> tuple[World, Task]:
    world = World().proposed()
    world.do(RaiseConcern(people=("p-sam",)), "p-jo")
    (task,) = world.case.open_tasks
    return world, task


@pytest.mark.proves("R28", "R331")
def test_a_private_concern_is_shown_to_the_two_desks_told_and_named_to_nobody_else() -> None:
    world, task = private()
    for person in people():
        shown = [option for option in world.options(person.id) if option.thing == task.id]
        assert bool(shown) == (person.id in ("p-dut", "p-eve")), person.id


@pytest.mark.proves("R28", "R331")
@pytest.mark.parametrize("by", ["p-sam", "p-ana", "p-cat", "p-lee"])
@pytest.mark.parametrize("desk", ["p-dut", "p-eve"])
def test_nobody_but_the_two_desks_answers_a_private_concern_even_as_a_record(
    by: str, desk: str
) -> None:
    world, task = private()
    done = AnswerTask(task=task.id, seen=task.version, done="Nothing in it")
    assert world.why_not(done, by) == ["not_your_task"]
    assert world.why_not(replace(done, recorded=recorded()), by) == ["not_your_task"]
    world.do(done, desk)
    assert world.case.open_tasks == ()


@pytest.mark.proves("R28")
def test_a_private_concern_does_not_show_itself_by_holding_up_a_closing() -> None:
    world, task = private()
    world.do(closing())
    assert world.case.open_tasks == (task,)
    assert [owed.about for owed in world.case.running] == [task.id]


@pytest.mark.proves("R28", "I33")
def test_a_concern_left_lying_goes_past_the_desk_that_works_with_those_it_may_be_about() -> None:
    world, task = private()
    world.wait(hours=5)
    assert world.told("passed_up") == ["early_help_manager.northshire"]
    assert task in world.case.open_tasks


@pytest.mark.proves("R28", "R352")
@pytest.mark.parametrize("by", ["p-sam", "p-jo", "p-cat", "p-eve"])
def test_only_the_duty_manager_strikes_a_concern(by: str) -> None:
    world, task = private()
    strike = EnterInError(entry=task.version, mistake=Mistake.WRONG_CASE)
    assert world.why_not(strike, by) == ["not_yours_to_strike"]
    assert world.why_not(replace(strike, recorded=recorded()), by) == ["not_yours_to_strike"]
    world.do(strike, "p-dut")
    assert world.case.open_tasks == ()


@pytest.mark.proves("R28", "R101")
def test_a_concern_in_the_middle_of_the_four_days_stops_and_starts_nothing() -> None:
    world, twin = World().proposed(), World().proposed()
    world.wait(days=1).do(WORRY, "p-jo")
    world.wait_until(LAPSE)
    twin.wait_until(LAPSE)
    assert world.nomination == twin.nomination


@pytest.mark.proves("R28")
def test_a_flood_of_concerns_is_taken_to_the_last_and_the_case_stays_small() -> None:
    from statemodel.plain import canonical, plain

    world = World().opened()
    for number in range(300):
        world.do(replace(WORRY, people=(f"k-{number}",)), "p-nobody")
    assert len([m for m in world.messages if m.to == DUTY]) == 300
    assert len(canonical(plain(world.case))) <= 128 * 1024
    newest = world.case.open_tasks[-1]
    assert newest.version == world.case.version  # who saw it before sees that more has come


def test_a_concern_names_a_case_that_nobody_has_opened_and_is_told_so() -> None:
    assert World().why_not(WORRY) == ["not_from_here"]
