"""Working days, landings and reminders, by vectors checked by hand against printed calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from config.calendar_files import load_calendar
from statemodel.calendar import Calendar, ClosedDay
from statemodel.working_days import (
    Due,
    Landing,
    OutsideCalendar,
    Period,
    Unit,
    due,
    remind_at,
)

ENGLAND = load_calendar("england", 2026)
SCOTLAND = load_calendar("scotland", 2026)
NORTHERN_IRELAND = load_calendar("northern-ireland", 2026)
REHEARSAL = load_calendar("rehearsal", 2026)


def at(text: str) -> datetime:
    """An instant from UTC text; ten in the morning when it gives a day only."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T10:00").replace(tzinfo=UTC)


def period(text: str) -> Period:
    amount, unit = text.split(" ", 1)
    return Period(int(amount), Unit(unit.replace(" ", "_")))


def after(start: str, length: str, landing: Landing = Landing.FORWARD) -> Due:
    return due(at(start), period(length), ENGLAND, landing)


def names(found: Due) -> list[str]:
    return [closed.name for closed in found.skipped]


@pytest.mark.proves("R295", "R296")
@pytest.mark.parametrize(
    ("start", "length", "day"),
    [
        ("2026-01-05", "4 working days", "2026-01-09"),
        ("2026-01-08", "4 working days", "2026-01-14"),
        ("2026-01-10", "4 working days", "2026-01-15"),
        ("2026-04-02", "4 working days", "2026-04-10"),
        ("2025-12-23", "4 working days", "2025-12-31"),
        ("2026-01-09", "1 working days", "2026-01-12"),
        ("2026-07-22", "4 working days", "2026-07-28"),
        ("2026-12-23", "5 working days", "2027-01-04"),
    ],
)
def test_the_rule_books_vectors_hold(start: str, length: str, day: str) -> None:
    assert after(start, length).day == date.fromisoformat(day)


@pytest.mark.proves("R294")
@pytest.mark.parametrize(
    ("start", "calendar", "day"),
    [
        ("2026-12-24", ENGLAND, "2026-12-29"),  # 28 December for Boxing Day
        ("2027-12-24", ENGLAND, "2027-12-29"),  # 27 and 28 December
        ("2027-12-31", ENGLAND, "2028-01-04"),  # 3 January for New Year's Day
        ("2027-12-31", SCOTLAND, "2028-01-05"),  # 3 and 4 January
        ("2026-12-31", SCOTLAND, "2027-01-05"),  # 4 January for the second
        ("2026-06-12", SCOTLAND, "2026-06-16"),  # 15 June by proclamation
        ("2026-06-12", ENGLAND, "2026-06-15"),
        ("2026-11-27", SCOTLAND, "2026-12-01"),  # St Andrew's Day
        ("2026-04-02", SCOTLAND, "2026-04-06"),  # Easter Monday is worked
        ("2026-07-10", NORTHERN_IRELAND, "2026-07-14"),  # 13 July for the Twelfth
        ("2026-03-16", NORTHERN_IRELAND, "2026-03-18"),  # St Patrick's Day
        ("2026-07-31", ENGLAND, "2026-08-03"),
    ],
)
def test_substitutes_and_each_nations_own_days_are_not_counted(
    start: str, calendar: Calendar, day: str
) -> None:
    found = due(at(start), Period(1, Unit.WORKING_DAYS), calendar)
    assert found.day == date.fromisoformat(day)


@pytest.mark.proves("R297")
def test_a_deadline_carries_its_whole_explanation() -> None:
    assert after("2026-04-02", "4 working days") == Due(
        day=date(2026, 4, 10),
        zone="Europe/London",
        close="17:00",
        at=at("2026-04-10T16:00"),
        start=date(2026, 4, 2),
        started_at=at("2026-04-02T10:00"),
        amount=4,
        unit=Unit.WORKING_DAYS,
        skipped=(
            ClosedDay(date(2026, 4, 3), "Good Friday"),
            ClosedDay(date(2026, 4, 4), "Saturday"),
            ClosedDay(date(2026, 4, 5), "Sunday"),
            ClosedDay(date(2026, 4, 6), "Easter Monday"),
        ),
        moved_from=None,
        calendar="england-2026",
        calendar_hash=ENGLAND.hash,
    )


@pytest.mark.proves("R295")
def test_a_start_after_close_of_business_still_counts_its_day_as_day_nought() -> None:
    assert after("2026-01-05T22:30", "4 working days").day == date(2026, 1, 9)


@pytest.mark.proves("R295")
def test_without_a_close_of_business_the_day_ends_at_its_last_second() -> None:
    open_late = replace(ENGLAND, close="23:59:59")
    found = due(at("2026-06-01"), period("4 working days"), open_late)
    assert (found.close, found.at) == ("23:59:59", at("2026-06-05T22:59:59"))


@pytest.mark.parametrize(
    ("start", "length", "day"),
    [
        ("2026-01-05T17:00", "0 working days", "2026-01-05"),
        ("2026-01-05T17:01", "0 working days", "2026-01-06"),
        ("2026-01-09T17:01", "0 working days", "2026-01-12"),
        ("2026-01-10", "0 working days", "2026-01-12"),
        ("2026-01-05T17:01", "0 calendar days", "2026-01-06"),
        ("2026-01-05T16:59", "0 weeks", "2026-01-05"),
        ("2026-01-10", "0 working days before", "2026-01-09"),
    ],
)
def test_nought_is_the_same_day_while_it_can_still_be_kept(
    start: str, length: str, day: str
) -> None:
    assert after(start, length).day == date.fromisoformat(day)


@pytest.mark.proves("R300")
@pytest.mark.parametrize(
    ("start", "length", "day"),
    [
        ("2026-01-31", "1 months", "2026-02-28"),
        ("2028-01-31", "1 months", "2028-02-29"),
        ("2028-02-29", "12 months", "2029-02-28"),
        ("2027-02-28", "12 months", "2028-02-28"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-11-30", "1 months", "2026-12-30"),
        ("2028-02-28", "1 calendar days", "2028-02-29"),
        ("2026-12-28", "6 weeks", "2027-02-08"),
        ("2026-01-05", "3 calendar days", "2026-01-08"),
    ],
)
def test_months_clamp_and_leap_days_are_days(start: str, length: str, day: str) -> None:
    assert after(start, length, Landing.AS_IS).day == date.fromisoformat(day)


@pytest.mark.proves("R300")
@pytest.mark.parametrize(
    ("landing", "day", "moved_from", "told"),
    [
        (Landing.FORWARD, "2026-05-05", "2026-05-02", ["Saturday", "Sunday", "May Day"]),
        (Landing.BACK, "2026-05-01", "2026-05-02", ["Saturday"]),
        (Landing.AS_IS, "2026-05-02", None, []),
    ],
)
def test_a_date_on_a_day_not_worked_lands_as_asked(
    landing: Landing, day: str, moved_from: str | None, told: list[str]
) -> None:
    found = after("2026-04-02", "1 months", landing)
    assert found.day == date.fromisoformat(day)
    assert found.moved_from == (date.fromisoformat(moved_from) if moved_from else None)
    assert names(found) == told


@pytest.mark.proves("R300")
def test_landing_back_goes_over_every_day_not_worked() -> None:
    found = after("2026-03-30", "1 weeks", Landing.BACK)
    assert (found.day, found.moved_from) == (date(2026, 4, 2), date(2026, 4, 6))
    assert names(found) == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]


def test_landing_back_never_sets_what_is_already_over() -> None:
    assert after("2026-01-10", "1 calendar days", Landing.BACK).day == date(2026, 1, 12)
    assert after("2026-01-09T18:00", "1 calendar days", Landing.BACK).day == date(2026, 1, 12)
    assert after("2026-01-09T17:00", "1 calendar days", Landing.BACK).day == date(2026, 1, 9)


def test_working_days_before_a_date_count_backwards() -> None:
    found = after("2026-04-10", "4 working days before")
    assert (found.day, found.at) == (date(2026, 4, 2), at("2026-04-02T16:00"))
    assert names(found) == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]


@pytest.mark.parametrize(
    ("length", "moment", "close"),
    [
        ("48 hours", "2026-01-11T10:00", "10:00"),
        ("90 minutes", "2026-01-09T11:30", "11:30"),
        ("0 hours", "2026-01-09T10:00", "10:00"),
    ],
)
def test_hours_and_minutes_elapse_through_weekends(length: str, moment: str, close: str) -> None:
    found = after("2026-01-09", length)
    assert (found.at, found.close, found.skipped) == (at(moment), close, ())


def test_any_offset_says_the_same_instant() -> None:
    tokyo = timezone(timedelta(hours=9))
    elsewhere = at("2026-04-02T10:00").astimezone(tokyo)
    assert due(elsewhere, period("4 working days"), ENGLAND) == after(
        "2026-04-02", "4 working days"
    )


@pytest.mark.proves("R302")
@pytest.mark.parametrize(
    ("before", "moment"),
    [
        ("1 working days", "2026-04-09T16:00"),
        ("4 working days", "2026-04-02T16:00"),
        ("0 working days", "2026-04-10T16:00"),
        ("3 hours", "2026-04-10T13:00"),
        ("15 minutes", "2026-04-10T15:45"),
        ("4 calendar days", "2026-04-02T16:00"),  # Easter Monday, so the working day before it
        ("1 weeks", "2026-04-02T16:00"),
        ("1 months", "2026-03-10T17:00"),
    ],
)
def test_a_reminder_falls_on_a_working_day_before(before: str, moment: str) -> None:
    found = after("2026-04-02", "4 working days")
    assert remind_at(found, period(before), ENGLAND) == at(moment)


def test_a_reminder_never_comes_after_its_deadline() -> None:
    found = after("2026-01-09T09:00", "2 hours")
    assert remind_at(found, period("0 working days"), ENGLAND) == found.at


@pytest.mark.parametrize(
    ("length", "seconds"),
    [
        ("4 working days", 12),
        ("1 calendar days", 3),
        ("2 weeks", 42),
        ("1 months", 90),
        ("8 hours", 1),
        ("2 working days before", -6),
    ],
)
def test_a_rehearsals_pace_skips_nothing(length: str, seconds: int) -> None:
    start = at("2026-04-02T16:59:59")
    found = due(start, period(length), REHEARSAL)
    assert (found.at - start, found.pace) == (timedelta(seconds=seconds), 3)
    assert (found.skipped, found.moved_from) == ((), None)


def test_a_reminder_keeps_the_rehearsals_pace() -> None:
    found = due(at("2026-04-02"), period("4 working days"), REHEARSAL)
    for unit in ("working days", "working days before"):
        assert remind_at(found, period(f"1 {unit}"), REHEARSAL) == at("2026-04-02T10:00:09")


@pytest.mark.parametrize(
    ("start", "length", "outside"),
    [
        ("2029-12-31", "1 working days", "2030-01-01"),
        ("2029-12-31", "24 hours", "2030-01-01"),
        ("2029-12-15", "1 months", "2030-01-15"),
        ("2025-01-02", "1 working days before", "2024-12-31"),
        ("2024-12-31", "1 hours", "2024-12-31"),
        ("2029-12-24", "6 weeks", "2030-02-04"),
    ],
)
def test_leaving_the_calendar_is_an_error_that_names_both(
    start: str, length: str, outside: str
) -> None:
    with pytest.raises(OutsideCalendar, match="is outside the calendar england-2026") as caught:
        after(start, length)
    assert caught.value.day == date.fromisoformat(outside)
    assert caught.value.calendar == "england-2026"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(at("2026-04-02").replace(tzinfo=None), period("4 working days"), ENGLAND)


@pytest.mark.parametrize("length", ["-1 working days", "3661 calendar days", "123 months"])
def test_a_period_is_neither_negative_nor_absurd(length: str) -> None:
    with pytest.raises(ValueError, match="3,660 days"):
        period(length)
