"""A command's form, made from its description: each field as a control with words and choices."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from itertools import chain, repeat
from types import NoneType
from typing import Any, get_args, get_type_hints

from config.choices import choice
from config.wording import label
from console.looking import Look
from console.rows import FIRST_ROWS, first_choices, number, row_of
from console.wording import family_words, hint, said
from statemodel import Case
from statemodel.command import LINE, AnyCommand
from statemodel.commands import RaiseConcern

A_PERSON = frozenset(
    {
        "nominee",
        "named",
        "answered_by",
        "on_behalf_of",
        "cover",
        "colleague",
        "practitioner",
        "attested_by",
        "manager",
    }
)
PEOPLE = frozenset({"others_involved", "conferred", "consulted"})
YES_OR_NO = (("yes", "Yes"), ("no", "No"))
SAYS_SO = (", if ", "as many as")
OUR_OWN = frozenset({"seen", "nomination", "task", "lead", "assessment", "action"})
PLAIN_KINDS: Mapping[Any, str] = {datetime: "moment", date: "day", int: "number"}

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
    hint: str = ""
    others: str = ""
    in_optional_group: bool = False
    row: str = ""
    is_given: bool = False

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def unlisted(self) -> str:
        """What was answered in words beside the choices."""
        listed = {value for value, _ in self.choices}
        return " ".join(one for one in self.values if one not in listed)

    @property
    def is_optional(self) -> bool:
        """Whether to say so: not where the words say it, or the group of questions does."""
        told = self.in_optional_group or any(word in self.label for word in SAYS_SO)
        return not self.needed and not told

    @property
    def id(self) -> str:
        return "f-" + self.name.translate(str.maketrans(".[", "--", "]"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form is about: the case, where there is one, and what may be chosen from it."""

    look: Look
    case: Case | None = None
    entries: Choices = ()
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Control, ...] = ()


def controls(command: type[AnyCommand], asked: Asked) -> tuple[Control, ...]:
    """Return the form's questions in order, with what was typed and what was wrong with it."""
    found = (*asked.beside, *_of(command, command.kind, "", asked))
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
            yield from (_within(part, words, needed=needed) for part in inner)
            continue
        row = row_of(real)
        if row is not None:
            yield from _rows(row, f"{prefix}{one.name}", words, asked)
            continue
        plain = Control(f"{prefix}{one.name}", words, "line", needed)
        yield _shaped(replace(plain, limit=one.metadata.get("limit", LINE)), one.name, real, asked)


def _rows(row: type[Any], name: str, words: str, asked: Asked) -> Iterator[Control]:
    """The same questions again and again; where the first is a choice, once for each choice."""
    chosen = first_choices(row)
    for place in range(number(name, len(chosen) or FIRST_ROWS, asked.typed)):
        path, group = f"{name}.{place}", f"{words}: {place + 1}"
        inner = _of(row, name.rpartition(".")[2], f"{path}.", asked)
        for part, is_first in zip(inner, chain([True], repeat(False)), strict=False):
            given = chosen[place : place + 1] if is_first else ()
            yield replace(
                _within(part, group, needed=False), row=path, values=given, is_given=bool(given)
            )


def _within(part: Control, group: str, *, needed: bool) -> Control:
    """A group that may be left out whole leaves each of its questions open."""
    is_open = not needed
    return replace(part, group=group, needed=needed and part.needed, in_optional_group=is_open)


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
    if name in OF_ITS_OWN:
        return OF_ITS_OWN[name](plain, asked)
    if get_args(hint)[:1] == (str,):
        return replace(plain, kind="ids")
    if get_args(hint):
        return replace(plain, kind="ticks", choices=_members(get_args(hint)[0], asked))
    return _simple(plain, hint, asked)


def _simple(plain: Control, hint: Any, asked: Asked) -> Control:
    if hint is bool:
        if plain.name in ("explained", "about_a_professional"):
            return replace(plain, kind="tick")
        return replace(plain, kind="radios", choices=YES_OR_NO)
    if hint in PLAIN_KINDS:
        return replace(plain, kind=PLAIN_KINDS[hint])
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = _members(hint, asked)
        return replace(plain, kind="radios" if len(members) <= 7 else "select", choices=members)
    return replace(plain, kind="text" if plain.limit > LINE else "line")


def _members(kind: type[Enum], asked: Asked) -> Choices:
    return tuple((str(one.value), choice(one, asked.look.words)) for one in kind)


def _people(asked: Asked) -> Choices:
    active = (one for one in asked.look.people if one.facts.active)
    return tuple((one.facts.id, one.name) for one in sorted(active, key=lambda one: one.name))


def _family(plain: Control, asked: Asked) -> Control:
    """A child of the case by id, an adult in a word: Baton keeps no names of a family here."""
    children = asked.case.children if asked.case else ()
    known = tuple((child, "a child of this case") for child in children)
    relations = tuple((word, word) for word in family_words())
    return replace(plain, choices=known + relations, hint=hint("giver"))


def _anybody(plain: Control, asked: Asked) -> Control:
    """Who works here by id, a child of the case by id, an adult of the family in a word."""
    family = _family(plain, asked)
    return replace(family, choices=_people(asked) + family.choices)


def _children(plain: Control, asked: Asked) -> Control:
    if asked.case is None:
        fresh = f"k-{asked.look.given.new_id()[:12]}"
        return replace(plain, kind="ids", values=(fresh,))
    mine = tuple((child, child) for child in asked.case.children)
    return replace(plain, kind="ticks", choices=mine, values=asked.case.children)


def _concerned(plain: Control, asked: Asked) -> Control:
    """Anybody may be meant: who works here is ticked, everybody else is said."""
    return replace(plain, kind="people", choices=_people(asked), others=hint("people"))


def _entries(plain: Control, asked: Asked) -> Control:
    told = "" if asked.entries else said("nothing_to_strike")
    return replace(plain, kind="select", choices=asked.entries, hint=told)


def _lines(plain: Control, asked: Asked) -> Control:
    return replace(plain, kind="lines", hint=hint("lines"))


OF_ITS_OWN: Mapping[str, Callable[[Control, Asked], Control]] = {
    "people": _concerned,
    "children": _children,
    "giver": _family,
    "who": _anybody,
    "owner": _anybody,
    "represented_by": _anybody,
    "chair": _anybody,
    "minute_taker": _anybody,
    "person": _anybody,
    "priorities": _lines,
    "wished_by": _family,
    "entry": _entries,
}
