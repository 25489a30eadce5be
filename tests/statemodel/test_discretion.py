"""Whoever a concern is about is not told of it, not shown it, and cannot answer or strike it."""

from dataclasses import replace

import pytest

from statemodel import Entry, PersonFacts, Role, messages
from statemodel.commands import (
    AnswerTask,
    EnterInError,
    Mistake,
    RaiseConcern,
    ReportUndelivered,
)
from statemodel.discretion import MOST_MEANT
from statemodel.events import ConcernRaised
from statemodel.plain import canonical, plain
from statemodel.things import Task, TaskKind
from tests.builders import AUTHORITY, CHILD, World, agreement, people, recorded

SECOND = PersonFacts("p-duo", AUTHORITY, (Role.DUTY_MANAGER,))
STAFF = tuple(PersonFacts(f"p-w{n}", "a-trust", (Role.PRACTITIONER,)) for n in range(400))


def about(*named: str) -> tuple[World, Task]:
    """A case with a lead proposed, two duty managers, and a concern about those named."""
    world = World().proposed()
    world.known = people(SECOND, *STAFF)
    return world, raised(world, *named)


def raised(world: World, *named: str) -> Task:
    """The task that a concern about those named has become, or has joined."""
    entry = world.do(RaiseConcern(what="A worry", people=named), "p-jo")
    (event,) = [event for event in entry.events if isinstance(event, ConcernRaised)]
    return event.task


def answer(task: Task) -> AnswerTask:
    return AnswerTask(task=task.id, seen=task.version, done="Nothing in it")


def strike(version: int) -> EnterInError:
    return EnterInError(entry=version, mistake=Mistake.WRONG_CASE)


def not_to(world: World, purpose: str) -> set[tuple[str, ...]]:
    told = [message for message in world.messages if message.purpose == purpose]
    assert told, purpose
    return {message.not_to for message in told}


@pytest.mark.proves("R28")
@pytest.mark.parametrize(("her", "other"), [("p-dut", "p-duo"), ("p-eve", "p-dut")])
def test_whoever_sits_at_the_desk_cannot_answer_a_concern_about_herself(
    her: str, other: str
) -> None:
    world, task = about(CHILD, her)
    for_her = replace(answer(task), recorded=recorded(her))
    assert world.why_not(answer(task), her) == ["not_your_task"]
    assert world.why_not(replace(answer(task), recorded=recorded()), her) == ["not_your_task"]
    assert world.why_not(for_her, other) == ["not_your_task"], "nor through a colleague"
    world.do(answer(task), other)


@pytest.mark.proves("R28")
def test_where_the_only_duty_manager_is_meant_the_early_help_manager_can_answer() -> None:
    world, task = about("p-dut")
    world.known = people()
    world.do(answer(task), "p-eve")
    assert world.case.open_tasks == ()


@pytest.mark.proves("R28")
def test_the_reason_she_is_given_is_the_one_for_any_task_kept_from_anybody() -> None:
    world, task = about("p-dut")
    hers = world.ask(answer(task), "p-dut")
    assert hers == world.ask(answer(task), "p-lee")
    assert "concern" not in str(hers)


@pytest.mark.proves("R28", "R331")
@pytest.mark.parametrize("private", [True, False])
def test_a_concern_is_not_named_among_what_she_may_do(*, private: bool) -> None:
    world, task = about("p-dut")
    things = [replace(t, private=private) if t == task else t for t in world.case.things]
    world.case = replace(world.case, things=tuple(things))
    for person in ("p-dut", "p-duo", "p-eve"):
        shown = [option for option in world.options(person) if option.thing == task.id]
        assert bool(shown) == (person != "p-dut"), person


@pytest.mark.proves("R28", "R352")
@pytest.mark.parametrize("crowd", [0, 60])
def test_the_duty_manager_it_is_about_cannot_strike_it_however_many_are_named(crowd: int) -> None:
    world, task = about(*(person.id for person in STAFF[:crowd]), "p-dut")
    assert world.why_not(strike(task.version), "p-dut") == ["not_yours_to_strike"]
    held = replace(strike(task.version), recorded=recorded("p-dut"))
    assert world.why_not(held, "p-duo") == ["not_yours_to_strike"], "nor through a colleague"
    world.do(strike(task.version), "p-duo")
    assert world.case.open_tasks == ()


@pytest.mark.proves("R28", "R352")
def test_what_was_done_about_a_private_concern_is_struck_only_by_those_who_see_it() -> None:
    world, task = about("p-dut")
    done = world.do(answer(task), "p-duo")
    for by in ("p-dut", "p-ana", "p-cat"):
        assert world.why_not(strike(done.version), by) == ["not_yours_to_strike"]
    world.do(strike(done.version), "p-eve")
    assert [held.what for held in world.case.open_tasks] == [TaskKind.CONCERN]


@pytest.mark.proves("R28")
def test_a_flood_of_other_names_pushes_nobody_out_who_could_answer() -> None:
    world, _ = about("p-dut")
    crowds = [[person.id for person in STAFF[n : n + 20]] for n in range(0, 400, 20)]
    for crowd in crowds:
        raised(world, *crowd)
    hers = raised(world, *crowds[0], "p-eve")
    for crowd in crowds:
        newest = raised(world, *crowd)
    first = world.case.open_tasks[0]
    assert (newest.id, len(newest.not_to)) == (hers.id, MOST_MEANT)
    assert world.why_not(answer(newest), "p-eve") == ["not_your_task"]
    assert world.why_not(answer(first), "p-dut") == ["not_your_task"]


@pytest.mark.proves("R28")
def test_a_concern_joined_to_others_is_struck_by_those_it_is_not_about() -> None:
    world, _ = about("p-sam")
    while len(world.case.open_tasks) < 16:
        raised(world, "p-sam")
    hers = raised(world, "p-dut")
    later = raised(world, "p-sam")
    assert hers.id == later.id
    assert world.why_not(answer(later), "p-dut") == ["not_your_task"]
    world.do(strike(later.version), "p-dut")
    assert world.why_not(strike(hers.version), "p-dut") == ["not_yours_to_strike"]


@pytest.mark.proves("R28", "I33")
def test_whatever_is_told_of_it_later_is_kept_from_the_same_people() -> None:
    world, task = about("p-eve", CHILD)
    assert not_to(world, "concern_raised") == {("p-eve", CHILD)}
    world.wait(hours=5)
    assert not_to(world, "passed_up") == {("p-eve",)}
    said = ReportUndelivered(message="m", purpose="passed_up", subject=task.id, why="nobody")
    world.post(said)
    assert not_to(world, "tell_by_hand") == {("p-eve",)}
    by_hand = world.case.open_tasks[-1]
    assert world.why_not(answer(by_hand), "p-eve") == ["not_your_task"]
    world.do(strike(task.version), "p-dut")
    struck = [message for message in world.messages if message.purpose == "entered_in_error"]
    assert {message.to.id for message in struck} > {"early_help_manager.northshire"}
    assert not_to(world, "entered_in_error") == {("p-eve", CHILD)}


@pytest.mark.proves("R28")
def test_a_strike_that_could_not_be_told_is_kept_from_the_same_people() -> None:
    world, task = about("p-cat")
    world.do(strike(task.version), "p-dut")
    subject = str(task.version)
    lost = ReportUndelivered(message="m", purpose="entered_in_error", subject=subject, why="x")
    world.post(lost)
    assert not_to(world, "tell_by_hand") == {("p-cat",)}


@pytest.mark.proves("R28")
def test_a_departure_in_answering_it_is_kept_from_the_same_people() -> None:
    world, task = about("p-cat")
    world.do(replace(answer(task), done="", recorded=recorded()), "p-dut")
    assert not_to(world, "please_put_right") == {("p-cat",)}
    (put_right,) = world.case.open_tasks
    assert world.why_not(answer(put_right), "p-cat") == ["not_your_task"]


@pytest.mark.proves("R28")
def test_nobody_is_told_by_name_of_a_concern_about_themselves() -> None:
    world, task = about("p-ana")
    entry = world.entries[-1]
    shown = tuple(
        ConcernRaised(replace(task, private=False)) if isinstance(e, ConcernRaised) else e
        for e in entry.events
    )
    assert [told.to.id for told in messages(world.case, replace(entry, events=shown))] == [
        "duty_manager.northshire"
    ]


def test_a_message_about_anything_else_is_kept_from_nobody() -> None:
    world, _ = about("p-sam")
    world.wait(days=20)
    mine = {message.not_to for message in world.messages if message.purpose == "please_answer"}
    assert mine == {()}


def test_a_child_of_the_case_is_nobody_to_keep_a_task_from() -> None:
    _, task = about(CHILD)
    assert (task.about, task.not_to, task.private) == ((CHILD,), (), False)


def test_the_same_names_in_every_concern_of_a_flood_keep_the_case_small() -> None:
    world = World().opened()
    crowd = tuple(f"p-{number:026}" for number in range(200))
    for number in range(300):
        world.do(RaiseConcern(people=crowd, about_a_professional=number % 2 == 0), "p-nobody")
    assert len(canonical(plain(world.case))) <= 256 * 1024


def test_a_strike_of_the_oldest_entry_still_kept_says_whom_it_is_kept_from() -> None:
    world, task = about("p-dut")
    while world.case.undos[0].version != task.version:
        world.do(agreement())
    assert isinstance(world.do(strike(task.version), "p-duo"), Entry)
    assert world.case.undos[0].version != task.version
    assert not_to(world, "entered_in_error") == {("p-dut",)}
