"""A story as a file tells it: invented cases, each a few steps; read strictly, told in order."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import wire
from statemodel.commands import COMMANDS, AnyCommand
from statemodel.plain import utc_text

FILE: Final = Path(__file__).parent / "story.toml"
A_DATE: Final = re.compile(r"(?P<from>now|today)(?: \+ (?P<days>[0-9]{1,3}) days)?")
OWN_WORDS: Final = frozenset({"by", "says", "refused"})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody asks; `refused` holds the reasons it is refused for, none if accepted."""

    by: str
    says: str
    document: dict[str, Any]
    refused: tuple[str, ...]

    def command(self, now: datetime) -> AnyCommand:
        """Return the command as asked at `now` (UTC)."""
        return wire.decode_command(_dated(self.document, now))


@dataclass(frozen=True, slots=True)
class Told:
    """One case of the story, under its calendar."""

    name: str
    title: str
    calendar: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All its cases, and what to wait for before the table: an entry of one case, in seconds."""

    cases: tuple[Told, ...]
    wait_case: str
    wait_entry: str
    wait_seconds: int


def load_story(file: Path = FILE) -> Story:
    """Read a story; raises KeyError or ValueError, as only our own file is ever read."""
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    wait = document["wait"]
    cases = tuple(_case(case) for case in document["case"])
    return Story(cases, wait["case"], wait["entry"], wait["seconds"])


def _case(case: dict[str, Any]) -> Told:
    steps = tuple(_step(step) for step in case["step"])
    return Told(case["name"], case["title"], case["calendar"], steps)


def _step(step: dict[str, Any]) -> Step:
    (kind,) = set(step) - OWN_WORDS
    if kind not in COMMANDS:
        raise ValueError(f"{kind} is no kind of command")
    refused = tuple(step.get("refused", ()))
    return Step(step["by"], step.get("says", ""), {**step[kind], "kind": kind}, refused)


def _dated(value: Any, now: datetime) -> Any:
    if isinstance(value, dict):
        return {name: _dated(item, now) for name, item in value.items()}
    if isinstance(value, list):
        return [_dated(item, now) for item in value]
    found = A_DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    then = now + timedelta(days=int(found["days"] or 0))
    return utc_text(then) if found["from"] == "now" else then.date().isoformat()
