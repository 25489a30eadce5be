"""How a long-running command is told to end: once to stop, twice to stop at once."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console


@contextmanager
def until_told(console: Console) -> Iterator[None]:
    """Within, Ctrl-C and SIGTERM end the task in peace: what it holds is stopped, nothing raised.

    A second one makes the stopping impatient: what is still running is killed.
    """
    ending = Ending(console)
    try:
        yield
    except asyncio.CancelledError:
        if not ending.was_asked_for():
            raise
    finally:
        ending.forget()


class Ending:
    """What SIGINT and SIGTERM mean to one task: stop, and when said again, stop at once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._times = 0
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        for which in (signal.SIGINT, signal.SIGTERM):
            self._loop.add_signal_handler(which, self._ask)

    def was_asked_for(self) -> bool:
        """Whether the task was cancelled by us; then it counts as not cancelled any more."""
        for _ in range(self._times):
            self._of().uncancel()
        return self._times > 0

    def forget(self) -> None:
        for which in (signal.SIGINT, signal.SIGTERM):
            self._loop.remove_signal_handler(which)

    def _ask(self) -> None:
        self._times += 1
        self._console.print("stopping" if self._times == 1 else "stopping at once")
        self._of().cancel()

    def _of(self) -> asyncio.Task[Any]:
        if self._task is None:
            raise RuntimeError("only a task can be told to stop")
        return self._task
