"""Deadlines against a second reckoning, day by day with other libraries; and what holds of all."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from holidays import HolidayBase, country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from config.calendar_files import CalendarFile, Closure, Division, snapshot
from statemodel.calendar import Calendar, is_working
from statemodel.working_days import Landing, Period, Unit, due

ROUNDS = 20_500  # for each of five calendars
LONDON = ZoneInfo("Europe/London")
CLOSURE = Closure.model_validate(
    {"from": date(2026, 12, 24), "to": date(2027, 1, 3), "name": "Offices closed"}
)
DAY = timedelta(days=1)
AMOUNTS = {
    Unit.MINUTES: 20_000,
    Unit.HOURS: 400,
    Unit.WORKING_DAYS: 60,
    Unit.CALENDAR_DAYS: 150,
    Unit.WEEKS: 20,
    Unit.MONTHS: 14,
    Unit.WORKING_DAYS_BEFORE: 40,
}
BUSY = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 12, 28))


@dataclass(frozen=True, slots=True)
class Second:
    """The same rules reckoned again, a day at a time, from `holidays` and `zoneinfo`."""

    bank: HolidayBase
    shut: frozenset[date]
    close: time

    def worked(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.bank and day not in self.shut

    def closes(self, day: date) -> datetime:
        return datetime.combine(day, self.close, LONDON).astimezone(UTC)

    def reckon(self, start: datetime, period: Period, landing: Landing) -> tuple[date, datetime]:
        if period.unit in (Unit.MINUTES, Unit.HOURS):
            at = start + timedelta(**{period.unit.value: period.amount})
            return at.astimezone(LONDON).date(), at
        day = start.astimezone(LONDON).date()
        if period.unit is Unit.WORKING_DAYS_BEFORE:
            found = self.walked(day, period.amount, -DAY)
        elif period.unit is Unit.WORKING_DAYS:
            found = self.walked(day, period.amount, DAY)
            found = found if self.closes(found) >= start else self.walked(found, 1, DAY)
        else:
            found = self.dated(start, day, period, landing)
        return found, self.closes(found)

    def walked(self, day: date, amount: int, step: timedelta) -> date:
        while amount:
            day += step
            amount -= self.worked(day)
        while not self.worked(day):
            day += step
        return day

    def dated(self, start: datetime, day: date, period: Period, landing: Landing) -> date:
        lengths = {Unit.CALENDAR_DAYS: DAY, Unit.WEEKS: 7 * DAY}
        if period.unit is Unit.MONTHS:
            target = months_on(day, period.amount)
        else:
            target = day + period.amount * lengths[period.unit]
        if target == day and self.closes(day) < start:
            target += DAY
        if landing is Landing.AS_IS:
            return target
        back = self.walked(target, 0, -DAY)
        if landing is Landing.BACK and self.closes(back) >= start:
            return back
        return self.walked(target, 0, DAY)


def months_on(day: date, amount: int) -> date:
    """Go on by whole months from the first, then to the nearest day not beyond the one given."""
    month = day.replace(day=1)
    for _ in range(amount):
        month += monthrange(month.year, month.month)[1] * DAY
    days = (month + n * DAY for n in range(monthrange(month.year, month.month)[1]))
    return max(found for found in days if found.day <= day.day)


def pair(division: Division, code: str, close: str, *closures: Closure) -> tuple[Calendar, Second]:
    written = CalendarFile(
        id="twice", division=division, zone="Europe/London", close=close, closure=closures
    )
    bank = country_holidays("GB", subdiv=code, years=range(2025, 2030))
    shut = frozenset(day for closure in closures for day in closure.days())
    return snapshot(written, 2026), Second(bank, shut, time.fromisoformat(close))


PAIRS = {
    "England": pair("England", "ENG", "17:00"),
    "England with a closure": pair("England", "ENG", "16:30", CLOSURE),
    "Wales": pair("Wales", "WLS", "17:00"),
    "Scotland": pair("Scotland", "SCT", "23:59:59"),
    "Northern Ireland": pair("Northern Ireland", "NIR", "01:30"),
}


def chances(seed: str) -> Iterator[tuple[datetime, Period, Landing]]:
    """Starts from April 2025 to September 2028, every third near a clock change or Christmas."""
    chance = Random(seed)
    first = datetime(2025, 4, 1, tzinfo=UTC)
    landings, units = list(Landing), list(Unit)
    for number in range(ROUNDS):
        if number % 3:
            start = first + timedelta(minutes=chance.randrange(1_250 * 1440))
        else:
            busy = datetime.combine(chance.choice(BUSY), time(), UTC)
            start = busy + timedelta(minutes=chance.randint(-6 * 1440, 6 * 1440))
        unit = chance.choice(units)
        yield start, Period(chance.randint(0, AMOUNTS[unit]), unit), chance.choice(landings)


@pytest.mark.proves("R294", "R295", "R300")
@pytest.mark.parametrize("place", PAIRS)
def test_two_reckonings_agree(place: str) -> None:
    calendar, second = PAIRS[place]
    for start, period, landing in chances(place):
        found = due(start, period, calendar, landing)
        told = (start, period, landing)
        assert (found.day, found.at) == second.reckon(start, period, landing), told


def test_the_second_reckoning_is_asked_more_than_a_hundred_thousand_times() -> None:
    assert ROUNDS * len(PAIRS) > 100_000


STARTS = st.datetimes(datetime(2025, 6, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
WALKS = st.integers(0, 60)
FORWARD_UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.WORKING_DAYS_BEFORE])
LANDINGS = st.sampled_from(Landing)
CALENDARS = st.sampled_from([calendar for calendar, _ in PAIRS.values()])
ENGLAND = PAIRS["England with a closure"][0]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STARTS, st.timedeltas(timedelta(0), 9 * DAY), WALKS, st.sampled_from(Unit), LANDINGS)
def test_a_later_start_is_never_due_earlier(
    start: datetime, wait: timedelta, amount: int, unit: Unit, landing: Landing
) -> None:
    period = Period(min(amount, AMOUNTS[unit]), unit)
    early, late = (due(moment, period, ENGLAND, landing) for moment in (start, start + wait))
    assert early.at <= late.at


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STARTS, st.integers(0, 13), FORWARD_UNITS, LANDINGS, CALENDARS)
def test_a_longer_period_is_never_due_earlier_nor_any_before_its_start(
    start: datetime, amount: int, unit: Unit, landing: Landing, calendar: Calendar
) -> None:
    short, longer = (due(start, Period(n, unit), calendar, landing) for n in (amount, amount + 1))
    assert start <= short.at <= longer.at


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STARTS, WALKS, CALENDARS)
def test_every_day_between_is_either_counted_or_told_as_skipped(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    found = due(start, Period(amount, Unit.WORKING_DAYS), calendar)
    between = [found.start + n * DAY for n in range(1, (found.day - found.start).days)]
    worked = [day for day in between if is_working(calendar, day)]
    skipped = [closed.day for closed in found.skipped]
    assert is_working(calendar, found.day)
    assert sorted([*worked, *skipped]) == between
    assert not {*worked} & {*skipped}
    if amount:
        assert len(worked) + 1 == amount


@settings(max_examples=300, deadline=None, derandomize=True)
@given(STARTS, st.integers(1, 40), CALENDARS)
def test_counting_back_undoes_counting_forward(
    start: datetime, amount: int, calendar: Calendar
) -> None:
    there = due(start, Period(amount, Unit.WORKING_DAYS), calendar)
    back = due(there.at, Period(amount, Unit.WORKING_DAYS_BEFORE), calendar)
    began_on = due(start, Period(0, Unit.WORKING_DAYS_BEFORE), calendar).day
    assert back.day == began_on
    assert is_working(calendar, back.day)
