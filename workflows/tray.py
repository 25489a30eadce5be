"""One recipient's tray: routine messages in order, safety messages that wait for nobody, the dead.

It is bounded by bytes, so that a run can always hand all of it to the next. What finds no room is
left out: it stands in the store as waiting, and is handed over again from there.
"""

from collections import deque
from collections.abc import Iterable
from itertools import islice

import wire
from statemodel import Message
from statemodel.plain import canonical
from workflows.run_state import Dead, PostState

ROUTINE_BYTES, ALL_BYTES = 512 * 1024, 1024 * 1024  # the rest is kept for safety messages
SIDE_BY_SIDE = 200  # errands under way at once; the engine allows a run some 2,000
REMEMBERED = 500


class Tray:
    """What is to be sent or reported, each message once, by its id."""

    def __init__(self, state: PostState) -> None:
        self._recipient = state.recipient
        self._waiting = _by_id(state.waiting)
        self._urgent = _by_id(state.urgent)
        self._dead = {dead.message.id: dead for dead in state.unreported}
        self._done = deque(state.done, REMEMBERED)
        held = (*state.waiting, *state.urgent, *(dead.message for dead in state.unreported))
        self._weight = sum(map(_weight, held))

    @property
    def is_empty(self) -> bool:
        return not (self._waiting or self._urgent or self._dead)

    def take(self, message: Message) -> None:
        """Put a message in its place, unless it is known or there is no room."""
        most = ALL_BYTES if message.safety else ROUTINE_BYTES
        if self._knows(message.id) or self._weight + _weight(message) > most:
            return
        self._weight += _weight(message)
        place = self._urgent if message.safety else self._waiting
        place[message.id] = message

    def to_send(self) -> list[Message]:
        """Return every safety message, and the first of the others."""
        first = next(iter(self._waiting.values()), None)
        return [*islice(self._urgent.values(), SIDE_BY_SIDE), *([first] if first else [])]

    def to_report(self) -> list[Dead]:
        return list(islice(self._dead.values(), SIDE_BY_SIDE))

    def sent(self, message: Message) -> None:
        self._leaves(message)
        self._is_done(message)

    def failed(self, message: Message, why: str) -> None:
        """It will never arrive; its case must hear of that."""
        self._leaves(message)
        self._dead[message.id] = Dead(message, why)

    def reported(self, dead: Dead) -> None:
        del self._dead[dead.message.id]
        self._is_done(dead.message)

    def state(self) -> PostState:
        """Return everything that is unsent or unreported, for the next run."""
        return PostState(
            self._recipient,
            tuple(self._waiting.values()),
            tuple(self._done),
            tuple(self._urgent.values()),
            tuple(self._dead.values()),
        )

    def _knows(self, name: str) -> bool:
        return any(name in place for place in (self._waiting, self._urgent, self._dead, self._done))

    def _leaves(self, message: Message) -> None:
        del (self._urgent if message.safety else self._waiting)[message.id]

    def _is_done(self, message: Message) -> None:
        self._weight -= _weight(message)
        self._done.append(message.id)


def _by_id(messages: Iterable[Message]) -> dict[str, Message]:
    return {message.id: message for message in messages}


def _weight(message: Message) -> int:
    return len(canonical(wire.encode(message)))
