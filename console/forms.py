"""A command's form, made from its description: each field as a control with words and choices."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints

from config.wording import label
from console.looking import Look
from console.wording import choice
from statemodel import Case
from statemodel.command import LINE, AnyCommand
from statemodel.commands import RaiseConcern

A_PERSON = frozenset({"nominee", "named", "answered_by", "on_behalf_of"})
PEOPLE = frozenset({"people", "others_involved"})
OUR_OWN = frozenset({"seen", "nomination", "task"})

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Control:
    """One question: `name` is its path in the document; `kind` says how it is asked."""

    name: str
    label: str
    kind: str
    needed: bool
    group: str = ""
    choices: Choices = ()
    limit: int = LINE
    values: tuple[str, ...] = ()
    error: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form is about: the case, where there is one, and what may be chosen from it."""

    look: Look
    case: Case | None = None
    entries: Choices = ()
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def controls(command: type[AnyCommand], asked: Asked) -> tuple[Control, ...]:
    """Return the form's questions in order, with what was typed and what was wrong with it."""
    found = _of(command, command.kind, "", asked)
    return tuple(
        replace(
            one,
            values=tuple(asked.typed.get(one.name, one.values)),
            error=asked.errors.get(one.name, ""),
        )
        for one in found
    )


def _of(kind: type[Any], group: str, prefix: str, asked: Asked) -> Iterator[Control]:
    hints = get_type_hints(kind)
    for one in sorted(fields(kind), key=lambda held: held.name in ("recorded", "because")):
        if one.name in OUR_OWN or (one.name == "because" and kind is RaiseConcern):
            continue
        real, maybe = _real(hints[one.name])
        needed = one.default is MISSING and not maybe
        words = label("field", f"{group}.{one.name}", asked.look.words)
        if isinstance(real, type) and is_dataclass(real):
            inner = _of(real, one.name, f"{prefix}{one.name}.", asked)
            yield from (replace(part, group=words, needed=needed and part.needed) for part in inner)
            continue
        plain = Control(f"{prefix}{one.name}", words, "line", needed)
        yield _shaped(replace(plain, limit=one.metadata.get("limit", LINE)), one.name, real, asked)


def _real(hint: Any) -> tuple[Any, bool]:
    """Return the type behind `X | None`, and whether it was one."""
    args = get_args(hint)
    if NoneType not in args:
        return hint, False
    return next(arg for arg in args if arg is not NoneType), True


def _shaped(plain: Control, name: str, hint: Any, asked: Asked) -> Control:
    """Return the control with its kind and choices."""
    if name in A_PERSON:
        return replace(plain, kind="select", choices=_people(asked))
    if name in PEOPLE:
        return replace(plain, kind="ticks", choices=_people(asked))
    if name == "children":
        return _children(plain, asked)
    if name == "entry":
        return replace(plain, kind="select", choices=asked.entries)
    if get_args(hint):
        return replace(plain, kind="ticks", choices=_members(get_args(hint)[0], asked))
    return _simple(plain, hint, asked)


def _simple(plain: Control, hint: Any, asked: Asked) -> Control:
    if hint is bool:
        if plain.name in ("explained", "about_a_professional"):
            return replace(plain, kind="tick")
        return replace(plain, kind="radios", choices=(("yes", "Yes"), ("no", "No")))
    if hint is datetime:
        return replace(plain, kind="moment")
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = _members(hint, asked)
        return replace(plain, kind="radios" if len(members) <= 7 else "select", choices=members)
    return replace(plain, kind="text" if plain.limit > LINE else "line")


def _members(kind: type[Enum], asked: Asked) -> Choices:
    return tuple((str(one.value), choice(one, asked.look.words)) for one in kind)


def _people(asked: Asked) -> Choices:
    active = (one for one in asked.look.people if one.facts.active)
    return tuple((one.facts.id, one.name) for one in sorted(active, key=lambda one: one.name))


def _children(plain: Control, asked: Asked) -> Control:
    if asked.case is None:
        fresh = f"k-{asked.look.given.new_id()[:12]}"
        return replace(plain, kind="ids", values=(fresh,))
    mine = tuple((child, child) for child in asked.case.children)
    return replace(plain, kind="ticks", choices=mine, values=asked.case.children)
