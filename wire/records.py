"""Readers made of readers: objects by class or by kind, lists, and what may be left out."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from wire.invalid import Problems, Trail
from wire.limits import KEYS
from wire.scalars import Read
from wire.upcast import Upcasts, kind_of, lifted, renamed, tell_version

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """How one field is read; `absent` is "missing", "none" or "default"."""

    name: str
    read: Read
    absent: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names an object may hold; `kind` is what its kind must be, where its class has one."""

    known: frozenset[str]
    kind: str | None
    versioned: bool

    @staticmethod
    def of(kind: type[Any]) -> "Names":
        names = {field.name for field in fields(kind)}
        tags = {name for name in ("kind", "v") if hasattr(kind, name)} - names
        return Names(frozenset(names | tags), kind_of(kind), "v" in tags)


def record(kind: type[Any], steps: tuple[Step, ...], upcasts: Upcasts) -> Read:
    """Return the reader of one class: lift, read each field, refuse what is not a field."""
    names = Names.of(kind)

    def read(document: Any, trail: Trail, problems: Problems) -> Any:
        if type(document) is not dict:
            return problems.tell(trail, "wrong_type", "an object")
        if names.versioned:
            risen = lifted(document, kind, upcasts)
            if risen is None:
                return tell_version(document, kind, trail, problems)
            document = risen
        before = len(problems)
        _check_names(names, document, trail, problems)
        values = _values(steps, document, trail, problems)
        return None if len(problems) != before else _made(kind, values, trail, problems)

    return read


def _values(steps: tuple[Step, ...], document: Values, trail: Trail, problems: Problems) -> Values:
    values: Values = {}
    for step in steps:
        name = step.name
        if name in document:
            values[name] = step.read(document[name], (trail, name), problems)
        elif step.absent == "missing":
            problems.tell((trail, name), "missing", "it is required")
        elif step.absent == "none":
            values[name] = None
    return values


def _check_names(names: Names, document: Values, trail: Trail, problems: Problems) -> None:
    """Tell each unknown field by its place, counted from 1, and never by its name."""
    if names.kind is not None and document.get("kind", names.kind) != names.kind:
        problems.tell((trail, "kind"), "unknown_kind", names.kind)
    if document.keys() <= names.known:
        return
    if len(document) > KEYS:
        problems.tell(trail, "too_many_fields", f"at most {KEYS}")
        return
    allowed = " | ".join(sorted(names.known))
    for place, name in enumerate(document, start=1):
        if name not in names.known:
            problems.tell((trail, f"{{{place}}}"), "unknown_field", allowed)


def _made(kind: type[Any], values: Values, trail: Trail, problems: Problems) -> Any:
    """Return the value; a class may refuse its own, as a period that is negative."""
    try:
        return kind(**values)
    except ValueError:
        return problems.tell(trail, "out_of_range", f"what a {kind.__name__.lower()} may be")


def by_kind(kinds: dict[str, type[Any]], reader: Callable[[Any], Read], upcasts: Upcasts) -> Read:
    """Return the reader of several classes told apart by `kind`; each is built when first met."""
    allowed = " | ".join(sorted(kinds))

    def read(document: Any, trail: Trail, problems: Problems) -> Any:
        if type(document) is not dict:
            return problems.tell(trail, "wrong_type", "an object")
        if "kind" not in document:
            return problems.tell((trail, "kind"), "missing", allowed)
        kind = _kind_in(document, kinds)
        if kind is None:
            document = renamed(document, upcasts)
            kind = _kind_in(document, kinds)
        if kind is None:
            return problems.tell((trail, "kind"), "unknown_kind", allowed)
        return reader(kind)(document, trail, problems)

    return read


def _kind_in(document: Values, kinds: dict[str, type[Any]]) -> type[Any] | None:
    kind = document.get("kind")
    return kinds.get(kind) if type(kind) is str else None


def optional(read: Read) -> Read:
    """Null is nothing; anything else must be right."""
    return lambda document, trail, problems: (
        None if document is None else read(document, trail, problems)
    )


def many(read: Read, make: Callable[[Any], Any], most: int | None) -> Read:
    """Return the reader of a list of one type; a list that is too long is not read at all."""

    def read_all(document: Any, trail: Trail, problems: Problems) -> Any:
        if type(document) is not list:
            return problems.tell(trail, "wrong_type", "a list")
        if most is not None and len(document) > most:
            return problems.tell(trail, "too_many", f"at most {most}")
        read_here = [read(item, (trail, at), problems) for at, item in enumerate(document)]
        return read_here if problems else make(read_here)

    return read_all


def fixed(reads: tuple[Read, ...]) -> Read:
    """Return the reader of a list of so many, each of its own type."""

    def read_all(document: Any, trail: Trail, problems: Problems) -> Any:
        if type(document) is not list or len(document) != len(reads):
            return problems.tell(trail, "wrong_type", f"a list of {len(reads)}")
        pairs = zip(reads, document, strict=True)
        return tuple(read(item, (trail, at), problems) for at, (read, item) in enumerate(pairs))

    return read_all
