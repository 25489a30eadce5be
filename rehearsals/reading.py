"""Rehearsal files: found, read and checked whole, so that one look tells everything to mend."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from config.calendar_files import CalendarFile, InvalidCalendar, load_calendar, snapshot
from config.policies import PolicyError, load_pack
from rehearsals.cast import known_people, wrong_with_people
from rehearsals.checking import Wrong, wrong_with
from rehearsals.commands import wrong_with_command
from rehearsals.form import FILE
from rehearsals.lines import Lines
from rehearsals.rehearsal import Problem, Rehearsal, RehearsalError
from rehearsals.steps import Given, read_steps, wrong_with_steps
from statemodel import Pack
from statemodel.calendar import Calendar
from statemodel.commands import COMMANDS

PACK, CALENDAR = "demonstration", "england"
POLICY: Final = ".policy.toml"
LARGEST_FILE: Final = 256 * 1024
AT_LINE: Final = re.compile(r"line (\d+)")


def find(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files, and those ending in .toml in the folders, each once, in order.

    Raises RehearsalError for what does not exist and for a folder that holds none.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        inside = _inside(path) if path.is_dir() else [path]
        if not inside or not path.exists():
            says = "holds no rehearsal (*.toml)" if path.is_dir() else "does not exist"
            raise RehearsalError(Problem(str(path), 1, says))
        found |= dict.fromkeys(inside)
    return list(found)


def _inside(folder: Path) -> list[Path]:
    """A policy that rehearsals name stands beside them, and is none itself."""
    return sorted(one for one in folder.rglob("*.toml") if not one.name.endswith(POLICY))


def load(path: Path | str) -> Rehearsal:
    """Return the rehearsal of a file; raises RehearsalError with everything wrong in it."""
    file = Path(path)
    text = _text(file)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        line = int(at[1]) if at else max(1, len(text.splitlines()))
        raise RehearsalError(Problem(str(file), line, f"is not TOML: {error}")) from None
    lines = Lines(text)
    _refuse(file, lines, (*wrong_with(FILE, document), *_wrong_with_commands(document)))
    _refuse(file, lines, wrong_with_people(document.get("people", {})))
    pack, calendar = _pack(file, document, lines), _calendar(file, document, lines)
    people = document.get("people", {})
    given = Given(calendar, people, known_people(people))
    _refuse(file, lines, wrong_with_steps(document["step"], given))
    title, story, rules = (document[name] for name in ("title", "story", "rules"))
    steps = tuple(read_steps(document["step"], given))
    return Rehearsal(file, title, story.strip(), tuple(rules), pack, calendar, steps, lines)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise RehearsalError(Problem(str(file), 1, "is larger than 256 KiB"))
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RehearsalError(Problem(str(file), 1, "does not exist")) from None
    except UnicodeDecodeError:
        raise RehearsalError(Problem(str(file), 1, "is not UTF-8 text")) from None
    except OSError:
        raise RehearsalError(Problem(str(file), 1, "cannot be read")) from None


def _refuse(file: Path, lines: Lines, wrong: Iterable[Wrong]) -> None:
    problems = sorted(
        (Problem(str(file), lines.of(path), says) for path, says in wrong),
        key=lambda problem: problem.line,
    )
    if problems:
        raise RehearsalError(*dict.fromkeys(problems))


def _wrong_with_commands(document: dict[str, Any]) -> Iterator[Wrong]:
    """Yield what wire finds wrong in the steps' commands; their place in time is not yet known."""
    steps = document.get("step")
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        for kind in COMMANDS.keys() & (step if isinstance(step, dict) else {}):
            if isinstance(step[kind], dict):
                for path, says in wrong_with_command(kind, step[kind], _as_utc):
                    yield ("step", number, kind, *path), says


def _as_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _pack(file: Path, document: dict[str, Any], lines: Lines) -> Pack:
    try:
        return load_pack(_named(file, document.get("pack", PACK)))
    except PolicyError as error:
        says = (str(finding) for finding in error.findings)
        wrong = ((("pack",), each) for each in says)
        _refuse(file, lines, wrong)
        raise


def _calendar(file: Path, document: dict[str, Any], lines: Lines) -> Calendar:
    """Return the calendar of the year in which the story begins (decision 9)."""
    written, year = document.get("calendar", CALENDAR), document["step"][0]["at"].year
    try:
        if isinstance(written, dict):
            return snapshot(CalendarFile.model_validate(written), year)
        return _frozen(_named(file, written), year)
    except ValidationError as error:
        found = ((("calendar", *each["loc"]), _told(each)) for each in error.errors())
        _refuse(file, lines, found)
        raise
    except InvalidCalendar as error:
        _refuse(file, lines, ((("calendar",), str(fault)) for fault in error.faults))
        raise


@cache
def _frozen(name: Path | str, year: int) -> Calendar:
    """Files share calendars, and to find the bank holidays of five years takes a while."""
    return load_calendar(name, year)


def _told(found: Any) -> str:
    key = ".".join(str(part) for part in found["loc"])
    return f"calendar: {key}: {found['msg'].removeprefix('Value error, ')}"


def _named(file: Path, name: str) -> Path | str:
    """A name is one of Baton's own; anything that ends in .toml is a file beside this one."""
    return file.parent / name if name.endswith(".toml") else name
