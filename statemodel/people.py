"""Who acts, who holds, and what was known of people when something was asked."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class Role(StrEnum):
    """What somebody does in the service; stable codes, the words come from the pack (R407)."""

    PRACTITIONER = "practitioner"
    LINE_MANAGER = "line_manager"
    COORDINATOR = "coordinator"
    EARLY_HELP_MANAGER = "early_help_manager"
    ARBITER = "arbiter"
    DUTY_MANAGER = "duty_manager"
    OPERATIONS = "operations"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by their opaque id; names live in the directory only."""

    kind: ClassVar[str] = "person"
    id: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A role at an agency; it becomes a person when it is read or told (decision 8)."""

    kind: ClassVar[str] = "desk"
    role: Role
    agency: str

    @property
    def id(self) -> str:
        return f"{self.role}.{self.agency}"


Holder = Person | Desk


class Hat(StrEnum):
    """In what capacity an actor acts; only `person` decides anything (practice D5)."""

    PERSON = "person"
    CLOCK = "clock"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Actor:
    hat: Hat
    id: str


CLOCK = Actor(Hat.CLOCK, "clock")
POST = Actor(Hat.POST, "post")


@dataclass(frozen=True, slots=True)
class Away:
    """Local days, the first and the last, on which somebody does not answer; never why."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the directory said of one person: ids, roles, agency and flags, never a name.

    `away` is known of those who may be asked, and for the weeks ahead alone (D36).
    """

    id: str
    agency: str
    roles: tuple[Role, ...]
    line_manager: str | None = None
    deputy: str | None = None
    active: bool = True
    away: tuple[Away, ...] | None = None

    def is_away(self, day: date) -> bool:
        return any(one.since <= day <= one.until for one in self.away or ())


@dataclass(frozen=True, slots=True)
class Facts:
    """The people a submission mentions, as the directory knew them at `as_of` (UTC)."""

    as_of: datetime
    people: tuple[PersonFacts, ...] = ()

    def of(self, person: str | None) -> PersonFacts | None:
        return next((known for known in self.people if known.id == person), None)
