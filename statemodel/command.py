"""What every command has in common: how it is described, and how a fact is recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

LINE = 500
TEXT = 10_000


class How(StrEnum):
    """How an answer or fact reached the person who records it (practice D34)."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MEETING = "meeting"
    EMAIL = "email"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that has happened, and may be recorded even where a rule would have said no (D6)."""

    happened_at: datetime
    how: How = How.IN_PERSON
    on_behalf_of: str | None = None


def about(says: str, example: Any, *, default: Any = ..., limit: int = LINE) -> Any:
    """Describe a command's field: its words, an example, and the most characters it may hold."""
    metadata = {"says": says, "example": example, "limit": limit}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a person asks of a case, or records as having happened, in the imperative."""

    kind: ClassVar[str]
    v: ClassVar[int] = 1
    thing: ClassVar[str | None] = None
    recorded: Recorded | None = about(
        "When and how it happened, if it has happened already", None, default=None
    )
    because: str | None = about(
        "Why it goes ahead although something recommended is missing", None, default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """Something Baton itself reports or is reminded of; it never decides anything (practice D5)."""

    kind: ClassVar[str]
    v: ClassVar[int] = 1
    thing: ClassVar[str | None] = None


AnyCommand = Command | Automatic
