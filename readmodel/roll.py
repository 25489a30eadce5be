"""The directory as one whole, and what a file that speaks of it would change."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from readmodel.away import Absence, Closure
from readmodel.directory import Agency
from statemodel.people import Role


class Part(StrEnum):
    """What a directory is made of."""

    AGENCIES = "agencies"
    PEOPLE = "people"
    ABSENCES = "absences"
    CLOSURES = "closures"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person with how they are reached, as people write it down: everything in one line."""

    id: str
    name: str
    agency: str
    roles: tuple[Role, ...]
    line_manager: str | None = None
    deputy: str | None = None
    active: bool = True
    second_agency: str | None = None
    capacity: int | None = None
    email: str | None = None
    phone: str | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None


Record = Colleague | Agency | Absence | Closure
Key = tuple[str, ...]
Roll = Mapping[Part, Mapping[Key, Record]]
Given = Mapping[Part, Mapping[Key, Mapping[str, Any]]]  # what a file says of each, by field
KINDS: Final[Mapping[Part, type[Any]]] = {
    Part.AGENCIES: Agency,
    Part.PEOPLE: Colleague,
    Part.ABSENCES: Absence,
    Part.CLOSURES: Closure,
}
KEYS: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.AGENCIES: ("id",),
    Part.PEOPLE: ("id",),
    Part.ABSENCES: ("person", "since"),
    Part.CLOSURES: ("agency", "since"),
}


class Turn(StrEnum):
    """What becomes of one record."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"  # a person is kept, and works here no longer
    REMOVED = "removed"  # an absence or a closure that is none any more
    NOT_IN_FILE = "not_in_file"  # and stays as it is


MISSING: Final = (Turn.LEFT, Turn.REMOVED, Turn.NOT_IN_FILE)


@dataclass(frozen=True, slots=True)
class Change:
    """One record as it was and as it is to be; none of the one where it was not, or is not."""

    part: Part
    key: Key
    turn: Turn
    before: Record | None
    after: Record | None

    @property
    def differs(self) -> tuple[tuple[str, Any, Any], ...]:
        """The fields that differ, each with what it was and what it is to be."""
        if self.before is None or self.after is None:
            return ()
        pairs = [
            (one.name, getattr(self.before, one.name), getattr(self.after, one.name))
            for one in fields(self.before)
        ]
        return tuple(pair for pair in pairs if pair[1] != pair[2])


@dataclass(frozen=True, slots=True)
class Count:
    """Rows read are those added, changed and unchanged; those `missing` are known, and not read."""

    part: Part
    read: int
    added: int
    changed: int
    missing: int

    @property
    def unchanged(self) -> int:
        return self.read - self.added - self.changed


def key_of(part: Part, values: Mapping[str, Any]) -> Key:
    """Return what tells a record from the others of its part."""
    return tuple(str(values[name]) for name in KEYS[part])


def merged(roll: Roll, given: Given) -> Roll:
    """Return the directory with what is given put in; what is not spoken of stays."""
    return {part: {**roll[part], **_put(part, roll[part], given)} for part in Part}


def _put(part: Part, known: Mapping[Key, Record], given: Given) -> dict[Key, Record]:
    said = given.get(part, {})
    return {
        key: replace(known[key], **values) if key in known else KINDS[part](**values)
        for key, values in said.items()
    }


def compare(roll: Roll, given: Given, *, sync: bool = False) -> tuple[Change, ...]:
    """Return what differs, in the order of the file and then of what is missing from it.

    With `sync` people who are missing have left, and times away that are missing are none.
    """
    after = merged(roll, given)
    found: list[Change] = []
    for part, said in given.items():
        pairs = ((key, roll[part].get(key), after[part][key]) for key in said)
        found += [_turned(part, *pair) for pair in pairs if pair[1] != pair[2]]
        missing = ((key, one) for key, one in roll[part].items() if key not in said)
        found += [_missing(part, key, one, sync=sync) for key, one in missing if _is_here(one)]
    return tuple(found)


def count(given: Given, changes: Sequence[Change]) -> tuple[Count, ...]:
    """Return for each part that a file speaks of how its rows add up."""
    turns = Counter((one.part, one.turn) for one in changes)
    return tuple(
        Count(
            part,
            len(said),
            turns[part, Turn.ADDED],
            turns[part, Turn.CHANGED],
            sum(turns[part, turn] for turn in MISSING),
        )
        for part, said in given.items()
    )


def _turned(part: Part, key: Key, before: Record | None, after: Record) -> Change:
    return Change(part, key, Turn.ADDED if before is None else Turn.CHANGED, before, after)


def _missing(part: Part, key: Key, one: Record, *, sync: bool) -> Change:
    if not sync or isinstance(one, Agency):  # an agency has its cases, whoever works there
        return Change(part, key, Turn.NOT_IN_FILE, one, one)
    if isinstance(one, Colleague):
        return Change(part, key, Turn.LEFT, one, replace(one, active=False))
    return Change(part, key, Turn.REMOVED, one, None)


def _is_here(one: Record) -> bool:
    return not isinstance(one, Colleague) or one.active
