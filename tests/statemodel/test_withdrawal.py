"""Somebody no longer agrees while help is under way: nothing stops, and nobody overlooks it."""

from datetime import timedelta

import pytest

from statemodel.commands import AnswerTask, Code, RiskAnswer
from statemodel.things import Task, TaskKind, TaskState
from tests.builders import MONDAY, PARENT, World, agreement, closing, recorded, refusal


def withdrawn(world: World) -> tuple[Task, ...]:
    return tuple(
        task for task in world.case.every(Task) if task.what is TaskKind.AGREEMENT_WITHDRAWN
    )


def risk() -> RiskAnswer:
    return RiskAnswer(raises_concern=False, answered_by="p-eve", who_was_told="The front door")


@pytest.mark.proves("C28", "R34")
def test_whoever_is_responsible_asks_why_and_the_desk_knows() -> None:
    world = World().delivered()
    before = (world.case.stage, world.case.standing, {one.id for one in world.case.running})
    world.do(refusal())
    (task,) = withdrawn(world)
    assert (task.owner.id, task.about) == ("p-sam", (PARENT,))
    assert world.told("agreement_withdrawn") == ["p-sam", "coordinator.northshire"]
    after = (world.case.stage, world.case.standing, {one.id for one in world.case.running})
    assert after[:2] == before[:2]
    assert {one.about for one in world.case.running if one.id not in before[2]} == {task.id}
    world.do(AnswerTask(task=task.id, seen=task.version, done="Talked it over"), "p-sam")
    assert not world.case.open_tasks


@pytest.mark.proves("C28", "R182")
def test_left_alone_it_goes_up_and_closes_nothing() -> None:
    world = World().delivered()
    world.do(refusal())
    (task,) = withdrawn(world)
    world.wait(days=30)
    assert world.case.is_open
    passed = [made.to.id for made in world.messages if made.about == task.id]
    assert passed[2:4] == ["coordinator.northshire", "early_help_manager.northshire"]


@pytest.mark.proves("C28")
def test_before_anybody_leads_it_is_the_practitioners_and_each_refusal_counts() -> None:
    world = World().planning()
    world.do(refusal(giver="f-father"))
    world.do(refusal())
    assert [(task.owner.id, task.about) for task in withdrawn(world)] == [
        ("p-ana", ("f-father",)),
        ("p-ana", (PARENT,)),
    ]


@pytest.mark.proves("R34", "R187")
def test_an_older_no_written_down_after_a_newer_yes_asks_nobody() -> None:
    world = World().opened().wait(days=2)
    world.do(agreement())
    world.do(refusal(recorded=recorded(at=MONDAY + timedelta(hours=1))))
    assert withdrawn(world) == ()


@pytest.mark.proves("R34")
def test_a_refusal_before_help_begins_is_come_back_to_and_is_no_withdrawal() -> None:
    world = World().opened()
    world.do(refusal())
    assert withdrawn(world) == ()
    assert {owed.what for owed in world.case.running} == {"reapproach"}


@pytest.mark.proves("C28", "R182")
@pytest.mark.parametrize(
    ("code", "state"),
    [
        (Code.CONSENT_WITHDRAWN, TaskState.ANSWERED),
        (Code.OUTCOMES_ACHIEVED, TaskState.OPEN),
    ],
)
def test_it_ends_with_the_case_where_an_early_help_manager_has_said_what_it_means(
    code: Code, state: TaskState
) -> None:
    world = World().planning()
    world.do(refusal())
    world.do(closing(code, risk=risk() if code is Code.CONSENT_WITHDRAWN else None))
    (task,) = withdrawn(world)
    assert task.state is state
    assert [owed.about for owed in world.case.running] == [task.id] * (state is TaskState.OPEN)
