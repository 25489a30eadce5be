"""Northshire: the people, the calendar and the pack of the place where every test happens.

Nobody here has a name; `PEOPLE` says who is what.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from statemodel import Pack, PersonFacts, Role
from statemodel.calendar import Calendar, ClosedDay, Shift, sealed
from statemodel.policy import Clocks, SafetyContacts
from statemodel.working_days import Period, Unit

MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)
LAPSE = datetime(2026, 1, 9, 17, tzinfo=UTC)  # Friday: four working days after MONDAY (R296)
AUTHORITY = "northshire"
ENGLISH_BANK_HOLIDAYS = """
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
CLOCK_CHANGES = "2025-03-30 2025-10-26 2026-03-29 2026-10-25 2027-03-28 2027-10-31"


def _person(name: str, agency: str, *roles: Role, **more: Any) -> PersonFacts:
    return PersonFacts(name, agency, roles, **more)


PEOPLE = (
    _person("p-ana", "a-school", Role.PRACTITIONER, line_manager="p-head"),
    _person("p-head", "a-school", Role.LINE_MANAGER),
    _person("p-sam", "a-trust", Role.PRACTITIONER, line_manager="p-lee"),
    _person("p-jo", "a-trust", Role.PRACTITIONER, line_manager="p-lee"),
    _person("p-lee", "a-trust", Role.LINE_MANAGER, deputy="p-dee"),
    _person("p-dee", "a-trust", Role.LINE_MANAGER),
    _person("p-solo", "a-charity", Role.PRACTITIONER),
    _person("p-gone", "a-school", Role.PRACTITIONER, active=False),
    _person("p-own", AUTHORITY, Role.PRACTITIONER, line_manager="p-eve"),
    _person("p-cat", AUTHORITY, Role.COORDINATOR),
    _person("p-eve", AUTHORITY, Role.EARLY_HELP_MANAGER),
    _person("p-art", AUTHORITY, Role.ARBITER),
    _person("p-dut", AUTHORITY, Role.DUTY_MANAGER),
    _person("p-ops", AUTHORITY, Role.OPERATIONS),
)


def people(*more: PersonFacts) -> tuple[PersonFacts, ...]:
    """Everybody of PEOPLE, those given taking the place of their namesakes."""
    known = {person.id: person for person in (*PEOPLE, *more)}
    return tuple(known.values())


@cache
def calendar(pace: int | None = None) -> Calendar:
    """England from 2025 to 2028, business closing at five; a `pace` makes it a rehearsal's."""
    days_off = ENGLISH_BANK_HOLIDAYS.split()
    closed = tuple(ClosedDay(date.fromisoformat(day), "Bank holiday") for day in days_off)
    changes = (datetime.fromisoformat(f"{day}T01:00:00+00:00") for day in CLOCK_CHANGES.split())
    shifts = tuple(Shift(at, 60 if number % 2 == 0 else 0) for number, at in enumerate(changes))
    zero = Shift(datetime(2024, 10, 27, 1, tzinfo=UTC), 0)
    first, last = date(2025, 1, 1), date(2028, 12, 31)
    return sealed(
        Calendar(
            "england", "", "Europe/London", "17:00", first, last, closed, (zero, *shifts), pace
        )
    )


def days(amount: int) -> Period:
    return Period(amount, Unit.WORKING_DAYS)


def pack(**changes: Any) -> Pack:
    """A pack fit for live use: four days to answer, warned a day before; silence is referred."""
    clocks = Clocks(
        checks=days(2),
        agreement=days(5),
        reapproach=Period(28, Unit.CALENDAR_DAYS),
        assessment=days(15),
        front_door=days(1),
        route=days(2),
        first_meeting=days(30),
        manager_answer=days(4),
        manager_reminder=Period(1, Unit.WORKING_DAYS_BEFORE),
        arbiter_decision=days(2),
        family_confirmation=days(5),
        concern=Period(4, Unit.HOURS),
        task=days(1),
        follow_up=days(2),
        reopening=Period(28, Unit.CALENDAR_DAYS),
        lead_wanted=days(10),
        review=Period(6, Unit.WEEKS),
        oversight=Period(3, Unit.MONTHS),
    )
    safety = SafetyContacts("01632 960001, 09:00 to 17:00", "01632 960002", "01632 960003")
    plain = Pack("tests", "0" * 32, "England", True, AUTHORITY, clocks, safety)
    return replace(plain, **changes)
