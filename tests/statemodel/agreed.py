"""Actions as a meeting agrees them: one to be done, one wished for, one for later, and so on."""

from dataclasses import replace
from datetime import date
from typing import Any

from statemodel.commands import (
    AgreedAction,
    Aside,
    BeginAction,
    CompleteAction,
    OwnerKind,
    SetActionAside,
)
from statemodel.planning import Action
from statemodel.things import DeadlineKind
from tests.builders import (
    CHILD,
    PARENT,
    World,
    meeting,
)

SOON, LATER = date(2026, 1, 14), date(2026, 3, 2)
CHECK = AgreedAction("Developmental check", "p-jo", by=SOON, children=(CHILD,))
WISHED = AgreedAction("Counselling", "p-jo", only_if="Only if she wants it")
TERM = AgreedAction("Go along to school", "p-jo", since=LATER, by=date(2026, 4, 1))
VISITS = AgreedAction("Visit", "p-jo", by=SOON, every_weeks=2)
BEDTIME = AgreedAction("Bedtime by eight", PARENT, OwnerKind.FAMILY, by=SOON)


def agreed(*actions: AgreedAction) -> World:
    """A case in delivery, led by p-sam, whose meeting has just agreed these."""
    world = World().delivered()
    world.do(meeting(world, actions=actions))
    return world


def action(world: World, number: int = 1) -> Action:
    return world.case.every(Action)[number - 1]


def clocks(world: World) -> list[tuple[str, date]]:
    mine = (owed for owed in world.case.running if owed.what is DeadlineKind.ACTION)
    return [(owed.owner.id, owed.due.day) for owed in mine]


def begin(world: World, **changes: Any) -> BeginAction:
    held = action(world)
    plain = BeginAction(action=held.id, seen=held.version, wished_by=PARENT)
    return replace(plain, **changes)


def done(world: World) -> CompleteAction:
    held = action(world)
    return CompleteAction(action=held.id, seen=held.version, note="A place from May")


def aside(world: World, reason: Aside = Aside.NOT_NEEDED) -> SetActionAside:
    held = action(world)
    return SetActionAside(action=held.id, seen=held.version, reason=reason)
