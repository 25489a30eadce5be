"""Values as plain documents, and the one canonical text of a document that is hashed."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, cast

import orjson

Plain = dict[str, Any] | list[Any] | str | int | bool | None
AS_IT_IS = frozenset({str, int, bool})


def plain(value: Any) -> Any:
    """Return `value` as dict, list, str, int, bool; `kind` and `v` go first, None is left out."""
    kind: Any = type(value)
    write: Callable[[Any], Any] = _writer(kind)
    return write(value)


def canonical(document: Plain) -> bytes:
    """Return the one text of a plain document: sorted keys, no spaces, UTF-8."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def utc_text(moment: datetime) -> str:
    """Return an instant as fixed-width UTC text, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("an instant without a time zone")
    wall = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{wall.isoformat(timespec='microseconds')[:-6]}Z"  # strftime takes four times as long


@cache
def _writer(kind: Any) -> Callable[[Any], Any]:
    for known, write in _WRITERS:
        if issubclass(kind, known):
            return write
    if is_dataclass(kind):
        return _dataclass_writer(cast("type", kind))
    raise TypeError(f"no plain form for {kind.__name__}")


def _dataclass_writer(kind: type) -> Callable[[Any], Any]:
    names = tuple(field.name for field in fields(kind))
    head = {name: getattr(kind, name) for name in ("kind", "v") if hasattr(kind, name)}
    tag = {name: value for name, value in head.items() if name not in names}
    read = _reader(names)

    def write(value: Any) -> dict[str, Any]:
        document = dict(tag)
        for name, item in zip(names, read(value), strict=True):
            known: Any = type(item)
            if known in AS_IT_IS:  # most are: not asked about one by one
                document[name] = item
            elif item is not None:
                document[name] = _writer(known)(item)
        return document

    return write


def _reader(names: tuple[str, ...]) -> Callable[[Any], Iterable[Any]]:
    """Read all fields at once; `attrgetter` gives one name's value bare, not in a tuple."""
    return attrgetter(*names) if len(names) > 1 else lambda one: [getattr(one, n) for n in names]


def _listed(items: Iterable[Any]) -> list[Any]:
    return [one if type(one) in AS_IT_IS else plain(one) for one in items]


_WRITERS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Enum, attrgetter("_value_")),  # `value` is a descriptor that takes three times as long
    (datetime, utc_text),
    (date, lambda value: value.isoformat()),
    (timedelta, lambda value: round(value.total_seconds() * 1_000_000)),
    (str, lambda value: value),
    (bool, lambda value: value),
    (int, lambda value: value),
    (type(None), lambda value: value),
    (tuple, _listed),
    (frozenset, lambda value: sorted(plain(item) for item in value)),
    (dict, lambda value: {str(key): plain(item) for key, item in value.items()}),
    (list, _listed),
)
