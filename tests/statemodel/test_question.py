"""A manager asks before she answers: somebody owes her a reply, and the date stays."""

import pytest

from statemodel import Desk, Person, Role
from statemodel.commands import AnswerTask, AskAnotherManager, AskQuestion, WhyAnother
from statemodel.tenure import NominationState
from statemodel.things import TaskKind
from tests.builders import LAPSE, World


def question(world: World, text: str = "How many hours?") -> AskQuestion:
    held = world.nomination
    return AskQuestion(nomination=held.id, seen=held.version, question=text)


@pytest.mark.proves("R97", "R99")
def test_a_question_stops_no_clock_and_whoever_proposed_owes_a_reply() -> None:
    world = World().proposed()
    held = world.nomination
    world.do(question(world), "p-lee")
    (task,) = world.case.open_tasks
    assert (task.what, task.owner) == (TaskKind.MANAGER_ASKS, Person("p-ana"))
    assert world.nomination == held
    assert world.told("manager_asks") == ["p-ana", "coordinator.northshire"]
    world.wait_until(LAPSE)
    assert world.nomination.state is NominationState.REFERRED


@pytest.mark.proves("R97")
@pytest.mark.parametrize("by", ["p-lee", "p-dee"])
def test_whoever_asked_is_told_that_there_is_a_reply(by: str) -> None:
    world = World().proposed()
    world.do(question(world), by)
    (task,) = world.case.open_tasks
    world.do(AnswerTask(task=task.id, seen=task.version, done="Two hours a week"), "p-ana")
    assert world.told("question_answered") == [by]
    assert world.messages[-1].about == world.nomination.id


@pytest.mark.proves("R95")
def test_whoever_is_no_longer_to_answer_needs_no_reply() -> None:
    world = World().proposed()
    world.do(question(world), "p-lee")
    (task,) = world.case.open_tasks
    held = world.nomination
    world.do(
        AskAnotherManager(
            nomination=held.id, seen=held.version, manager="p-head", reason=WhyAnother.NOT_HERS
        ),
        "p-lee",
    )
    world.do(AnswerTask(task=task.id, seen=task.version, done="Two hours a week"), "p-ana")
    assert world.told("question_answered") == []


@pytest.mark.proves("R97")
def test_a_question_without_words_is_none() -> None:
    world = World().proposed()
    assert world.why_not(question(world, "  "), "p-lee") == ["no_question_stated"]
    assert world.why_not(question(world), "p-ana") == ["not_the_nominees_manager"]


def test_questions_after_many_join_one_task_of_the_same_owner() -> None:
    world = World().proposed()
    for number in range(20):
        world.do(question(world, f"Question {number}"), "p-lee")
    assert len(world.case.open_tasks) == 16
    assert Desk(Role.COORDINATOR, "northshire").id in world.told("manager_asks")
