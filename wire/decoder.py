"""Plain documents into our own values, strictly: one reader a class, built once from its types."""

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from statemodel.command import AnyCommand, Automatic, Command
from statemodel.commands import COMMANDS
from statemodel.entry import Entry
from statemodel.events import EVENTS
from statemodel.plain import canonical, plain
from wire.invalid import Invalid, Problems
from wire.limits import COMMAND_BYTES, ITEMS, check_shape, check_size
from wire.records import Step, by_kind, fixed, many, optional, record
from wire.scalars import READERS, Read, enum_reader, one_of
from wire.text import KEPT, TextRule, read_text, rule_of
from wire.upcast import UPCASTS, Upcasts, kind_of

T = TypeVar("T")
REGISTRY: tuple[type[Any], ...] = (*COMMANDS.values(), *EVENTS.values())
COLLECTIONS = (tuple, frozenset)


class Mode(Enum):
    """A command from outside has limits; what the history holds was within the limits of its day.

    OPEN becomes ASKED inside a command and KEPT inside an entry.
    """

    OPEN = "open"
    ASKED = "asked"
    KEPT = "kept"

    def inside(self, kind: type[Any]) -> "Mode":
        if self is not Mode.OPEN:
            return self
        if issubclass(kind, Command | Automatic):
            return Mode.ASKED
        return Mode.KEPT if kind is Entry else self


class Decoder:
    """Readers for every class asked for, kept; `registry` holds the classes known by kind."""

    def __init__(
        self, upcasts: Upcasts = UPCASTS, registry: Iterable[type[Any]] = REGISTRY
    ) -> None:
        self._upcasts = upcasts
        self._registry = tuple(registry)
        self._readers: dict[tuple[Any, Mode], Read] = {}

    def decode(self, kind: type[T], document: Any) -> T:
        """Return the value; raises Invalid with every problem at once."""
        value: T = self._decode(kind, document)
        return value

    def decode_command(self, document: Any) -> AnyCommand:
        """Return the command that the document's `kind` names; raises Invalid."""
        command: AnyCommand = self._decode(AnyCommand, document)
        return command

    def decode_asked(self, kind: type[T], document: Any) -> T:
        """Return a value somebody sends beside a command, within the limits of one."""
        value: T = self._decode(kind, document, Mode.ASKED)
        return value

    def _decode(self, kind: Any, document: Any, mode: Mode = Mode.OPEN) -> Any:
        commands = all(_is_command(one) for one in get_args(kind) or (kind,))
        asked = commands or mode is Mode.ASKED
        if asked:
            check_shape(document)
        problems = Problems()
        value = self.reader(kind, mode)(document, None, problems)
        if problems:
            raise Invalid(tuple(problems))
        if asked:
            check_size(canonical(plain(value)), COMMAND_BYTES)
        return value

    def reader(self, kind: Any, mode: Mode = Mode.OPEN, rule: TextRule = KEPT) -> Read:
        """Return the reader of a type; raises TypeError for a type that has no plain form."""
        if kind is str:
            return partial(read_text, rule)
        if kind in READERS:
            return READERS[kind]
        if get_origin(kind) is not None:
            return self._generic(kind, mode, rule)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return enum_reader(kind)
        if is_dataclass(kind):
            return self._known((kind,), mode)
        raise TypeError(f"no wire form for {kind!r}")

    def _generic(self, kind: Any, mode: Mode, rule: TextRule) -> Read:
        origin, args = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            return self._union(args, mode, rule)
        if origin is Literal:
            return one_of({value: value for value in args})
        if origin in COLLECTIONS and (len(args) == 1 or args[-1] is ...):
            most = ITEMS if mode is Mode.ASKED else None
            return many(self.reader(args[0], mode, rule), origin, most)
        if origin is tuple:
            return fixed(tuple(self.reader(arg, mode, rule) for arg in args))
        raise TypeError(f"no wire form for {kind!r}")

    def _union(self, args: tuple[Any, ...], mode: Mode, rule: TextRule) -> Read:
        real = tuple(arg for arg in args if arg is not NoneType)
        alone = len(real) == 1
        read = self.reader(real[0], mode, rule) if alone else self._known(real, mode)
        return read if len(real) == len(args) else optional(read)

    def _known(self, members: tuple[Any, ...], mode: Mode) -> Read:
        """Return the reader of a class or of several, building it the first time."""
        found = self._readers.get((members, mode))
        if found is None:
            kinds = {} if _concrete(members) else kinds_of(members, self._registry)
            if kinds:
                found = by_kind(kinds, lambda kind: self._known((kind,), mode), self._upcasts)
            else:
                found = self._record(members[0], mode.inside(members[0]))
            self._readers[members, mode] = found
        return found

    def _record(self, kind: type[Any], mode: Mode) -> Read:
        hints = get_type_hints(kind)
        steps = tuple(self._step(kind, field, hints[field.name], mode) for field in fields(kind))
        return record(kind, steps, self._upcasts)

    def _step(self, kind: type[Any], field: "Field[Any]", hint: Any, mode: Mode) -> Step:
        rule = rule_of(kind, field) if mode is Mode.ASKED else KEPT
        maybe, absent = NoneType in get_args(hint), "default"
        if field.default is MISSING and field.default_factory is MISSING:
            absent = "none" if maybe else "missing"
        elif maybe and field.default is not None:
            raise TypeError(f"{kind.__name__}.{field.name}: None is left out, its default is not")
        return Step(field.name, self.reader(hint, mode, rule), absent)


def kinds_of(
    members: Iterable[type[Any]], registry: Iterable[type[Any]] = REGISTRY
) -> dict[str, type[Any]]:
    """Return, by kind, the classes that a union, or a class without a kind, stands for.

    Raises TypeError for a member of a union that nothing tells apart.
    """
    kinds: dict[str, type[Any]] = {}
    for member in (whole := tuple(members)):
        under = [kind for kind in registry if issubclass(kind, member)]
        stands_for = [member] if kind_of(member) else under
        if not stands_for and len(whole) > 1:
            raise TypeError(f"a union is told apart by kind, and {member!r} has none")
        kinds |= {kind.kind: kind for kind in stands_for}
    return kinds


def _concrete(members: tuple[Any, ...]) -> bool:
    return len(members) == 1 and kind_of(members[0]) is not None


def _is_command(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Command | Automatic)
