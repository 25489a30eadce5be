"""Questions asked several times over: a row each, as many as are wanted."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

MOST_ROWS, FIRST_ROWS = 20, 3
MORE = "more"
A_PLACE = re.compile(r"(?P<name>\w+)\[(?P<place>[0-9]+)\]\.?(?P<rest>.*)")

Typed = Mapping[str, list[str]]


def row_of(hint: Any) -> type[Any] | None:
    """Return what each row of a field holds; None where it is not asked in rows."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if isinstance(inner, type) and is_dataclass(inner) else None


def first_choices(row: type[Any]) -> tuple[str, ...]:
    """Return the choices of a row's first question: then there is a row for each of them."""
    first = get_type_hints(row)[fields(row)[0].name]
    is_choice = isinstance(first, type) and issubclass(first, Enum)
    return tuple(str(member.value) for member in first) if is_choice else ()


def number(name: str, least: int, typed: Typed) -> int:
    """Return how many rows to show: what was typed, and one more where more were wanted."""
    places = [int(found[1]) for key in typed if (found := _place(name, key))]
    more = name in typed.get(MORE, ())
    return min(MOST_ROWS, max([least, *(place + 1 for place in places)]) + more)


def last_of_each(rows: Iterable[str]) -> Iterable[str]:
    """Return the last row of each field: after it another may be asked for."""
    return {row.rpartition(".")[0]: row for row in rows}.values()


def _place(name: str, key: str) -> re.Match[str] | None:
    return re.match(rf"{re.escape(name)}\.([0-9]{{1,2}})\.", key)


def name_in(path: str, kept: Mapping[str, list[int]]) -> str:
    """Return the question a problem's path is about: rows left empty are not in the document."""
    found = A_PLACE.fullmatch(path)
    rows = kept.get(found["name"], []) if found else []
    if not found or int(found["place"]) >= len(rows):
        return path.partition("[")[0]
    inner = found["rest"].partition("[")[0]
    return f"{found['name']}.{rows[int(found['place'])]}.{inner}"
