"""Times and facts that cannot be: the future, three days ago, people looked up too long since."""

from datetime import UTC, datetime, timedelta

import pytest

from statemodel import Facts, Refused
from statemodel.commands import LapseNomination
from statemodel.people import CLOCK
from statemodel.plain import utc_text
from tests.builders import LAPSE, MONDAY, World, agreement, identify, people, proposal, recorded

SECOND = timedelta(seconds=1)


@pytest.mark.proves("R103", "I13")
@pytest.mark.parametrize("shift", [timedelta(0), 5 * SECOND, -timedelta(hours=72)])
def test_a_receipt_a_little_ahead_or_three_days_behind_is_believed(shift: timedelta) -> None:
    world = World().opened().wait(days=4)
    entry = world.do(agreement(), received_at=world.now + shift)
    assert entry.received_at == world.now + shift
    assert entry.at == world.now


@pytest.mark.proves("R103", "I13")
@pytest.mark.parametrize("shift", [6 * SECOND, -timedelta(hours=72) - SECOND])
def test_a_receipt_further_off_is_refused(shift: timedelta) -> None:
    world = World().opened().wait(days=4)
    reasons = world.why_not(agreement(), received_at=world.now + shift)
    assert "received_at_implausible" in reasons


@pytest.mark.proves("R352")
@pytest.mark.parametrize(
    ("at", "refused"),
    [(MONDAY + 5 * SECOND, False), (MONDAY + 6 * SECOND, True), (MONDAY.replace(year=9999), True)],
)
def test_what_has_happened_did_not_happen_in_the_future(at: datetime, *, refused: bool) -> None:
    answer = World().opened().ask(agreement(recorded=recorded(at=at)))
    assert isinstance(answer, Refused) == refused


@pytest.mark.proves("R352", "R297")
@pytest.mark.parametrize("year", [1, 1900, 2024])
def test_what_happened_before_the_calendar_begins_is_kept_and_overdue(year: int) -> None:
    world = World().opened()
    long_ago = datetime(year, 6, 1, 9, tzinfo=UTC)
    world.do(agreement(recorded=recorded(at=long_ago)))
    (owed,) = world.case.running
    assert long_ago < owed.due.at < MONDAY
    world.tick()
    assert world.case.running[0].due.at > MONDAY


@pytest.mark.proves("R352", "I11")
def test_people_looked_up_more_than_two_minutes_ago_are_looked_up_again() -> None:
    world = World().opened()
    stale = Facts(world.now - timedelta(minutes=2, microseconds=1), people())
    assert world.why_not(agreement(), facts=stale) == ["facts_stale"]
    fresh = Facts(world.now - timedelta(minutes=2), people())
    assert world.do(agreement(), facts=fresh).facts == fresh


@pytest.mark.proves("R352")
def test_everything_odd_about_one_asking_is_said_at_once() -> None:
    world = World().opened()
    old = Facts(MONDAY - timedelta(days=1), people())
    soon = MONDAY + timedelta(hours=1)
    assert world.why_not(agreement(), "p-nobody", facts=old, received_at=soon) == [
        "person_not_known",
        "facts_stale",
        "received_at_implausible",
        "happens_in_the_future",
    ]


@pytest.mark.proves("R298")
def test_the_clock_needs_no_facts_about_people() -> None:
    world = World().proposed().leap_to(LAPSE)
    old = Facts(MONDAY - timedelta(days=400))
    assert world.do(LapseNomination(nomination="n3"), CLOCK, facts=old).facts.people == ()


@pytest.mark.proves("R103")
def test_when_it_happened_when_it_came_and_when_it_was_handled_are_all_kept() -> None:
    world = World().opened().wait(days=1)
    spoken, pressed = world.now - timedelta(hours=20), world.now - timedelta(hours=1)
    entry = world.do(proposal(recorded=recorded(at=spoken)), received_at=pressed)
    assert (entry.at, entry.received_at) == (world.now, pressed)
    assert world.nomination.proposed_at == spoken


def test_without_a_record_a_thing_happened_when_it_was_pressed() -> None:
    world = World().planning().wait(hours=3)
    pressed = world.now - timedelta(hours=2)
    world.do(proposal(), received_at=pressed)
    assert world.nomination.proposed_at == pressed


def test_an_instant_without_a_zone_has_no_plain_form() -> None:
    with pytest.raises(ValueError, match="time zone"):
        utc_text(MONDAY.replace(tzinfo=None))


def test_who_acts_must_be_somebody_the_facts_know() -> None:
    world = World()
    assert world.why_not(identify(), facts=Facts(MONDAY)) == ["person_not_known"]
