"""Ten years of meetings, and the worst a plan can come to: the case stays small (decision 6)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel.commands import (
    AgreedAction,
    Aside,
    BeginAction,
    CompleteAction,
    EnterInError,
    Mistake,
    OwnerKind,
    SetActionAside,
)
from statemodel.plain import canonical, plain
from statemodel.planning import Action, ActionState
from tests.builders import CHILD, PARENT, World, agreement, closing, meeting, recorded

MOST = 128 * 1024
MOST_LEFT = 12  # actions that stay open from meeting to meeting


def size(world: World) -> int:
    return len(canonical(plain(world.case)))


def six(world: World) -> tuple[AgreedAction, ...]:
    day = world.now.date() + timedelta(days=30)
    plain_one = AgreedAction("Something that helps, told in a line", "p-jo", by=day)
    return (
        replace(plain_one, children=(CHILD,)),
        plain_one,
        replace(plain_one, owner="p-sam", every_weeks=2),
        replace(plain_one, by=None, only_if="Only if she wants it"),
        replace(plain_one, since=day),
        replace(plain_one, owner=PARENT, owner_kind=OwnerKind.FAMILY),
    )


def _sees_to(world: World, one: Action, *, kept: bool) -> None:
    """Some are done, some begun; what is left comes to nothing once others have been agreed."""
    number = int(one.id.rpartition(".")[2])
    if not kept:
        world.do(SetActionAside(action=one.id, seen=one.version, reason=Aside.OTHER))
    elif one.state is ActionState.WAITING and number == 5:
        world.do(BeginAction(action=one.id, seen=one.version))
    elif one.state is ActionState.OPEN and number in (1, 3):
        world.do(CompleteAction(action=one.id, seen=one.version), "p-jo")


@pytest.mark.proves("I30")
def test_ten_years_of_a_meeting_every_six_weeks_with_six_actions_each_stay_small() -> None:
    world = World().delivered()
    largest = 0
    for _ in range(87):
        world.do(meeting(world, actions=six(world)))
        world.wait(days=42)
        largest = max(largest, size(world))
        live = [one for one in world.case.every(Action) if one.live]
        for place, one in enumerate(reversed(live)):
            _sees_to(world, one, kept=place < MOST_LEFT)
    assert world.case.version > 1_000
    assert largest <= MOST


@pytest.mark.proves("I30")
def test_a_plan_that_nobody_carries_out_stays_small_too_and_can_be_closed_and_struck() -> None:
    world = World().delivered()
    for number in range(260):
        world.do(agreement(giver=f"f-{number % 6}"), command_id=f"{number:036}")
    for _ in range(2):
        dated = AgreedAction("Something", "p-jo", by=(world.now + timedelta(days=9)).date())
        world.do(meeting(world, actions=(dated,) * 20))
    world.wait(days=90)
    assert size(world) <= MOST
    for _ in range(70):
        ended = world.do(closing(recorded=recorded(at=world.now)))
        world.do(EnterInError(entry=ended.version, mistake=Mistake.DID_NOT_HAPPEN))
        assert size(world) <= MOST
    assert sum(action.live for action in world.case.every(Action)) == 40
