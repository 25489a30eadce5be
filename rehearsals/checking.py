"""A document against its form: everything that does not fit, by its path and in plain words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from rehearsals.form import Form
from rehearsals.lines import Path

Wrong = tuple[Path, str]

TYPES: Final[Mapping[str, tuple[type, str]]] = {
    "string": (str, "write it in quotes"),
    "boolean": (bool, "write true or false"),
    "integer": (int, "write a whole number"),
    "array": (list, "write a list: [ … ]"),
    "object": (dict, "write a table"),
}
FEW: Final = 12
MOMENT_WORDS: Final = "write a date and a time without quotes, like 2026-01-05T10:00:00"
DAY_WORDS: Final = "write a date without quotes, like 2026-01-05"


def wrong_with(form: Form, value: Any, path: Path = ()) -> Iterator[Wrong]:
    """Yield whatever of `value` does not fit `form`, the outermost first."""
    if "anyOf" in form:
        yield from _any_of(form["anyOf"], value, path)
    elif "enum" in form:
        yield from _enum(form["enum"], value, path)
    elif form.get("format") == "date-time":
        yield from () if isinstance(value, datetime) else [(path, MOMENT_WORDS)]
    elif form.get("format") == "date":
        day = isinstance(value, date) and not isinstance(value, datetime)
        yield from () if day else [(path, DAY_WORDS)]
    else:
        yield from _typed(form, value, path)


def near(name: str, known: Any) -> str:
    """Return "; did you mean …?" where something known is close to `name`."""
    found = get_close_matches(name, [str(each) for each in known], n=1)
    return f"; did you mean {found[0]}?" if found else ""


def nearest(name: str, known: list[str]) -> str:
    """Return what was meant; else all there is, or of many what comes nearest and where all is."""
    if len(known) <= FEW:
        return near(name, known) or f"; choose from {', '.join(known)}"
    found = get_close_matches(name, known, n=3, cutoff=0.3)
    words = set(name.split("_"))
    alike = sorted(set(known) - set(found), key=lambda code: -len(words & set(code.split("_"))))
    told = [*found, *(code for code in alike if words & set(code.split("_")))][:3]
    closest = f" nearest are {', '.join(told)};" if told else ""
    return near(name, known) or f";{closest} docs/rehearsal.schema.json lists them all"


def _any_of(forms: list[Form], value: Any, path: Path) -> Iterator[Wrong]:
    answers = [list(wrong_with(form, value, path)) for form in forms]
    if all(answers):
        yield from min(answers, key=_shallow)


def _shallow(answer: list[Wrong]) -> tuple[int, int]:
    """The form that fits best is wrong furthest inside."""
    return -max(len(path) for path, _ in answer), len(answer)


def _enum(values: list[str], value: Any, path: Path) -> Iterator[Wrong]:
    if value not in values:
        yield path, f"{value!r} is not known here{nearest(str(value), values)}"


def _typed(form: Form, value: Any, path: Path) -> Iterator[Wrong]:
    kind, words = TYPES[form["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        yield path, words
    elif kind is int and value < form.get("minimum", value):
        yield path, "write nought or more"
    elif isinstance(value, list):
        yield from _list(form, value, path)
    elif isinstance(value, dict):
        yield from _table(form, value, path)


def _list(form: Form, value: list[Any], path: Path) -> Iterator[Wrong]:
    if len(value) < form.get("minItems", 0):
        yield path, "is empty"
    for place, item in enumerate(value):
        yield from wrong_with(form["items"], item, (*path, place))


def _table(form: Form, value: dict[str, Any], path: Path) -> Iterator[Wrong]:
    known, others = form.get("properties", {}), form.get("additionalProperties", {})
    for name in form.get("required", ()):
        if name not in value:
            yield path, f"{name} is missing"
    for name, item in value.items():
        inside = known.get(name, others)
        if inside is False:
            yield (*path, name), f"{name} is not a key here{near(name, known)}"
        elif inside:
            yield from wrong_with(inside, item, (*path, name))
