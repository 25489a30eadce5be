"""The clock's one timer: put on, put off and put back at once, by whoever has moved the case."""

import asyncio
from datetime import datetime, timedelta

SLACK = timedelta(seconds=1)  # timers are rounded


class Alarm:
    """Set inside handlers, so that a task's order never hangs on which hand woke first.

    The engine may give a case that was not in memory an earlier task's news and a command
    together, and in the next replay one after the other; both must come to the same orders.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._rang_for: datetime | None = None
        self.has_rung = False

    def check(self, now: datetime) -> None:
        """Raise where the engine tells a time before the one its own timer was for.

        A worker that does not hold the case is told so when it is asked how the case stands while a
        task waits. What was decided by that time no replay could repeat: let the asking fail.
        """
        rang_for, self._rang_for = self._rang_for, None
        if rang_for and rang_for - now > SLACK:
            raise RuntimeError("the engine's time is behind its own timer: to be tried again")

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
        self.has_rung, self._rang_for = True, self._at
        self._at = self._timer = None
