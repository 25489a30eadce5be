"""What waited begins: for a wish or for its time, and by a day from then on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from statemodel.commands import (
    OwnerKind,
)
from statemodel.planning import ActionState
from tests.builders import (
    PARENT,
)
from tests.statemodel.agreed import (
    LATER,
    TERM,
    VISITS,
    WISHED,
    action,
    agreed,
    begin,
    clocks,
    done,
)


@pytest.mark.proves("R66")
def test_what_waits_for_the_familys_wish_has_no_clock_until_somebody_wishes_it() -> None:
    world = agreed(WISHED)
    assert (action(world).state, clocks(world)) == (ActionState.WAITING, [])
    world.wait(days=60)
    assert world.why_not(begin(world, wished_by=""), "p-jo") == [
        "family_wish_not_recorded",
        "action_without_a_day",
    ]
    day = world.now.date() + timedelta(days=10)
    world.do(begin(world, by=day), "p-jo")
    assert (action(world).state, clocks(world)) == (ActionState.OPEN, [("p-jo", day)])
    assert world.told("action_begun") == ["p-jo"]


@pytest.mark.proves("R65", "R66", "R77")
def test_what_a_practitioner_begins_has_a_day_or_a_reason_for_none() -> None:
    world = agreed(WISHED)
    assert world.why_not(begin(world), "p-jo") == ["action_without_a_day"]
    world.do(begin(world, because="The clinic gives the day"), "p-jo")
    assert (action(world).state, clocks(world)) == (ActionState.OPEN, [])
    theirs = agreed(replace(WISHED, owner=PARENT, owner_kind=OwnerKind.FAMILY))
    theirs.do(begin(theirs), "p-sam")
    assert action(theirs).state is ActionState.OPEN


@pytest.mark.proves("R66")
def test_what_begins_later_is_begun_by_then_and_has_its_own_day_from_then_on() -> None:
    world = agreed(TERM)
    assert (action(world).state, clocks(world)) == (ActionState.WAITING, [("p-jo", LATER)])
    world.do(begin(world, wished_by=""), "p-jo")
    assert clocks(world) == [("p-jo", date(2026, 4, 1))]


@pytest.mark.proves("R66", "R352")
def test_what_was_done_before_its_time_is_done_and_what_recurs_has_begun() -> None:
    world = agreed(TERM)
    world.do(done(world), "p-jo")
    assert (action(world).state, clocks(world)) == (ActionState.DONE, [])
    again = agreed(replace(VISITS, by=None, since=LATER))
    again.do(done(again), "p-jo")
    assert action(again).state is ActionState.OPEN
    assert clocks(again) == [("p-jo", date(2026, 1, 19))]


@pytest.mark.proves("R65")
@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2036, 3, 1)])
def test_an_action_begins_for_a_day_that_lies_ahead(day: date) -> None:
    world = agreed(WISHED)
    assert world.why_not(begin(world, by=day)) == ["day_makes_no_sense"]
