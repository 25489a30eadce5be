"""The clock's one timer: put on, put off and put back at once, by whoever has moved the case."""

import asyncio
from datetime import datetime


class Alarm:
    """Set inside handlers, so that a task's order never hangs on which hand woke first.

    The engine may give a case that was not in memory an earlier task's news and a command
    together, and in the next replay one after the other; both must come to the same orders.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.has_rung = False

    def set(self, at: datetime | None, now: datetime) -> None:
        """Ring at `at`, and not at any time it was set for before; never when None."""
        self.has_rung = False
        if at == self._at:
            return
        if self._timer:
            self._timer.cancel()
        self._at, self._timer = at, None
        if at:
            seconds = (at - now).total_seconds()
            self._timer = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _ring(self) -> None:
        self.has_rung, self._at, self._timer = True, None, None
