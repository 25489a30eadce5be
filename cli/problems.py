"""What is wrong with a form, as whoever typed it calls it: the field, what is wrong, a remedy."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

import wire
from cli.fields import fields_of
from config.wording import label
from statemodel.command import AnyCommand

STEPS: Final = re.compile(r"\[(\d+)\]|\{(\d+)\}|([^.\[\]{}]+)")
SAYS: Final = {
    "too_long": "is too long: {allowed}",
    "too_many": "holds too many: {allowed}",
    "bad_character": "holds a character that cannot be kept: {allowed}",
    "not_an_id": "write an id: {allowed}",
    "out_of_range": "is out of range: write {allowed}",
    "no_zone": "has no time zone: write {allowed}",
}


def in_words(error: wire.Invalid, document: dict[str, Any], command: type[AnyCommand]) -> str:
    """Return a line a problem, then where the form is explained; no value is quoted."""
    lines = (_line(problem, document, command) for problem in error.problems)
    return "\n".join((*lines, f"`baton kinds {command.kind}` says what each field may hold."))


def _line(problem: wire.Problem, document: dict[str, Any], command: type[AnyCommand]) -> str:
    steps = list(_steps(problem.path, document))
    name, value = "", document
    for step, inner in steps:
        name = f"{name} (no. {step + 1})" if isinstance(step, int) else f"{name}.{step}"
        value = inner
    name = name.removeprefix(".") or command.kind
    return f"{name}: {_says(problem, name, value, command)}"


def _steps(told: str, document: Any) -> Iterator[tuple[str | int, Any]]:
    """Yield each step with what stands there; a field nobody knows is told by its place."""
    here = document
    for index, place, name in STEPS.findall(told):
        step: str | int = int(index) if index else list(here)[int(place) - 1] if place else name
        known = isinstance(here, list) or (isinstance(here, dict) and step in here)
        here = here[step] if known else {}
        yield step, here


def _says(problem: wire.Problem, name: str, value: Any, command: type[AnyCommand]) -> str:
    if problem.code == "missing":
        *_, group, field = f"{command.kind}.{name}".split(".")
        return f"is missing: “{label('field', f'{group}.{field}')}”"
    if problem.code == "unknown_field":
        known = [one.name for one in fields_of(command)]
        return f"is no field of {command.kind}{_meant(name, known)}; {_all(known)}"
    if problem.code == "unknown_value":
        known = problem.allowed.split(" | ")
        return f"is not one of its values{_meant(str(value), known)}; {_all(known)}"
    allowed = problem.allowed.replace("true or false", "yes or no")
    return SAYS.get(problem.code, "write {allowed}").format(allowed=allowed)


def _meant(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f": did you mean {near[0]}" if near else ""


def _all(known: list[str]) -> str:
    return f"choose from {', '.join(known)}"
