"""A frozen calendar: the weekdays nobody works and the local clock, by which dates are reckoned."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from statemodel.plain import canonical, plain

SATURDAY = 5
WEEKEND = {5: "Saturday", 6: "Sunday"}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day nobody works, with the name people know it by."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Shift:
    """From this instant on, local time is UTC plus so many minutes."""

    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of one place for whole calendar years, `first` to `last` (R294, R297).

    `zone` is a label: reckoning uses `shifts` alone, so that a newer time zone library cannot move
    a deadline already set. `close` is the close of business, "23:59:59" when there is none (R295).
    `closed` holds weekdays only, in order; `pace` is a working day's seconds in a rehearsal.
    """

    id: str
    hash: str
    zone: str
    close: str
    first: date
    last: date
    closed: tuple[ClosedDay, ...]
    shifts: tuple[Shift, ...]
    pace: int | None = None


class OutsideCalendar(ValueError):
    """A date that the calendar does not reach; carries the day and the calendar's id.

    A day reached by counting was reached as if every weekday outside the calendar were worked.
    """

    def __init__(self, day: date, calendar: str) -> None:
        super().__init__(day, calendar)
        self.day = day
        self.calendar = calendar

    def __str__(self) -> str:
        return f"{self.day.isoformat()} is outside the calendar {self.calendar}"


def sealed(calendar: Calendar) -> Calendar:
    """Return the calendar with the hash of its content."""
    return replace(calendar, hash=content_hash(calendar))


def content_hash(calendar: Calendar) -> str:
    """Return 32 hex digits over all but id and hash, so that equal content has an equal hash."""
    content = {
        field.name: plain(getattr(calendar, field.name))
        for field in fields(calendar)
        if field.name not in ("id", "hash")
    }
    return sha256(canonical(content)).hexdigest()[:32]


def local(calendar: Calendar, instant: datetime) -> datetime:
    """Return the wall time of an aware instant, as a naive datetime.

    Outside the calendar's years the nearest known offset is used; only `due` insists on them.
    Raises ValueError for a naive instant.
    """
    moment = utc(instant)
    passed = bisect_right(calendar.shifts, moment, key=_starts) - 1
    return moment.replace(tzinfo=None) + _offset(calendar, passed)


def instant(calendar: Calendar, day: date, at: time) -> datetime:
    """Return the instant, in UTC, of a wall time on a local date.

    A time the spring change leaves out moves forward by the gap; of a time that comes twice in
    autumn the first is meant.
    """
    wall = datetime.combine(day, at)
    # No zone is a whole day from UTC, so the shift sought is this one or one just before it.
    passed = bisect_right(calendar.shifts, wall.replace(tzinfo=UTC) + ONE_DAY, key=_starts) - 1
    while passed > 0 and wall < _wall_after(calendar, passed):
        passed -= 1
    return (wall - _offset(calendar, passed)).replace(tzinfo=UTC)


def close_of(calendar: Calendar, day: date) -> datetime:
    """Return the instant, in UTC, at which business closes on a local date (R295)."""
    return instant(calendar, day, time.fromisoformat(calendar.close))


def is_working(calendar: Calendar, day: date) -> bool:
    """Whether the day is neither Saturday, Sunday nor closed (R294)."""
    if day.weekday() >= SATURDAY:
        return False
    place = bisect_left(calendar.closed, day, key=_day)
    return place == len(calendar.closed) or calendar.closed[place].day != day


def covers(calendar: Calendar, day: date) -> bool:
    """Whether the calendar's years hold the day."""
    return calendar.first <= day <= calendar.last


def covered(calendar: Calendar, day: date) -> date:
    """Return the day; raises OutsideCalendar when the calendar's years do not hold it."""
    if not covers(calendar, day):
        raise OutsideCalendar(day, calendar.id)
    return day


def later(calendar: Calendar, day: date, amount: int) -> date:
    """Return the working day so many after `day`: by weekdays, then on for the closed days met."""
    while amount:
        reached = _weekdays_on(day, amount)
        amount, day = _closed_between(calendar, day, reached), reached
    return day


def earlier(calendar: Calendar, day: date, amount: int) -> date:
    """Return the working day so many before `day`; for nought, `day` or the last before it."""
    for _ in range(amount):
        day = nearest(calendar, day - ONE_DAY, -1)
    return nearest(calendar, day, -1)


def nearest(calendar: Calendar, day: date, direction: int) -> date:
    """Return `day` if it is worked, else the first that is, onward (1) or back (-1)."""
    while not is_working(calendar, day):
        day += direction * ONE_DAY
    return day


def not_worked(calendar: Calendar, after: date, before: date) -> tuple[ClosedDay, ...]:
    """Return, in order, the days not worked strictly between two days, weekends by their names."""
    return tuple(_not_worked(calendar, after, before))


def utc(moment: datetime) -> datetime:
    """Return the same instant in UTC; raises ValueError when it has no time zone."""
    if moment.utcoffset() is None:
        raise ValueError("an instant without a time zone")
    return moment.astimezone(UTC)


def _weekdays_on(day: date, amount: int) -> date:
    """Return the date so many Mondays to Fridays after `day`."""
    weekday = min(day.weekday(), SATURDAY - 1)
    weeks, rest = divmod(weekday + amount, SATURDAY)
    return day + timedelta(days=weeks * 7 + rest - day.weekday())


def _closed_between(calendar: Calendar, after: date, until: date) -> int:
    """Count the closed weekdays after one day, up to and including the other."""
    before = bisect_right(calendar.closed, after, key=_day)
    return bisect_right(calendar.closed, until, key=_day) - before


def _not_worked(calendar: Calendar, after: date, before: date) -> Iterator[ClosedDay]:
    place = bisect_right(calendar.closed, after, key=_day)
    day = after + ONE_DAY
    while day < before:
        weekday = day.weekday()
        if weekday >= SATURDAY:
            yield ClosedDay(day, WEEKEND[weekday])
        elif place < len(calendar.closed) and calendar.closed[place].day == day:
            yield calendar.closed[place]
            place += 1
        day += ONE_DAY


def _offset(calendar: Calendar, place: int) -> timedelta:
    if not calendar.shifts:
        return timedelta(0)
    return timedelta(minutes=calendar.shifts[max(place, 0)].minutes)


def _wall_after(calendar: Calendar, place: int) -> datetime:
    """Return the wall time from which a shift holds: after the gap, after the hour that repeats."""
    later = max(_offset(calendar, place - 1), _offset(calendar, place))
    return calendar.shifts[place].at.replace(tzinfo=None) + later


def _day(closed: ClosedDay) -> date:
    return closed.day


def _starts(shift: Shift) -> datetime:
    return shift.at
