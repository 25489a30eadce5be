"""What waits to be recorded, in order: what goes next, and whether a run may be handed all of it.

A payload over 2 MiB ends a case for good, so both are bounded by bytes as they are really sent.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

import wire
from statemodel import Entry, Message
from statemodel.plain import canonical
from workflows.run_state import Outgoing

MOST_ITEMS, MOST_BYTES = 50, 1024 * 1024


class Waiting:
    """One entry with whom it tells, made plain once, and weighed (bytes) only where it matters."""

    def __init__(self, item: Outgoing) -> None:
        self.item = item

    @property
    def version(self) -> int:
        return self.item.entry.version

    @cached_property
    def plain(self) -> dict[str, Any]:
        return dict(wire.encode(self.item))

    @cached_property
    def weight(self) -> int:
        return len(canonical(self.plain))


class Outbox:
    """First in, first out; an entry stays until its last effect is done."""

    def __init__(self, items: Iterable[Outgoing] = ()) -> None:
        self._waiting = deque(Waiting(item) for item in items)

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Outgoing]:
        return (waiting.item for waiting in self._waiting)

    @property
    def since(self) -> datetime | None:
        """When the oldest of them was decided (UTC, as the case counts time)."""
        return self._waiting[0].item.entry.at if self._waiting else None

    @property
    def is_heavy(self) -> bool:
        """Whether it is more than one run may hand to the next."""
        return sum(waiting.weight for waiting in self._waiting) > MOST_BYTES

    def add(self, item: Outgoing) -> None:
        self._waiting.append(Waiting(item))

    def first(self, after: int = 0) -> list[Waiting]:
        """Return what goes at once, of the entries after a version: one, and as many as fit."""
        found: list[Waiting] = []
        weight = 0
        for waiting in islice((one for one in self._waiting if one.version > after), MOST_ITEMS):
            weight += waiting.weight
            if found and weight > MOST_BYTES:
                break
            found.append(waiting)
        return found

    def warnings(self, after: int) -> tuple[int, list[dict[str, Any]]]:
        """Return safety messages of entries after a version, and the version up to which they go.

        Each is under an id of its own: where the journal refuses these entries, it may hold others
        of the same versions, whose messages under the same ids were sent long ago.
        """
        going = self.first(after)
        found = (_apart(one.item.entry, told) for one in going for told in one.item.messages)
        through = going[-1].version if going else after
        return through, [wire.encode(message) for message in found if message.safety]

    def let_go(self, count: int) -> None:
        for _ in range(count):
            self._waiting.popleft()


def _apart(entry: Entry, message: Message) -> Message:
    return replace(message, id=f"{message.id}-{entry.digest[:8]}")
