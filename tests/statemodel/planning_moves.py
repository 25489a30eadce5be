"""What anybody might try next about meeting and plan, leading for now, and whom a child trusts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from statemodel.commands import (
    AgreedAction,
    Aside,
    BeginAction,
    Came,
    CompleteAction,
    NameTrustedPerson,
    OwnerKind,
    SetActionAside,
    TakeInterimLead,
)
from statemodel.planning import Action
from statemodel.policy import Order
from tests.builders import CHILD, PARENT, World, meeting, proposal, recorded
from tests.statemodel.leading_moves import Attempt


def about_planning(world: World) -> list[Attempt]:
    live = [one for one in world.case.every(Action) if one.live]
    return [
        *_meetings(world),
        *_odd_meetings(world),
        *(made for one in live[-4:] for made in _acting(world, one)),
        *_for_now(world),
        *_trusting(),
    ]


def some_actions(world: World) -> tuple[AgreedAction, ...]:
    """One of each sort: dated, waiting for a wish or its time, recurring, and the family's own."""
    today = world.now.date()
    later, soon = today + timedelta(days=30), today + timedelta(days=9)
    return (
        AgreedAction("Developmental check", "p-sam", by=soon, children=world.case.children),
        AgreedAction("Counselling", "p-jo", only_if="Only if she wants it"),
        AgreedAction("Go along to the new school", "p-own", since=later, by=later),
        AgreedAction("Visit", "p-sam", every_weeks=2),
        AgreedAction("Bedtime by eight", PARENT, OwnerKind.FAMILY, by=soon),
    )


def _meetings(world: World) -> Iterator[Attempt]:
    held = meeting(world, actions=some_actions(world)[:3])
    yield Attempt(held)
    yield Attempt(meeting(world, actions=some_actions(world)[3:]), "p-cat")
    yield Attempt(replace(held, next_review=None))
    yield Attempt(replace(held, next_review=None, recorded=recorded(at=world.now)), "p-jo")
    yield Attempt(replace(held, next_review=world.now - timedelta(days=1)))
    yield Attempt(replace(held, next_review=world.now + timedelta(days=3650)))


def _odd_meetings(world: World) -> Iterator[Attempt]:
    held = meeting(world)
    first = some_actions(world)[0]
    absent = tuple(replace(seat, came=Came.ABSENT) for seat in held.invited)
    yield Attempt(replace(held, invited=absent[:1], why_no_child=" "))
    yield Attempt(replace(held, parts_agreed=False, priorities=()))
    yield Attempt(replace(held, parts_agreed=False, because="Next time"), "p-cat")
    yield Attempt(replace(held, priorities=("housing",) * 11))
    for odd in (
        replace(first, owner=""),
        replace(first, owner="p-nobody"),
        replace(first, children=("k-other",)),
        replace(first, every_weeks=0),
    ):
        yield Attempt(replace(held, actions=(odd,)))
    yield Attempt(replace(held, actions=(first,) * 21))


def _acting(world: World, one: Action) -> Iterator[Attempt]:
    begin = BeginAction(action=one.id, seen=one.version, wished_by=PARENT)
    yield Attempt(begin)
    yield Attempt(replace(begin, by=world.now.date() + timedelta(days=30)))
    yield Attempt(replace(begin, wished_by=""))
    yield Attempt(replace(begin, by=world.now.date() - timedelta(days=1)), "p-cat")
    done = CompleteAction(action=one.id, seen=one.version, note="A place from May")
    for by in (one.owner, "p-cat", "p-lee"):
        yield Attempt(done, by)
    aside = SetActionAside(action=one.id, seen=one.version, reason=Aside.FAMILY_DECLINED)
    yield Attempt(aside)
    yield Attempt(replace(aside, reason=Aside.NOT_POSSIBLE), "p-jo")


def _for_now(world: World) -> Iterator[Attempt]:
    until = world.now + timedelta(days=42)
    vacant = world.case.vacant or (CHILD,)
    take = TakeInterimLead(children=vacant, until=until)
    for by in ("p-own", "p-own", "p-cat", "p-sam"):
        yield Attempt(take, by)
    yield Attempt(replace(take, until=world.now - timedelta(days=1)), "p-own")
    yield Attempt(replace(take, children=("k-other",)), "p-own")
    yield Attempt(replace(take, until=world.now + timedelta(days=3650)), "p-own")
    yield Attempt(replace(take, recorded=recorded("p-nobody", world.now)), "p-cat")


def _trusting() -> Iterator[Attempt]:
    named = NameTrustedPerson(child=CHILD, person="f-carer", sharing="By phone, on Fridays")
    yield Attempt(named)
    yield Attempt(replace(named, person="p-jo"), "p-cat")
    yield Attempt(replace(named, sharing=" "))
    yield Attempt(replace(named, child="k-other"))


def met() -> World:
    """The meeting has been held, with an action of each sort."""
    world = World().planning()
    world.do(meeting(world, actions=some_actions(world)))
    return world


def met_in_delivery() -> World:
    world = World().delivered()
    world.do(meeting(world, actions=some_actions(world)))
    return world


def assessed_first() -> World:
    """Planning, under a pack in which the assessment and the meeting come first."""
    world = World().planning()
    ordered = replace(world.case.pack, order=Order.ASSESS_FIRST)
    world.start = replace(world.start, pack=ordered)
    world.case = replace(world.case, pack=ordered)
    return world


def planned_alone() -> World:
    """Somebody is to lead in ten days, and nobody does until then."""
    world = World().planning()
    world.do(proposal(since=world.now + timedelta(days=10)))
    return world.confirmed()


def before_its_time() -> World:
    """What recurs from next month on has been done once already."""
    world = World().planning()
    visit = AgreedAction("Visit", "p-sam", since=world.now.date() + timedelta(days=30))
    world.do(meeting(world, actions=(replace(visit, every_weeks=2),)))
    held = world.case.every(Action)[-1]
    world.do(CompleteAction(action=held.id, seen=held.version), "p-sam")
    return world
