"""The people of a rehearsal file: who the directory knows, and who must be somebody of the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from rehearsals.checking import Wrong, near
from rehearsals.form import NOBODY, POST
from statemodel import Desk, Holder, PersonFacts, Role
from statemodel.people import Away

People = Mapping[str, Mapping[str, Any]]


def known_people(people: People) -> tuple[PersonFacts, ...]:
    """Return what the directory says of everybody but strangers."""
    return tuple(_facts(name, told) for name, told in people.items() if told.get("known", True))


def _facts(name: str, told: Mapping[str, Any]) -> PersonFacts:
    return PersonFacts(
        id=name,
        agency=told.get("agency", "elsewhere"),
        roles=tuple(Role(role) for role in told.get("roles", ())),
        line_manager=told.get("line_manager"),
        deputy=told.get("deputy"),
        active=told.get("active", True),
        away=tuple(Away(**days) for days in told["away"]) if "away" in told else None,
    )


def wrong_with_people(people: People) -> Iterator[Wrong]:
    """Yield every manager and deputy who is nobody of the file, and every id that says a role."""
    for name, told in people.items():
        if name in {*Role, NOBODY, POST, "clock"}:
            yield ("people", name), f"{name} has a meaning of its own: choose another id"
        for field in ("line_manager", "deputy"):
            if told.get(field, name) not in people:
                yield ("people", name, field), unknown(told[field], people)


def unknown(name: str, people: People) -> str:
    return f"{name!r} is nobody of this file: add [people.{name}]{near(name, people)}"


def is_holder(name: str, people: People) -> bool:
    return name in people or name in {*Role, NOBODY}


def name_of(holder: Holder | None) -> str:
    """Return how a file writes a holder: a person's id, or a desk's role."""
    if holder is None:
        return NOBODY
    return holder.role.value if isinstance(holder, Desk) else holder.id
