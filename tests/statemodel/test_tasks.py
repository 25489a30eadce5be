"""Tasks beside the pathway: answered by their owner or an overseer, and never lost."""

from dataclasses import replace

import pytest

from statemodel import Case, Desk, Entry, Role
from statemodel.burden import MOST_ALIKE
from statemodel.commands import AnswerTask, RaiseConcern, ReportUndelivered
from statemodel.things import Task, TaskKind, TaskState
from tests.builders import World, recorded

LOST = ReportUndelivered(message="c1-3-please_answer-p-lee", purpose="please_answer", why="full")


def told_by_hand() -> tuple[World, Task]:
    world = World().proposed()
    world.post(replace(LOST, subject="n3"))
    (task,) = world.case.open_tasks
    return world, task


def answer(task: Task, done: str = "Rang her") -> AnswerTask:
    return AnswerTask(task=task.id, seen=task.version, done=done)


@pytest.mark.proves("R357", "R374", "I29")
def test_a_message_that_could_not_be_delivered_is_told_by_a_person() -> None:
    world, task = told_by_hand()
    assert (task.what, task.owner) == (TaskKind.TELL_BY_HAND, Desk(Role.COORDINATOR, "northshire"))
    assert task.about == (LOST.message,)
    assert world.told("tell_by_hand") == ["coordinator.northshire"]
    assert not world.nomination.delivered


@pytest.mark.proves("I37")
def test_word_of_an_undelivered_message_that_is_itself_lost_goes_round_no_further() -> None:
    world, _ = told_by_hand()
    world.messages.clear()
    world.post(replace(LOST, purpose="tell_by_hand"))
    assert world.messages == []
    assert len(world.case.open_tasks) == 2


@pytest.mark.proves("R331")
@pytest.mark.parametrize(
    ("by", "why_not"),
    [("p-cat", []), ("p-eve", []), ("p-ana", ["not_your_task"]), ("p-lee", ["not_your_task"])],
)
def test_a_task_is_answered_by_its_desk_or_an_overseer(by: str, why_not: list[str]) -> None:
    world, task = told_by_hand()
    answered = world.ask(answer(task), by)
    codes = [] if isinstance(answered, Entry) else [reason.code for reason in answered.reasons]
    assert codes == why_not


@pytest.mark.proves("R331")
def test_answering_a_task_ends_its_clock_and_nothing_else() -> None:
    world, task = told_by_hand()
    others = [owed for owed in world.case.running if owed.about != task.id]
    world.do(answer(task), "p-cat")
    assert list(world.case.running) == others
    held = world.case.thing(Task, task.id)
    assert held
    assert held.state is TaskState.ANSWERED


@pytest.mark.proves("R352")
@pytest.mark.parametrize("said", ["", "  "])
def test_an_answer_says_what_was_done(said: str) -> None:
    world, task = told_by_hand()
    assert world.why_not(answer(task, said), "p-cat") == ["nothing_done_said"]


def test_a_task_is_answered_once() -> None:
    world, task = told_by_hand()
    world.do(answer(task), "p-cat")
    assert world.why_not(answer(task), "p-cat") == ["moved_on"]
    held = world.case.thing(Task, task.id)
    assert held
    assert world.why_not(answer(held), "p-cat") == ["not_from_here"]


def test_a_task_that_is_not_there_cannot_be_answered() -> None:
    gone = AnswerTask(task="t99", seen=99, done="Seen to")
    assert World().opened().why_not(gone, "p-cat") == ["no_such_thing"]


@pytest.mark.proves("R331", "R352")
def test_a_colleague_may_record_an_answer_and_that_is_noted() -> None:
    world, task = told_by_hand()
    entry = world.do(replace(answer(task), recorded=recorded()), "p-ana")
    assert [unmet.code for unmet in entry.departures] == ["not_your_task"]


def flooded(world: World, number: int) -> Case:
    for _ in range(number):
        world.post(LOST)
    return world.case


@pytest.mark.proves("I30")
def test_more_alike_than_anybody_could_answer_join_the_newest() -> None:
    world = World().opened()
    assert len(flooded(world, MOST_ALIKE).open_tasks) == MOST_ALIKE
    case = flooded(world, 20)
    assert len(case.open_tasks) == MOST_ALIKE
    assert case.open_tasks[-1].version == case.version
    assert {task.id for task in case.open_tasks} <= {owed.about for owed in case.running}


@pytest.mark.proves("I30", "R28")
def test_a_flood_of_one_kind_swallows_no_other() -> None:
    world = World().opened()
    flooded(world, 40)
    world.do(RaiseConcern(), "p-jo")
    world.do(RaiseConcern(about_a_professional=True), "p-jo")
    concerns = [task for task in world.case.open_tasks if task.what is TaskKind.CONCERN]
    assert [task.private for task in concerns] == [False, True]
