"""A command's form as typed: `field=value` words, or a JSON document, made into a document."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from cli.failing import Misused
from config.wording import HERE
from statemodel.command import Automatic
from statemodel.commands import COMMANDS
from statemodel.plain import utc_text

ASKED = {kind: one for kind, one in COMMANDS.items() if not issubclass(one, Automatic)}
A_DAY = len("2026-01-05")
YES, NO = ("yes", "true", "on"), ("no", "false", "off")


def form(kind: str, words: Sequence[str], document: str | None = None) -> dict[str, Any]:
    """Return the plain document of a command; raises Misused, naming the word and the remedy.

    `words` are `field=value`, `table.field=value` for a field in a field, `rows.1.field=value` for
    one in the first of several rows, commas between several, a date and time as on the clock on
    the wall.
    They are laid over `document`, JSON text. Whether the form is complete is the decoder's to say.
    """
    command = command_of(kind)
    made = read_document(document) if document is not None else {}
    for word in words:
        name, mark, text = word.partition("=")
        if not mark:
            raise Misused(f"{word!r}: write field=value, like {_example(kind)}")
        _put(made, name.strip().split("."), text, command)
    return {**made, "kind": command.kind}


def command_of(kind: str) -> type[Any]:
    """Return the command of a kind, a hyphen taken for an underscore; raises Misused."""
    known = kind.replace("-", "_")
    if known not in COMMANDS:
        near = get_close_matches(known, ASKED, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise Misused(f"{kind!r} is no kind of command.{meant} Known: {', '.join(ASKED)}")
    return COMMANDS[known]


def read_document(document: str) -> dict[str, Any]:
    """Return the one object of a JSON text; raises Misused, and quotes nothing of it."""
    try:
        opened = json.loads(document)
    except ValueError as error:
        raise Misused(f"--json: not JSON ({error}); give one object") from None
    if not isinstance(opened, dict):
        raise Misused('--json: give one object, like {"answer": "agreed"}')
    return opened


def _put(document: dict[str, Any], path: list[str], text: str, type_: Any) -> None:
    name, *rest = path
    inner = _hints(type_).get(name)
    if len(rest) > 1 and get_origin(inner) is tuple:
        row = _row(document.setdefault(name, []), rest.pop(0), name)
        _put(row, rest, text, get_args(inner)[0])
        return
    if not rest:
        document[name] = _value(inner, text)
        return
    within = document.setdefault(name, {})
    if not isinstance(within, dict):
        raise Misused(f"{'.'.join(path)}: {name} has a value already; give one or the other")
    _put(within, rest, text, inner)


def _row(rows: Any, place: str, name: str) -> dict[str, Any]:
    """Return the row a word is about, made where it is the next one; "*" is the first."""
    number = 1 if place == "*" else int(place) if place.isdecimal() else 0
    if not isinstance(rows, list) or not 1 <= number <= len(rows) + 1:
        raise Misused(f"{name}.{place}: number the rows from 1, like {name}.1, {name}.2")
    if number > len(rows):
        rows.append({})
    row: dict[str, Any] = rows[number - 1]
    return row


def _hints(type_: Any) -> dict[str, Any]:
    plain = _without_none(type_)
    if not (isinstance(plain, type) and is_dataclass(plain)):
        return {}
    hints = get_type_hints(plain)
    return {field.name: hints[field.name] for field in fields(plain)}


def _value(type_: Any, text: str) -> Any:
    plain = _without_none(type_)
    if text[:1] in ("[", "{") and plain is not str:
        return _json(text)
    if get_origin(plain) is tuple:
        return [
            _value(get_args(plain)[0], part.strip()) for part in text.split(",") if part.strip()
        ]
    if plain is bool and text.lower() in YES + NO:
        return text.lower() in YES
    if plain is datetime:
        return _moment(text.strip())
    if plain is int and text.strip().lstrip("-").isdecimal():
        return int(text)
    return text


def _moment(text: str) -> str:
    """Return a local date and time in UTC; what names its offset, or is neither, as it stands."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = at.tzinfo is None and len(text) > A_DAY
    return utc_text(at.replace(tzinfo=HERE).astimezone(UTC)) if local else text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # the decoder says, with its path, what should stand here


def _without_none(type_: Any) -> Any:
    if get_origin(type_) in (Union, UnionType):
        return next(one for one in get_args(type_) if one is not type(None))
    return type_


def _example(kind: str) -> str:
    from statemodel import describe

    example = describe(COMMANDS[kind]).example
    name, value = next(iter(example.items()), ("because", "they asked for it"))
    return f"{name}={_as_typed(value)}"


def _as_typed(value: Any) -> str:
    plain = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if plain:
        return ",".join(value)
    return json.dumps(value) if isinstance(value, list | dict) else str(value)
