"""Clock changes of a time zone, found once, when a calendar is frozen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from statemodel.calendar import ONE_DAY, Shift


def shifts_between(zone: ZoneInfo, first: date, last: date) -> Iterator[Shift]:
    """Yield the offset in force before the first day, then each change until the last is over."""
    moment = datetime.combine(first, time(), UTC) - ONE_DAY
    until = datetime.combine(last, time(), UTC) + 2 * ONE_DAY
    yield Shift(moment, _minutes(zone, moment))
    while moment < until:
        if _minutes(zone, moment) != _minutes(zone, moment + ONE_DAY):
            changed = _change(zone, moment)
            yield Shift(changed, _minutes(zone, changed))
        moment += ONE_DAY


def _change(zone: ZoneInfo, after: datetime) -> datetime:
    """Return the minute, in the day that follows, at which the offset changes."""
    before = _minutes(zone, after)
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        same = _minutes(zone, after + timedelta(minutes=middle)) == before
        low, high = (middle, high) if same else (low, middle)
    return after + timedelta(minutes=high)


def _minutes(zone: ZoneInfo, moment: datetime) -> int:
    return (moment.astimezone(zone).utcoffset() or timedelta(0)) // timedelta(minutes=1)
