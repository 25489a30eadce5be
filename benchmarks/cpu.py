"""Seconds of CPU: of a process, of our own threads by what they do, and of one kind of work."""

import os
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from time import process_time, thread_time
from typing import Any, TypeVar

T = TypeVar("T")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Stopwatch:
    """Sums the CPU seconds of what it is given, and of nothing that runs while that waits."""

    seconds: float = 0.0

    async def timed(self, work: Coroutine[Any, Any, T]) -> T:
        return await _Steps(work, self)


class _Steps(Awaitable[T]):
    """A coroutine, timed from each resumption to where it next waits."""

    def __init__(self, work: Coroutine[Any, Any, T], watch: Stopwatch) -> None:
        self._work, self._watch = work, watch

    def __await__(self) -> Generator[Any, Any, T]:
        step: Callable[[], Any] = partial(self._work.send, None)
        while True:
            start = thread_time()
            try:
                waits_for = step()
            except StopIteration as end:
                result: T = end.value
                return result
            finally:
                self._watch.seconds += thread_time() - start
            try:
                step = partial(self._work.send, (yield waits_for))
            except BaseException as error:  # noqa: BLE001 - the work's to see to, not ours
                step = partial(self._work.throw, error)


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds so far: the server's, ours, and of ours those of each kind of thread."""

    server: float
    ours: float
    loop: float
    workflows: float
    database: float

    def __sub__(self, earlier: "Spent") -> "Spent":
        names = [field.name for field in fields(self)]
        return Spent(*(self.of(name) - earlier.of(name) for name in names))

    @property
    def core(self) -> float:
        """The SDK's own threads, which are no Python threads."""
        return self.ours - self.loop - self.workflows - self.database

    def of(self, kind: str) -> float:
        """Return what one kind of work has used, by its name here."""
        seconds: float = getattr(self, kind)
        return seconds


def spent(server: int) -> Spent:
    """Return what a server process, by its id, and this process have used (Linux only)."""
    kinds = {"loop": 0.0, "workflows": 0.0, "database": 0.0}
    for thread in threading.enumerate():
        kinds[_kind(thread)] += _of(Path(f"/proc/self/task/{thread.native_id}/stat"))
    return Spent(_of(Path(f"/proc/{server}/stat")), process_time(), **kinds)


def _kind(thread: threading.Thread) -> str:
    if thread is threading.main_thread():
        return "loop"
    return "workflows" if "workflow" in thread.name.lower() else "database"


def _of(stat: Path) -> float:
    """Seconds of user and system time: fields 14 and 15, counted after the name in brackets."""
    try:
        after = stat.read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(after[11]) + int(after[12])) / TICKS
