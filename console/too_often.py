"""Guessing is slowed: an address that has asked for many unknown links is put off for a while.

A link that is known is always answered, so that one school's guesses lock nobody else out.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
MOST_EACH, MOST_OF_ALL = 20, 2_000
MOST_ADDRESSES = 1_000


@dataclass(slots=True)
class Misses:
    """Unknown links by address since each one's window began; what is kept is bounded."""

    _held: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)
    _all: tuple[datetime, int] | None = None

    def too_often(self, address: str, now: datetime) -> bool:
        """Count one more miss; return whether it is too many, of this address or of all."""
        began, each = self._of(self._held.pop(address, None), now)
        self._held[address] = began, each + 1
        while len(self._held) > MOST_ADDRESSES:
            self._held.popitem(last=False)
        since, of_all = self._of(self._all, now)
        self._all = since, of_all + 1
        return each >= MOST_EACH or of_all >= MOST_OF_ALL

    def _of(self, kept: tuple[datetime, int] | None, now: datetime) -> tuple[datetime, int]:
        return kept if kept and now - kept[0] < WINDOW else (now, 0)
