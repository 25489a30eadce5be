"""The four days of 2026 and 2027 on which the clocks change, and clocks that change elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from config.calendar_files import CalendarFile, load_calendar, snapshot
from statemodel.calendar import instant, local
from statemodel.working_days import Landing, Period, Unit, due

ENGLAND = load_calendar("england", 2026)
SPRING = (date(2026, 3, 29), date(2027, 3, 28))
AUTUMN = (date(2026, 10, 25), date(2027, 10, 31))
ONE_DAY = timedelta(days=1)


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def test_the_calendar_knows_the_changes() -> None:
    changes = {shift.at: shift.minutes for shift in ENGLAND.shifts}
    assert [changes[utc(day, 1)] for day in SPRING] == [60, 60]
    assert [changes[utc(day, 1)] for day in AUTUMN] == [0, 0]


@pytest.mark.parametrize("sunday", [*SPRING, *AUTUMN])
def test_forty_eight_hours_are_forty_eight_hours_over_a_change(sunday: date) -> None:
    start = utc(sunday - ONE_DAY, 12)
    found = due(start, Period(48, Unit.HOURS), ENGLAND)
    assert found.at - start == timedelta(hours=48)
    moved = timedelta(hours=1 if sunday in SPRING else -1)
    wall = local(ENGLAND, start) + timedelta(hours=48) + moved
    assert (found.day, found.close) == (wall.date(), f"{wall:%H:%M}")


@pytest.mark.proves("R297")
@pytest.mark.parametrize(
    ("sunday", "friday_close", "monday_close"),
    [(SPRING[0], 17, 16), (AUTUMN[0], 16, 17), (AUTUMN[1], 16, 17)],
)
def test_close_of_business_follows_the_clock_on_the_wall(
    sunday: date, friday_close: int, monday_close: int
) -> None:
    friday, monday = sunday - 2 * ONE_DAY, sunday + ONE_DAY
    same, next_one = (
        due(utc(friday, 10), Period(amount, Unit.WORKING_DAYS), ENGLAND) for amount in (0, 1)
    )
    assert (same.at, next_one.at) == (utc(friday, friday_close), utc(monday, monday_close))


def test_the_change_at_easter_2027_is_stepped_over_with_its_holidays() -> None:
    found = due(utc(date(2027, 3, 25), 10), Period(1, Unit.WORKING_DAYS), ENGLAND)
    assert (found.day, found.at) == (date(2027, 3, 30), utc(date(2027, 3, 30), 16))
    names = [closed.name for closed in found.skipped]
    assert names == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]


@pytest.mark.parametrize("sunday", SPRING)
@pytest.mark.parametrize(("hour", "minute"), [(0, 30), (1, 30), (22, 58)])
def test_a_start_on_the_short_day_has_that_day_as_day_nought(
    sunday: date, hour: int, minute: int
) -> None:
    found = due(utc(sunday, hour, minute), Period(4, Unit.CALENDAR_DAYS), ENGLAND)
    assert found.start == sunday
    assert found.at == utc(sunday + 4 * ONE_DAY, 16)


@pytest.mark.parametrize("sunday", AUTUMN)
def test_half_past_one_that_comes_twice_is_the_same_day_twice(sunday: date) -> None:
    first, second = utc(sunday, 0, 30), utc(sunday, 1, 30)
    assert local(ENGLAND, first) == local(ENGLAND, second) == datetime.combine(sunday, time(1, 30))
    days = [due(start, Period(4, Unit.WORKING_DAYS), ENGLAND) for start in (first, second)]
    assert [found.at for found in days] == [utc(sunday + 4 * ONE_DAY, 17)] * 2


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-29T22:59", "2026-03-29"),  # 23:59 in summer time
        ("2026-03-29T23:01", "2026-03-30"),
        ("2026-03-28T23:59", "2026-03-28"),
        ("2026-10-24T22:59", "2026-10-24"),
        ("2026-10-24T23:30", "2026-10-25"),  # 00:30 in summer time
        ("2026-10-25T23:59", "2026-10-25"),
        ("2027-03-28T23:01", "2027-03-29"),
        ("2027-03-28T00:30", "2027-03-28"),
        ("2027-10-30T23:30", "2027-10-31"),
        ("2027-10-31T23:59", "2027-10-31"),
    ],
)
def test_day_nought_is_the_local_day_at_either_end_of_it(start: str, day: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
    found = due(moment, Period(1, Unit.WORKING_DAYS), ENGLAND)
    assert found.start == date.fromisoformat(day)


@pytest.mark.parametrize("sunday", SPRING)
def test_a_close_that_the_spring_leaves_out_moves_forward_by_the_gap(sunday: date) -> None:
    nightly = replace(ENGLAND, close="01:30")
    found = due(utc(sunday - ONE_DAY, 9), Period(1, Unit.CALENDAR_DAYS), nightly, Landing.AS_IS)
    assert found.at == utc(sunday, 1, 30)
    assert local(nightly, found.at).time() == time(2, 30)


@pytest.mark.parametrize("sunday", AUTUMN)
def test_of_a_close_that_comes_twice_the_first_is_meant(sunday: date) -> None:
    nightly = replace(ENGLAND, close="01:30")
    found = due(utc(sunday - ONE_DAY, 9), Period(1, Unit.CALENDAR_DAYS), nightly, Landing.AS_IS)
    assert found.at == utc(sunday, 0, 30)


@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham", "UTC"]
)
def test_frozen_clock_changes_agree_with_the_time_zone_library(zone: str) -> None:
    written = CalendarFile(id="far", division="England", zone=zone, close="17:00")
    calendar, there = snapshot(written, 2026), ZoneInfo(zone)
    chance = Random(f"clock changes of {zone}")
    near = [shift.at for shift in calendar.shifts[1:]] or [utc(date(2026, 1, 1), 0)]
    for _ in range(3_000):
        moment = chance.choice(near) + timedelta(minutes=chance.randint(-3_000, 3_000))
        wall = moment.astimezone(there).replace(tzinfo=None, fold=0)  # the first, of two
        assert local(calendar, moment) == wall
        expected = wall.replace(tzinfo=there).astimezone(UTC)
        assert instant(calendar, wall.date(), wall.time()) == expected


def test_a_gap_and_a_repeated_hour_agree_with_the_time_zone_library_minute_by_minute() -> None:
    there = ZoneInfo("Europe/London")
    for day in (*SPRING, *AUTUMN):
        for minute in range(24 * 60):
            at = time(minute // 60, minute % 60)
            expected = datetime.combine(day, at, there).astimezone(UTC)
            assert instant(ENGLAND, day, at) == expected
