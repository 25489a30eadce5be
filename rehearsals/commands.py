"""A step's command table as the command it stands for, and what is wrong with it in plain words."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final

import wire
from rehearsals.checking import Wrong, near
from rehearsals.lines import Path
from statemodel import describe
from statemodel.commands import COMMANDS, AnyCommand
from statemodel.plain import utc_text

Moment = Callable[[datetime], datetime]

STEPS: Final = re.compile(r"\[(\d+)\]|\{(\d+)\}|([^.\[\]{}]+)")
PEOPLE: Final = frozenset(
    {
        "nominee",
        "named",
        "on_behalf_of",
        "answered_by",
        "others_involved",
        "conferred",
        "cover",
        "consulted",
        "person",
        "colleague",
        "attested_by",
        "practitioner",
    }
)
WORDS: Final = {
    "missing": "is missing",
    "unknown_field": "is not a field here",
    "unknown_value": "is not known here",
    "wrong_type": "is of the wrong kind",
    "no_zone": "has no time zone",
    "not_an_instant": "is no moment",
    "too_long": "is too long",
    "not_an_id": "is not an id",
}


def read_command(kind: str, written: dict[str, Any], moment: Moment) -> AnyCommand:
    """Return the command; raises wire.Invalid. `moment` says what a local time means."""
    return wire.decode_command(_document(kind, written, moment))


def left_out(kind: str, written: dict[str, Any]) -> tuple[str, ...]:
    """Return the fields that stand for the newest thing because the file does not name it."""
    command = COMMANDS[kind]
    names = {field.name for field in describe(command).fields} & {command.thing, "seen"}
    return tuple(sorted(name for name in names if name and name not in written))


def wrong_with_command(kind: str, written: dict[str, Any], moment: Moment) -> Iterator[Wrong]:
    """Yield everything that wire finds wrong, by path and with the names the file uses."""
    document = _document(kind, written, moment)
    try:
        wire.decode_command(document)
    except wire.Invalid as error:
        for problem in error.problems:
            path = _path(problem.path, document)
            yield path, _says(kind, path, problem)


def people_in(written: Any, path: Path = (), *, named: bool = False) -> Iterator[tuple[Path, str]]:
    """Yield every person a command names, with the path to the place."""
    if isinstance(written, dict):
        for name, value in written.items():
            yield from people_in(value, (*path, name), named=name in PEOPLE)
    elif isinstance(written, list):
        for place, value in enumerate(written):
            yield from people_in(value, (*path, place), named=named)
    elif named and isinstance(written, str):
        yield path, written


def _document(kind: str, written: dict[str, Any], moment: Moment) -> dict[str, Any]:
    examples = {field.name: field.example for field in describe(COMMANDS[kind]).fields}
    newest = {name: examples[name] for name in left_out(kind, written)}
    return {**_plain(written, moment), **newest, "kind": kind}


def _plain(value: Any, moment: Moment) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item, moment) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, moment) for item in value]
    if isinstance(value, datetime):
        return utc_text(moment(value))
    return value.isoformat() if isinstance(value, date) else value


def _path(told: str, document: dict[str, Any]) -> Path:
    """Return wire's path with the names of fields it does not know, which it tells by place."""
    path: list[str | int] = []
    here: Any = document
    for index, place, name in STEPS.findall(told):
        step: str | int = int(index) if index else list(here)[int(place) - 1] if place else name
        path.append(step)
        inside = isinstance(here, dict) and step in here
        here = here[step] if inside or isinstance(here, list) else {}
    return tuple(path)


def _says(kind: str, path: Path, problem: wire.Problem) -> str:
    name = ".".join(str(step) for step in path) or kind
    words = WORDS.get(problem.code, problem.code.replace("_", " "))
    allowed = problem.allowed.split(" | ")
    meant = near(str(path[-1]), allowed) if path and problem.code == "unknown_field" else ""
    return f"{kind}: {name} {words} (allowed: {', '.join(allowed)}){meant}"
