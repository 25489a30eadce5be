"""When something is due, and why then: periods counted over a calendar (R294-R302)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from statemodel.calendar import (
    ONE_DAY,
    Calendar,
    ClosedDay,
    OutsideCalendar,
    close_of,
    covered,
    earlier,
    is_working,
    later,
    local,
    nearest,
    not_worked,
    utc,
)

__all__ = [
    "Due",
    "Landing",
    "OutsideCalendar",
    "Period",
    "Unit",
    "due",
    "elapsed_due",
    "remind_at",
]

LONGEST: Final = 3660 * 1440
SECONDS_IN_A_DAY: Final = 86_400


class Unit(StrEnum):
    """What a period is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"
    WORKING_DAYS_BEFORE = "working_days_before"


MINUTES_IN: Final = {
    Unit.MINUTES: 1,
    Unit.HOURS: 60,
    Unit.WORKING_DAYS: 1440,
    Unit.CALENDAR_DAYS: 1440,
    Unit.WEEKS: 7 * 1440,
    Unit.MONTHS: 30 * 1440,
    Unit.WORKING_DAYS_BEFORE: 1440,
}
ELAPSED: Final = (Unit.MINUTES, Unit.HOURS)
WORKED: Final = (Unit.WORKING_DAYS, Unit.WORKING_DAYS_BEFORE)


@dataclass(frozen=True, slots=True)
class Period:
    """An amount of a unit; raises ValueError when negative or longer than 3,660 days."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 <= self.amount * MINUTES_IN[self.unit] <= LONGEST:
            raise ValueError("a period is from nothing to 3,660 days")


class Landing(StrEnum):
    """Where a date falls that is not a working day (R300): reviews, contacts and visits go back."""

    FORWARD = "forward"
    BACK = "back"
    AS_IS = "as_is"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with its whole explanation, as facts (decisions 11, 31).

    `day` and `close` are local, `at` is the same moment in UTC; `start` is day 0. `skipped` holds
    every day that was not counted, in order; `moved_from` the day a date would have fallen on.
    """

    day: date
    zone: str
    close: str
    at: datetime
    start: date
    started_at: datetime
    amount: int
    unit: Unit
    skipped: tuple[ClosedDay, ...]
    moved_from: date | None
    calendar: str
    calendar_hash: str
    pace: int | None = None


@dataclass(frozen=True, slots=True)
class _Landed:
    """A moment reached by counting, before it is told as a deadline."""

    day: date
    close: str
    at: datetime
    skipped: tuple[ClosedDay, ...] = ()
    moved_from: date | None = None


def due(
    start: datetime, period: Period, calendar: Calendar, landing: Landing = Landing.FORWARD
) -> Due:
    """Return the deadline a period after `start` (before it, for `working_days_before`).

    Minutes and hours elapse (R297); everything else ends at close of business of a local date, with
    the local date of `start` as day 0 (R295). Nothing already over is set: what would end before
    `start` ends on the next day it can. Raises ValueError for a naive `start` and OutsideCalendar
    when start or deadline is outside the calendar's years.
    """
    began = utc(start)
    day = covered(calendar, local(calendar, began).date())
    if calendar.pace is not None:
        landed = _elapse(began + _paced(period, calendar.pace), calendar)
    elif period.unit in ELAPSED:
        landed = _elapse(began + _elapsed(period), calendar)
    else:
        landed = _count(day, began, period, calendar, landing)
    return _told(landed, day, began, period, calendar)


def elapsed_due(start: datetime, period: Period, calendar: Calendar) -> Due:
    """Return a deadline by elapsed time alone, for when the calendar's years have run out."""
    began = utc(start)
    at = began + abs(_elapsed(period))
    wall = local(calendar, at)
    landed = _Landed(wall.date(), f"{wall:%H:%M}", at)
    return _told(landed, local(calendar, began).date(), began, period, calendar)


def remind_at(due: Due, before: Period, calendar: Calendar) -> datetime:
    """Return the instant, in UTC, of a warning so long before a deadline (R302).

    Minutes and hours elapse; other units count back from the deadline's day to close of business of
    a working day, and never past the deadline. It may be earlier than the deadline's own start:
    then there is nothing to warn of. Raises OutsideCalendar.
    """
    if calendar.pace is not None:
        return due.at - abs(_paced(before, calendar.pace))
    if before.unit in ELAPSED:
        return due.at - _elapsed(before)
    if before.unit in WORKED:
        day = earlier(calendar, due.day, before.amount)
    else:
        day = nearest(calendar, _shifted(due.day, before, -1), -1)
    return min(due.at, close_of(calendar, covered(calendar, day)))


def _elapse(at: datetime, calendar: Calendar) -> _Landed:
    wall = local(calendar, at)
    face = f"{wall:%H:%M}" if wall.second == 0 else f"{wall:%H:%M:%S}"
    return _Landed(covered(calendar, wall.date()), face, at)


def _count(
    day: date, began: datetime, period: Period, calendar: Calendar, landing: Landing
) -> _Landed:
    if period.unit is Unit.WORKING_DAYS_BEFORE:
        early = earlier(calendar, day, period.amount)
        return _closing(calendar, early, (early, day))
    if period.unit is Unit.WORKING_DAYS:
        late = later(calendar, day, period.amount or int(_is_over(day, began, calendar)))
        return _closing(calendar, late, (day, late))
    target = _shifted(day, period, 1)
    if target == day and close_of(calendar, day) < began:
        target += ONE_DAY
    return _land(target, began, calendar, landing)


def _is_over(day: date, began: datetime, calendar: Calendar) -> bool:
    """Whether a day can no longer hold a deadline of its own: not worked, or already closed."""
    return not is_working(calendar, day) or close_of(calendar, day) < began


def _land(target: date, began: datetime, calendar: Calendar, landing: Landing) -> _Landed:
    if landing is Landing.AS_IS or is_working(calendar, target):
        return _closing(calendar, target, (target, target))
    back = nearest(calendar, target, -1)
    # Going back may not set a deadline that is over before it starts: then it goes forward.
    if landing is Landing.BACK and close_of(calendar, back) >= began:
        return _closing(calendar, back, (back, target + ONE_DAY), target)
    onward = nearest(calendar, target, 1)
    return _closing(calendar, onward, (target - ONE_DAY, onward), target)


def _closing(
    calendar: Calendar, day: date, between: tuple[date, date], moved_from: date | None = None
) -> _Landed:
    """Return close of business of a day, with the days not worked strictly between two others."""
    at = close_of(calendar, covered(calendar, day))
    return _Landed(day, calendar.close, at, not_worked(calendar, *between), moved_from)


def _told(landed: _Landed, start: date, began: datetime, period: Period, calendar: Calendar) -> Due:
    return Due(
        day=landed.day,
        zone=calendar.zone,
        close=landed.close,
        at=landed.at,
        start=start,
        started_at=began,
        amount=period.amount,
        unit=period.unit,
        skipped=landed.skipped,
        moved_from=landed.moved_from,
        calendar=calendar.id,
        calendar_hash=calendar.hash,
        pace=calendar.pace,
    )


def _shifted(day: date, period: Period, sign: int) -> date:
    """Return the day moved by days, weeks or months; a short month gives its last day (R300)."""
    if period.unit is not Unit.MONTHS:
        return day + sign * timedelta(minutes=period.amount * MINUTES_IN[period.unit])
    years, month = divmod(day.year * 12 + day.month - 1 + sign * period.amount, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _elapsed(period: Period) -> timedelta:
    return timedelta(minutes=period.amount * MINUTES_IN[period.unit])


def _paced(period: Period, pace: int) -> timedelta:
    """Return how long a period lasts when a day lasts `pace` seconds."""
    lasts = _elapsed(period) * pace / SECONDS_IN_A_DAY
    return -lasts if period.unit is Unit.WORKING_DAYS_BEFORE else lasts
