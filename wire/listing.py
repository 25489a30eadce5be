"""What travels, in one list: kinds, their versions, fields and types; and what breaks a promise."""

from dataclasses import MISSING, Field, dataclass, fields
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from statemodel import Case, Entry, Message, Option, Summary
from statemodel.command import Automatic, Command
from statemodel.commands import COMMANDS
from statemodel.event import Event
from statemodel.events import EVENTS
from wire.decoder import Mode
from wire.text import KEPT, TextRule, rule_of
from wire.upcast import UPCASTS, Upcasts, kind_of, name_of

STATE: tuple[type[Any], ...] = (Case, Entry, Summary, Message, Option)
SECTIONS: dict[str, tuple[type[Any], ...]] = {
    "commands": tuple(COMMANDS.values()),
    "events": tuple(EVENTS.values()),
    "state": STATE,
}
VERSION_LIST: dict[str, int] = {
    name_of(kind): kind.v for kinds in SECTIONS.values() for kind in kinds
}
WORDS = {"bool": "true or false", "int": "whole number", "datetime": "instant"}
WORDS |= {"timedelta": "microseconds", "date": "date"}
ABSTRACT = (Event, Command, Automatic)
Listing = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The values and lists of words met on the way through the fields."""

    values: dict[str, Any]
    words: dict[str, list[Any]]


def listing() -> Listing:
    """Return all kinds with `v` and fields, the values they hold, and the words these may be."""
    seen = Seen({}, {})
    listed = {
        section: {
            name_of(kind): {"v": kind.v, "fields": _fields(kind, Mode.OPEN, seen)}
            for kind in sorted(kinds, key=name_of)
        }
        for section, kinds in SECTIONS.items()
    }
    values, words = dict(sorted(seen.values.items())), dict(sorted(seen.words.items()))
    return listed | {"values": values, "words": words}


def breaks(before: Listing, now: Listing, upcasts: Upcasts = UPCASTS) -> list[str]:
    """Return what documents written before could no longer be read for, though `v` is the same.

    Within one `v` a kind keeps its name and fields, fields keep their types, and a new field may be
    left out. A newer `v` may change all, and needs an upcast from the one before. Values have no
    `v`: they may change only together with some kind's.
    """
    told: list[str] = []
    risen = False
    for section in SECTIONS:
        for name, old in before[section].items():
            new = now[section].get(name)
            same = new is not None and new["v"] == old["v"]
            risen |= new is not None and not same
            if same:
                told += _changed(f"{section}.{name}", old["fields"], new["fields"])
            elif (name, old["v"]) not in upcasts:
                told.append(f"{section}.{name}: v {old['v']} is gone and nothing lifts it")
    return told if risen else told + _values(before, now)


def _values(before: Listing, now: Listing) -> list[str]:
    told: list[str] = []
    for name, old in before["values"].items():
        told += _changed(f"values.{name}", old, now["values"].get(name, {}))
    for name, words in before["words"].items():
        lost = [word for word in words if word not in now["words"].get(name, [])]
        told += [f"words.{name}: {word} is gone" for word in lost]
    return told


def _changed(where: str, before: dict[str, str], now: dict[str, str]) -> list[str]:
    told = [f"{where}.{name} is gone" for name in before if name not in now]
    for name, kind in now.items():
        old = before.get(name)
        if old is None and not kind.endswith("?"):
            told.append(f"{where}.{name} is new and cannot be left out")
        elif old is not None and not _reads(old, kind):
            told.append(f"{where}.{name} was {old} and is {kind}")
    return told


def _reads(old: str, new: str) -> bool:
    """Whether what was written as `old` can be read as `new`: it may be left out, or more."""
    if old.endswith("?") and not new.endswith("?"):
        return False
    old, new = old.removesuffix("?"), new.removesuffix("?")
    return old == new or ("|" in old and "|" in new and set(old.split()) <= set(new.split()))


def _fields(kind: type[Any], mode: Mode, seen: Seen) -> dict[str, str]:
    mode, hints = mode.inside(kind), get_type_hints(kind)
    return {
        field.name: _field(kind, field, hints[field.name], mode, seen) for field in fields(kind)
    }


def _field(owner: type[Any], field: "Field[Any]", hint: Any, mode: Mode, seen: Seen) -> str:
    rule = rule_of(owner, field) if mode is Mode.ASKED else KEPT
    optional = field.default is not MISSING or NoneType in get_args(hint)
    return _type(hint, mode, rule, seen) + ("?" if optional else "")


def _type(kind: Any, mode: Mode, rule: TextRule, seen: Seen) -> str:
    if kind is str:
        return rule.name
    if get_origin(kind) is not None:
        return _generic(kind, mode, rule, seen)
    name: str = kind.__name__
    if issubclass(kind, Enum):
        seen.words[name] = [member.value for member in kind]
    elif hasattr(kind, "__dataclass_fields__") and kind not in ABSTRACT:
        _value(kind, mode, seen)
    return WORDS.get(name, name)


def _value(kind: type[Any], mode: Mode, seen: Seen) -> None:
    if kind.__name__ in seen.values or kind in STATE:
        return
    tag = {"kind": kind_of(kind)} if kind_of(kind) else {}
    seen.values[kind.__name__] = tag
    seen.values[kind.__name__] = tag | _fields(kind, mode, seen)


def _generic(kind: Any, mode: Mode, rule: TextRule, seen: Seen) -> str:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        parts = [_type(arg, mode, rule, seen) for arg in args if arg is not NoneType]
        return parts[0] if len(parts) == 1 else f"( {' | '.join(parts)} )"
    if origin is Literal:
        return " | ".join(str(arg) for arg in args)
    if args[-1] is ... or len(args) == 1:
        return f"list of {_type(args[0], mode, rule, seen)}"
    return f"({', '.join(_type(arg, mode, rule, seen) for arg in args)})"
