"""A deadline told in English, from its facts alone."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from statemodel.calendar import SATURDAY, ClosedDay
from statemodel.working_days import Due, Unit

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
NOUNS: Final = {
    Unit.MINUTES: "minute",
    Unit.HOURS: "hour",
    Unit.WORKING_DAYS: "working day",
    Unit.CALENDAR_DAYS: "calendar day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.WORKING_DAYS_BEFORE: "working day",
}
NAMED_WEEKENDS: Final = 2
ELAPSED: Final = (Unit.MINUTES, Unit.HOURS)
MINUTES_SHOWN: Final = len("17:00")


def explain(due: Due, *, clock: bool = False) -> str:
    """Return "due Fri 10 Apr: 4 working days from Thu 2 Apr; Good Friday, … not counted".

    The year is added when it isn't the start's, the local time when `clock` asks for it and
    wherever a deadline isn't at close of business.
    """
    return f"due {due_text(due, clock=clock)}: {why_then(due)}"


def why_then(due: Due) -> str:
    """Return the explanation without the date: "4 working days from Thu 2 Apr; …"."""
    told = f"{_span(due)}{_moved(due)}{_skipped(due)}"
    if due.pace is None:
        return told
    return f"{told}; at a rehearsal's pace, one working day = {due.pace} s"


def due_text(due: Due, *, clock: bool = False) -> str:
    """Return the day, with the year when it isn't the start's, and the local time if it matters."""
    timed = clock or due.pace is not None or due.unit in ELAPSED
    return day_text(due.day, due.start) + (f", {_face(due)}" if timed else "")


def day_text(day: date, beside: date) -> str:
    """Return "Fri 10 Apr", with the year when it isn't the year of the other day."""
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return text if day.year == beside.year else f"{text} {day.year}"


def amount_text(amount: int, unit: Unit) -> str:
    """Return "1 working day", "48 hours"."""
    return f"{amount} {NOUNS[unit]}{'' if amount == 1 else 's'}"


def _face(due: Due) -> str:
    """Seconds matter only at a pace, where a day is over in a few of them."""
    return due.close if due.pace is not None else due.close[:MINUTES_SHOWN]


def _span(due: Due) -> str:
    start = day_text(due.start, due.start)
    if due.unit in ELAPSED and due.pace is None:
        start += f", {due.started_at.astimezone(ZoneInfo(due.zone)):%H:%M}"
    word = "before" if due.unit is Unit.WORKING_DAYS_BEFORE else "from"
    if due.amount or due.pace is not None:
        return f"{amount_text(due.amount, due.unit)} {word} {start}"
    if due.day == due.start:
        return "the same day"
    nearest = "last working day before" if word == "before" else "first day possible from"
    return f"the {nearest} {start}"


def _moved(due: Due) -> str:
    if due.moved_from is None:
        return ""
    way = "on" if due.day > due.moved_from else "back"
    return f", moved {way} from {day_text(due.moved_from, due.start)}"


def _skipped(due: Due) -> str:
    if not due.skipped:
        return ""
    verb = "counted" if due.moved_from is None else "worked"
    return f"; {_listed(due.skipped)} not {verb}"


def _listed(skipped: tuple[ClosedDay, ...]) -> str:
    """Name each day in order; more than one weekend is counted rather than named."""
    weekend = sum(_is_weekend(closed) for closed in skipped)
    if weekend <= NAMED_WEEKENDS:
        return ", ".join(_names(skipped))
    named = list(_names(closed for closed in skipped if not _is_weekend(closed)))
    counted = f"{weekend} weekend days"
    return f"{', '.join(named)} and {counted}" if named else counted


def _names(days: Iterable[ClosedDay]) -> Iterable[str]:
    """Yield the names, with the number of days where one name follows itself."""
    for name, group in groupby(days, key=_name):
        times = len(list(group))
        yield name if times == 1 else f"{name} ({times} days)"


def _name(closed: ClosedDay) -> str:
    return closed.name


def _is_weekend(closed: ClosedDay) -> bool:
    return closed.day.weekday() >= SATURDAY
