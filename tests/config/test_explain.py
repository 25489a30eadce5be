"""Deadlines told in English: short, whole, and from the facts of the deadline alone."""

from datetime import UTC, date, datetime

import pytest

from config.calendar_files import Closure, load_calendar, read_calendar, snapshot
from config.explain import due_text, explain
from statemodel.calendar import Calendar
from statemodel.working_days import Due, Landing, Period, Unit, due

ENGLAND = load_calendar("england", 2026)
REHEARSAL = load_calendar("rehearsal", 2026)


def reckoned(
    start: str,
    amount: int,
    unit: Unit,
    landing: Landing = Landing.FORWARD,
    *,
    on: Calendar = ENGLAND,
) -> Due:
    moment = datetime.fromisoformat(start).replace(hour=10, tzinfo=UTC)
    return due(moment, Period(amount, unit), on, landing)


@pytest.mark.proves("R297")
@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            reckoned("2026-04-02", 4, Unit.WORKING_DAYS),
            (
                "due Fri 10 Apr: 4 working days from Thu 2 Apr; "
                "Good Friday, Saturday, Sunday, Easter Monday not counted"
            ),
        ),
        (
            reckoned("2026-01-05", 1, Unit.WORKING_DAYS),
            "due Tue 6 Jan: 1 working day from Mon 5 Jan",
        ),
        (
            reckoned("2026-12-23", 5, Unit.WORKING_DAYS),
            (
                "due Mon 4 Jan 2027: 5 working days from Wed 23 Dec; Christmas Day, "
                "Boxing Day (observed), New Year's Day and 4 weekend days not counted"
            ),
        ),
        (
            reckoned("2026-01-09", 48, Unit.HOURS),
            "due Sun 11 Jan, 10:00: 48 hours from Fri 9 Jan, 10:00",
        ),
        (
            reckoned("2026-04-02", 1, Unit.MONTHS),
            (
                "due Tue 5 May: 1 month from Thu 2 Apr, moved on from Sat 2 May; "
                "Saturday, Sunday, May Day not worked"
            ),
        ),
        (
            reckoned("2026-04-02", 1, Unit.MONTHS, Landing.BACK),
            "due Fri 1 May: 1 month from Thu 2 Apr, moved back from Sat 2 May; Saturday not worked",
        ),
        (
            reckoned("2026-01-05", 6, Unit.WEEKS),
            "due Mon 16 Feb: 6 weeks from Mon 5 Jan",
        ),
        (
            reckoned("2026-04-10", 2, Unit.WORKING_DAYS_BEFORE),
            "due Wed 8 Apr: 2 working days before Fri 10 Apr",
        ),
        (
            reckoned("2026-06-01", 11, Unit.WORKING_DAYS),
            "due Tue 16 Jun: 11 working days from Mon 1 Jun; 4 weekend days not counted",
        ),
        (reckoned("2026-01-05", 0, Unit.WORKING_DAYS), "due Mon 5 Jan: the same day"),
        (
            reckoned("2026-01-10", 0, Unit.WORKING_DAYS),
            "due Mon 12 Jan: the first day possible from Sat 10 Jan; Sunday not counted",
        ),
        (
            reckoned("2026-01-10", 0, Unit.WORKING_DAYS_BEFORE),
            "due Fri 9 Jan: the last working day before Sat 10 Jan",
        ),
        (
            reckoned("2026-04-02", 4, Unit.WORKING_DAYS, on=REHEARSAL),
            (
                "due Thu 2 Apr, 11:00:12: 4 working days from Thu 2 Apr; "
                "at a rehearsal's pace, one working day = 3 s"
            ),
        ),
    ],
)
def test_a_deadline_is_told_with_what_was_not_counted(found: Due, told: str) -> None:
    assert explain(found) == told


def test_close_of_business_is_told_when_asked_for() -> None:
    found = reckoned("2026-01-05", 4, Unit.WORKING_DAYS)
    assert explain(found, clock=True) == "due Fri 9 Jan, 17:00: 4 working days from Mon 5 Jan"
    assert (due_text(found), due_text(found, clock=True)) == ("Fri 9 Jan", "Fri 9 Jan, 17:00")


def test_a_closure_of_several_days_is_named_once() -> None:
    moving = {"from": date(2026, 6, 9), "to": date(2026, 6, 11), "name": "Offices moving"}
    written = read_calendar("england").model_copy(
        update={"closure": (Closure.model_validate(moving),)}
    )
    found = reckoned("2026-06-08", 1, Unit.WORKING_DAYS, on=snapshot(written, 2026))
    assert explain(found) == (
        "due Fri 12 Jun: 1 working day from Mon 8 Jun; Offices moving (3 days) not counted"
    )
