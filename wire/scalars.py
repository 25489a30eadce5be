"""Single values from plain ones, exactly: true is not 1, 0 is not 1970, "0" is not 0."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from wire.invalid import Problems, Trail
from wire.limits import WHOLE

Read = Callable[[Any, Trail, Problems], Any]

INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST, LAST = 1900, 2200
AN_INSTANT = f"an instant with its zone, {FIRST} to {LAST}, such as 2026-11-23T10:00:00Z"
A_DATE = f"a date, {FIRST} to {LAST}, such as 2026-11-23"


def read_bool(document: Any, trail: Trail, problems: Problems) -> Any:
    if type(document) is not bool:
        problems.tell(trail, "wrong_type", "true or false")
    return document


def read_int(document: Any, trail: Trail, problems: Problems) -> Any:
    if type(document) is not int:
        problems.tell(trail, "wrong_type", "a whole number")
    elif not -WHOLE <= document <= WHOLE:
        problems.tell(trail, "out_of_range", "a whole number of at most 53 bits")
    return document


def read_timedelta(document: Any, trail: Trail, problems: Problems) -> Any:
    """A length of time is a whole number of microseconds."""
    before = len(problems)
    read_int(document, trail, problems)
    return timedelta(microseconds=document) if len(problems) == before else None


def read_datetime(document: Any, trail: Trail, problems: Problems) -> Any:
    """An instant is text with a zone; it is returned in UTC."""
    if type(document) is not str:
        problems.tell(trail, "wrong_type", AN_INSTANT)
        return None
    form = INSTANT.fullmatch(document)
    moment = _moment(document) if form else None
    if form and moment and not form.group(2):
        problems.tell(trail, "no_zone", AN_INSTANT)
    elif moment is None:
        problems.tell(trail, "not_an_instant", AN_INSTANT)
    elif not FIRST <= moment.year <= LAST:
        problems.tell(trail, "out_of_range", AN_INSTANT)
    return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):  # the 30th of February, hour 25, the year 0
        return None


def read_date(document: Any, trail: Trail, problems: Problems) -> Any:
    if type(document) is not str:
        problems.tell(trail, "wrong_type", A_DATE)
        return None
    day = _day(document) if DATE.fullmatch(document) else None
    if day is None:
        problems.tell(trail, "not_a_date", A_DATE)
    elif not FIRST <= day.year <= LAST:
        problems.tell(trail, "out_of_range", A_DATE)
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def one_of(values: dict[Any, Any]) -> Read:
    """Return a reader of the given plain values, compared with their types: 1 is not true."""
    known = {(type(value), value): meant for value, meant in values.items()}
    types = tuple({type(value) for value in values})
    allowed = " | ".join(str(value) for value in values)

    def read(document: Any, trail: Trail, problems: Problems) -> Any:
        kind = type(document)
        if kind in types and (kind, document) in known:
            return known[kind, document]
        problems.tell(trail, "unknown_value", allowed)
        return None

    return read


def enum_reader(kind: type[Enum]) -> Read:
    return one_of({member.value: member for member in kind})


READERS: dict[Any, Read] = {
    bool: read_bool,
    int: read_int,
    timedelta: read_timedelta,
    datetime: read_datetime,
    date: read_date,
}
