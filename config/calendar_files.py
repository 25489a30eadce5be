"""Calendar files: what an authority writes about its working days, made into a frozen calendar."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from holidays import country_holidays
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from config.clock_changes import shifts_between
from statemodel.calendar import ONE_DAY, SATURDAY, Calendar, ClosedDay, sealed

SHIPPED: Final = Path(__file__).parent / "calendars"
SUBDIVISIONS: Final = {
    "England": "ENG",
    "Wales": "WLS",
    "Scotland": "SCT",
    "Northern Ireland": "NIR",
}
YEARS_BACK: Final = 1
YEARS_AHEAD: Final = 3
CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
SLUG: Final = re.compile(r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CLOSURE: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a calendar file: where, what, and what to write instead."""

    file: str
    key: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.key}: {self.remedy}" if self.key else f"{self.file}: {self.remedy}"
        )


class InvalidCalendar(Exception):
    """A calendar file that cannot be used; `faults` holds everything wrong with it."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def _real_close(text: str) -> str:
    try:
        real = CLOCK.fullmatch(text) and time.fromisoformat(text)
    except ValueError:
        real = None
    if real is None:
        raise ValueError('write a time of day like "17:00", or "23:59:59" for the end of the day')
    return text


def _real_id(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("write lower-case letters, digits and single hyphens, at most 40")
    return text


def _real_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder of names
        raise ValueError('write a time zone like "Europe/London"') from None
    return name


Division = Literal["England", "Wales", "Scotland", "Northern Ireland"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Id = Annotated[str, AfterValidator(_real_id)]
Close = Annotated[str, AfterValidator(_real_close)]
Zone = Annotated[str, AfterValidator(_real_zone)]


class _Written(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Closure(_Written):
    """Days on which the offices are shut, both ends included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    name: Name

    @model_validator(mode="after")
    def _in_order(self) -> "Closure":
        if not timedelta(0) <= self.last - self.first <= LONGEST_CLOSURE:
            raise ValueError("`to` must be from the same day to 366 days after `from`")
        return self

    def days(self) -> Iterator[date]:
        """Yield each day of the closure, in order."""
        for place in range((self.last - self.first).days + 1):
            yield self.first + place * ONE_DAY


class NamedDay(_Written):
    """One day off besides the bank holidays, or a bank holiday that is worked."""

    day: date
    name: Name


class CalendarFile(_Written):
    """What an authority writes: its nation, hours and local days (R294, R295)."""

    id: Id
    division: Division
    zone: Zone
    close: Close
    closure: tuple[Closure, ...] = Field(default=(), strict=False)
    extra_holiday: tuple[NamedDay, ...] = Field(default=(), strict=False)
    worked_day: tuple[NamedDay, ...] = Field(default=(), strict=False)
    pace_seconds: int | None = Field(default=None, ge=1, le=86_400)


def load_calendar(path_or_name: Path | str, year: int) -> Calendar:
    """Return the frozen calendar of a file, or of a shipped one by name, around a year.

    Raises InvalidCalendar.
    """
    return snapshot(read_calendar(path_or_name), year)


def snapshot(source: CalendarFile | Path | str, year: int) -> Calendar:
    """Freeze a calendar for the year before `year` to the third year after it (decision 9).

    Bank holidays and clock changes are those known today; the hash tells two snapshots apart.
    """
    written = source if isinstance(source, CalendarFile) else read_calendar(source)
    first, last = date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31)
    return sealed(
        Calendar(
            id=f"{written.id}-{year}",
            hash="",
            zone=written.zone,
            close=written.close,
            first=first,
            last=last,
            closed=_closed(written, first, last),
            shifts=tuple(shifts_between(ZoneInfo(written.zone), first, last)),
            pace=written.pace_seconds,
        )
    )


def read_calendar(path_or_name: Path | str) -> CalendarFile:
    """Read a calendar file, or a shipped one by name; raises InvalidCalendar with every fault."""
    path = _path(path_or_name)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidCalendar(Fault(_shown(path), "", _unknown(path.stem))) from None
    except OSError:
        raise InvalidCalendar(
            Fault(_shown(path), "", "cannot be read; check its permissions")
        ) from None
    except UnicodeDecodeError:
        raise InvalidCalendar(Fault(path.name, "", "is not UTF-8 text; save it as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidCalendar(Fault(path.name, "", f"is not TOML: {error}")) from None
    try:
        return CalendarFile.model_validate(document)
    except ValidationError as error:
        raise InvalidCalendar(*(_fault(path.name, found) for found in error.errors())) from None


def shipped_calendars() -> tuple[str, ...]:
    """Return the names of the calendars that come with Baton."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def bank_holidays(division: Division, first: date, last: date) -> dict[date, str]:
    """Return the bank holidays of a division between two days, on whatever weekday, with names."""
    years = range(first.year, last.year + 1)
    # Without a subdivision the library leaves out Easter Monday; without a language names may vary.
    found = country_holidays("GB", subdiv=SUBDIVISIONS[division], years=years, language="en_GB")
    return {day: name for day, name in found.items() if first <= day <= last}


def _closed(written: CalendarFile, first: date, last: date) -> tuple[ClosedDay, ...]:
    """Return the closed weekdays; a bank holiday's own name goes before a closure's."""
    names = {day: closure.name for closure in written.closure for day in closure.days()}
    names |= {extra.day: extra.name for extra in written.extra_holiday}
    worked = {exception.day for exception in written.worked_day}
    bank = bank_holidays(written.division, first, last)
    names |= {day: name for day, name in bank.items() if day not in worked}
    days = sorted(day for day in names if first <= day <= last and day.weekday() < SATURDAY)
    return tuple(ClosedDay(day, names[day]) for day in days)


def _path(path_or_name: Path | str) -> Path:
    path = Path(path_or_name)
    by_name = isinstance(path_or_name, str) and path.name == path_or_name and not path.suffix
    return SHIPPED / f"{path_or_name}.toml" if by_name else path


def _shown(path: Path) -> str:
    """A file in full, as whoever looks for it must know where; of ours, the name is enough."""
    return path.name if path.parent == SHIPPED else str(path.absolute())


def _unknown(name: str) -> str:
    near = get_close_matches(name, shipped_calendars(), n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"does not exist; {meant}shipped are {', '.join(shipped_calendars())}"


def _fault(file: str, found: Any) -> Fault:
    key = ".".join(str(part) for part in found["loc"])
    return Fault(file, key, REMEDIES.get(found["type"], found["msg"].removeprefix("Value error, ")))


REMEDIES: Final = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a key of a calendar file; remove or respell it",
    "date_type": "write a date without quotes, like 2026-12-29",
    "string_type": "write it in quotes",
    "int_type": "write a whole number",
}
