"""Times as people read them: local, with the weekday; and how many working days ago."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from config.explain import MONTHS, WEEKDAYS
from readmodel.week import Day
from statemodel.calendar import SATURDAY, Calendar, instant, is_working, local

ONE_DAY = timedelta(days=1)
LONGEST_AGO = 400  # days that are counted one by one


def day_text(day: date) -> str:
    """Return "Fri 9 Jan 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_text(calendar: Calendar, at: datetime) -> str:
    """Return "Fri 9 Jan 2026, 17:00", local."""
    wall = local(calendar, at)
    return f"{day_text(wall.date())}, {wall:%H:%M}"


def since_text(calendar: Calendar, since: datetime | None, now: datetime) -> str:
    """Return "since Mon 5 Jan 2026 (3 working days)"; practice D38 counts as people do."""
    if since is None:
        return "not known since when"
    first, last = local(calendar, since).date(), local(calendar, now).date()
    if (last - first).days > LONGEST_AGO:
        return f"since {day_text(first)} (more than a year)"
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    worked = sum(is_working(calendar, day) for day in days)
    if worked == 0:
        return f"since {day_text(first)} (less than a working day)"
    return f"since {day_text(first)} ({worked} working day{'' if worked == 1 else 's'})"


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A working day with the days off after it (the first: also before), and what those are."""

    day: Day
    off: str


def working_days_from(calendar: Calendar, now: datetime, amount: int) -> tuple[WorkingDay, ...]:
    """Return the next working days, today first if it is one; no day off is left out between."""
    begins = day = local(calendar, now).date()
    found: list[WorkingDay] = []
    while len(found) < amount:
        day = _next_worked(calendar, day)
        after = _next_worked(calendar, day + ONE_DAY)
        span = (instant(calendar, edge, time.min) for edge in (begins, after))
        found.append(WorkingDay(Day(day, *span), _off(begins, day, after)))
        begins = day = after
    return tuple(found)


def _next_worked(calendar: Calendar, day: date) -> date:
    while not is_working(calendar, day):
        day += ONE_DAY
    return day


def _off(begins: date, day: date, after: date) -> str:
    """Return what else is counted with a working day: nothing, a weekend, or other days off."""
    days = (begins + ONE_DAY * number for number in range((after - begins).days))
    off = [one for one in days if one != day]
    if not off:
        return ""
    return "and weekend" if all(one.weekday() >= SATURDAY for one in off) else "and days off"
