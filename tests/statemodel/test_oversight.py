"""A manager's look and the child's own view: entries of their own, never scored."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Person
from statemodel.commands import RecordChildsView, RecordOversight
from tests.builders import CHILD, MONDAY, World, closing, recorded

LOOKED = RecordOversight(looked_at="Plan and last review", direction="See the child")
VIEW = RecordChildsView(child=CHILD, view="Likes the club")


def looks(world: World) -> list[tuple[str, object]]:
    return [(owed.owner.id, owed.due.at) for owed in world.case.running if owed.what == "oversight"]


@pytest.mark.proves("R133", "R328")
def test_delivery_begins_with_a_look_ahead_and_who_looks_says_when_she_looks_again() -> None:
    world = World().delivered()
    assert [owner for owner, _ in looks(world)] == ["early_help_manager.northshire"]
    world.do(replace(LOOKED, next_look=MONDAY + timedelta(days=20)), "p-lee")
    assert looks(world) == [("p-lee", MONDAY + timedelta(days=20))]
    world.do(LOOKED, "p-eve")
    ((owner, due),) = looks(world)
    assert (owner, due) > ("p-eve", MONDAY + timedelta(days=60))


@pytest.mark.proves("R328")
def test_a_look_nobody_takes_is_passed_upward() -> None:
    world = World().opened()
    world.do(replace(LOOKED, next_look=MONDAY + timedelta(days=2)), "p-lee")
    world.wait(days=4)
    assert [made.to.id for made in world.messages if made.about == "oversight"] == [
        "coordinator.northshire"
    ]


@pytest.mark.proves("R328")
def test_a_look_says_at_what_and_the_next_lies_ahead() -> None:
    world = World().opened()
    assert world.why_not(replace(LOOKED, looked_at=" "), "p-lee") == ["nothing_looked_at"]
    assert world.why_not(replace(LOOKED, next_look=MONDAY), "p-lee") == ["next_look_in_the_past"]


@pytest.mark.proves("R326", "R328")
@pytest.mark.parametrize("by", ["p-ana", "p-art"])
def test_oversight_is_for_managers(by: str) -> None:
    assert World().opened().why_not(LOOKED, by) == ["not_for_your_role"]


@pytest.mark.proves("R6", "R136")
def test_what_a_child_says_is_kept_and_moves_nothing() -> None:
    world = World().opened()
    before = world.case
    entry = world.do(VIEW)
    assert entry.command == VIEW
    assert (world.case.standing, world.case.things) == (before.standing, before.things)


@pytest.mark.proves("R136")
@pytest.mark.parametrize("unseen", [{"was_seen": False}, {"spoken_to": False}])
def test_it_is_said_why_a_child_was_not_seen_or_spoken_to(unseen: dict[str, bool]) -> None:
    world = World().opened()
    silent = replace(VIEW, **unseen)  # type: ignore[arg-type]
    assert world.why_not(silent) == ["why_child_not_seen"]
    world.do(replace(silent, why_not="Away with her aunt"))
    entry = world.do(replace(silent, recorded=recorded()))
    assert [unmet.code for unmet in entry.departures] == ["why_child_not_seen"]


@pytest.mark.proves("R1")
def test_the_child_is_one_of_this_case() -> None:
    assert World().opened().why_not(replace(VIEW, child="k-other")) == ["child_not_in_case"]


@pytest.mark.proves("R182")
def test_a_closed_case_is_looked_at_no_longer() -> None:
    world = World().delivered()
    world.do(closing())
    assert looks(world) == []
    assert world.why_not(LOOKED, "p-lee") == ["not_from_here"]


def test_who_looked_owes_the_next_look_in_person() -> None:
    world = World().opened()
    world.do(LOOKED, "p-lee")
    assert [owed.owner for owed in world.case.running if owed.what == "oversight"] == [
        Person("p-lee")
    ]
