"""Findings about a calendar that can be used, but that somebody should look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from config.calendar_files import CalendarFile, Closure, bank_holidays
from statemodel.calendar import SATURDAY, Calendar, content_hash, covers

MONTHS_LEFT = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """What is doubtful, as a code, and a sentence that says what to do about it."""

    code: str
    text: str


def check(
    calendar: Calendar, today: date, written: CalendarFile | None = None
) -> tuple[Finding, ...]:
    """Return what is doubtful about a frozen calendar on a day, and about the file it came from.

    Under twelve months left is what makes a case on this calendar stuck (decision 9).
    """
    about_file = _of_file(written, calendar) if written else ()
    return (*_of_snapshot(calendar, today), *about_file)


def months_left(calendar: Calendar, today: date) -> int:
    """Return the whole months from a day to the calendar's last; negative when that is past."""
    after = (calendar.last.year - today.year) * 12 + calendar.last.month - today.month
    return after - (calendar.last.day < today.day)


def _of_snapshot(calendar: Calendar, today: date) -> Iterator[Finding]:
    left = months_left(calendar, today)
    if left < MONTHS_LEFT:
        text = f"{calendar.id} ends on {calendar.last}, in {left} months: adopt a newer calendar"
        yield Finding("running_out", text)
    if today < calendar.first:
        text = f"{calendar.id} begins only on {calendar.first}: freeze it around this year"
        yield Finding("not_begun", text)
    if content_hash(calendar) != calendar.hash:
        text = f"{calendar.id} is not what its hash {calendar.hash} was made of: freeze it again"
        yield Finding("altered", text)


def _of_file(written: CalendarFile, calendar: Calendar) -> Iterator[Finding]:
    for one, other in combinations(sorted(written.closure, key=_begins), 2):
        if other.first <= one.last:
            text = f"closures {_span(one)} and {_span(other)} overlap: shorten or join them"
            yield Finding("overlap", text)
    for closure in written.closure:
        if not (covers(calendar, closure.first) and covers(calendar, closure.last)):
            text = (
                f"closure {_span(closure)} is outside {calendar.first.year} to "
                f"{calendar.last.year}: it counts only in those years"
            )
            yield Finding("outside_years", text)
    yield from _of_days(written, calendar)


def _of_days(written: CalendarFile, calendar: Calendar) -> Iterator[Finding]:
    for extra in written.extra_holiday:
        if extra.day.weekday() >= SATURDAY:
            text = f"extra holiday {extra.day} is at a weekend and changes nothing: take it out"
            yield Finding("weekend", text)
    bank = bank_holidays(written.division, calendar.first, calendar.last)
    shut = {day for closure in written.closure for day in closure.days()}
    shut |= {extra.day for extra in written.extra_holiday}
    for worked in written.worked_day:
        if worked.day not in bank:
            text = f"worked day {worked.day} is no bank holiday in {written.division}: take it out"
            yield Finding("not_a_holiday", text)
        elif worked.day in shut:
            text = f"worked day {worked.day} is also shut by a closure or extra holiday: choose one"
            yield Finding("still_shut", text)


def _begins(closure: Closure) -> date:
    return closure.first


def _span(closure: Closure) -> str:
    return f"{closure.first} to {closure.last}"
