"""The front door, where there is one: a person says the level, and the clock never does (R48)."""

import pytest

from statemodel import Stage, status
from statemodel.commands import DecideRoute, Level, RecordLevel, Route
from statemodel.events import LevelRecorded
from statemodel.tenure import Lead
from statemodel.things import DeadlineKind
from tests.beginnings import Early, begin, first, route
from tests.builders import World, recorded

LEVEL = RecordLevel(level=Level.ADDITIONAL, reasons="Two needs, one family")


def sent() -> Early:
    return first(triage=True).assessed()


def owed(world: World) -> list[tuple[str, str]]:
    return [(one.what, one.owner.id) for one in world.case.running]


@pytest.mark.proves("T7", "R48", "R49")
def test_a_finished_assessment_goes_to_the_front_door_and_whoever_sent_it_leads_nothing() -> None:
    world = sent()
    assert (world.case.stage, status(world.case)) == (Stage.TRIAGE, "triage")
    assert owed(world) == [(DeadlineKind.FRONT_DOOR, "coordinator.northshire")]
    assert world.case.every(Lead) == ()


@pytest.mark.proves("R48")
def test_where_there_is_none_it_does_not_go_there() -> None:
    world = first().assessed()
    assert world.case.stage is Stage.ROUTED
    assert world.why_not(LEVEL, "p-cat") == ["not_from_here"]


@pytest.mark.proves("R48")
def test_an_assessment_completed_while_help_is_planned_goes_to_no_front_door() -> None:
    world = sent()
    world.do(LEVEL, "p-cat")
    world.do(route())
    world.do(begin(because="Another need"))
    world.do(world.completing())
    assert world.case.stage is Stage.PLANNING


@pytest.mark.proves("T8", "R48")
@pytest.mark.parametrize("by", ["p-cat", "p-eve", "p-dut"])
@pytest.mark.parametrize("level", list(Level))
def test_those_at_the_front_door_say_the_level_and_why(by: str, level: Level) -> None:
    world = sent()
    entry = world.do(RecordLevel(level=level, reasons="As seen"), by)
    assert world.case.stage is Stage.ROUTED
    assert LevelRecorded(level) in entry.events
    assert owed(world) == [(DeadlineKind.ROUTE, "p-ana")]
    assert world.told("level_recorded") == ["p-ana"]


@pytest.mark.proves("R48", "R49")
@pytest.mark.parametrize("by", ["p-ana", "p-lee", "p-art"])
def test_nobody_else_says_it(by: str) -> None:
    assert sent().why_not(LEVEL, by) == ["not_for_your_role"]


@pytest.mark.proves("R48")
def test_a_level_has_reasons_and_one_decided_without_is_kept_as_it_happened() -> None:
    world = sent()
    bare = RecordLevel(level=Level.INTENSIVE, reasons=" ")
    assert world.why_not(bare, "p-cat") == ["level_without_reasons"]
    world.do(RecordLevel(level=Level.INTENSIVE, recorded=recorded()), "p-cat")
    assert (world.case.stage, world.case.departures) == (Stage.ROUTED, 1)


@pytest.mark.proves("R48", "R101", "R302")
def test_however_long_nobody_answers_no_level_is_set() -> None:
    world = sent().wait(days=60)
    assert world.case.stage is Stage.TRIAGE
    assert world.told("passed_up")[:2] == [
        "coordinator.northshire",
        "early_help_manager.northshire",
    ]


def test_what_follows_is_not_decided_before_the_level() -> None:
    assert sent().why_not(DecideRoute(route=Route.INTEGRATED)) == ["not_from_here"]
