"""Everything that can have happened to a case, in the past tense, has this in common."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of an entry; folded into the case, never judged again."""

    kind: ClassVar[str]
    v: ClassVar[int] = 1
