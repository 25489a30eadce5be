"""The fields of each command as they are typed: what each means, may hold, and an example of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

from cli.forms import ASKED
from cli.output import Listing
from config.wording import hint, label
from statemodel.command import LINE, AnyCommand
from wire.text import rule_of

PLAIN: Final[Mapping[Any, str]] = {
    bool: "yes | no",
    int: "a whole number",
    date: "a day, like 2026-11-23",
    datetime: "a moment with its zone, like 2026-11-23T10:00:00Z",
}
Words = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Typed:
    """One field: `name` is its path as typed, `example` a value of it as typed."""

    name: str
    needed: bool
    means: str
    allowed: str
    example: str


def kinds(words: Words = None) -> Listing:
    """Return every kind of command that somebody may ask or record."""
    rows = [(kind, label("command", kind, words), hint(kind, words)) for kind in ASKED]
    return Listing(("kind", "in_words", "what_it_does"), rows)


def fields_listing(command: type[AnyCommand], words: Words = None) -> Listing:
    """Return the fields of one kind, those that are needed first."""
    found = sorted(fields_of(command, words), key=_place)
    rows = [(one.name, one.needed, one.means, one.allowed, one.example) for one in found]
    title = f"{command.kind}: {label('command', command.kind, words)}"
    return Listing(("field", "needed", "means", "allowed", "example"), rows, title=title)


def _place(one: Typed) -> tuple[bool, bool]:
    """What is needed first; what every command has, last."""
    return not one.needed, one.name.partition(".")[0] in ("recorded", "because")


def fields_of(command: type[AnyCommand], words: Words = None) -> Iterator[Typed]:
    """Yield the fields in order; a field in a field by its path: wish.answer, rows.*.x."""
    return _of(command, command.kind, "", None, words)


def _of(kind: type[Any], group: str, prefix: str, examples: Any, words: Words) -> Iterator[Typed]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        real, maybe = _real(hints[field.name])
        needed = field.default is MISSING and not maybe
        example = field.metadata.get("example", (examples or {}).get(field.name))
        name = f"{prefix}{field.name}"
        form, path, first = _form_in(real, name, example)
        if form is not None:
            for inner in _of(form, field.name, path, first, words):
                yield replace(inner, needed=needed and inner.needed)
            continue
        means = label("field", f"{group}.{field.name}", words)
        yield Typed(name, needed, means, _allowed(kind, field, real), _typed(example))


def _form_in(kind: Any, name: str, example: Any) -> tuple[type[Any] | None, str, Any]:
    """Return the form that a field holds, alone or in rows; its path; and an example of it."""
    several = get_origin(kind) is tuple
    held = get_args(kind)[0] if several else kind
    path = f"{name}.*." if several else f"{name}."
    shown = next(iter(example or ()), None) if several else example
    return (held if isinstance(held, type) and is_dataclass(held) else None), path, shown


def _real(hint: Any) -> tuple[Any, bool]:
    """Return the type behind `X | None`, and whether it was one."""
    args = get_args(hint)
    if NoneType not in args:
        return hint, False
    return next(arg for arg in args if arg is not NoneType), True


def _allowed(owner: type[Any], field: "Field[Any]", kind: Any) -> str:
    if get_origin(kind) is tuple and is_dataclass(get_args(kind)[0]):
        inner = ", ".join(one.name for one in fields(get_args(kind)[0]))
        return f"several, as a JSON list of objects with: {inner}"
    if get_origin(kind) is tuple:
        return f"several, with commas: {_allowed(owner, field, get_args(kind)[0])}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " | ".join(str(member.value) for member in kind)
    if kind is not str:
        return PLAIN[kind]
    rule = rule_of(owner, field)
    limit = f"at most {rule.limit or LINE} characters"
    return {"id": "an id", "line": f"one line, {limit}"}.get(rule.name, f"text, {limit}")


def _typed(example: Any) -> str:
    if isinstance(example, bool):
        return "yes" if example else "no"
    if isinstance(example, list) and any(isinstance(one, dict) for one in example):
        return json.dumps(example)
    if isinstance(example, list):
        return ",".join(map(str, example))
    return "" if example is None else str(example)
