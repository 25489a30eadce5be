"""Baton's processes on one machine: started in order, kept running, stopped in reverse."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from rich.console import Console

from cli.child_log import ChildLog
from config.settings import Settings, as_environment
from gateway.child import end, tied_to_us
from gateway.connect import Unavailable

READY = timedelta(seconds=30)
STOPPING = timedelta(seconds=35)  # a worker takes up to 30 s to finish what it has in hand
MINUTE = 60.0
RESTARTS = 5  # within a minute; after that it is not bad luck any more


class ChildFailed(Unavailable):
    """A process did not become ready, or died too often: the text has its log's last words."""


@dataclass(frozen=True, slots=True)
class Child:
    """What to run. It must write a line `ready`, or a JSON line with the event `ready`."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


class Kept(Protocol):
    """A process that can be waited for and started again: a Running, or the Temporal server."""

    @property
    def name(self) -> str: ...
    async def start(self) -> None: ...
    async def wait(self) -> int: ...


def children_of(settings: Settings) -> tuple[Child, ...]:
    """The four of decision 33, in the order in which they need each other."""
    roots = (
        ("worker", ("worker", "cases")),
        ("post", ("worker", "post")),
        ("web", ("web",)),
        ("watchdog", ("watchdog",)),
    )
    env = as_environment(settings)
    # -P: a stranger's web.py in the working directory must not be taken for ours
    return tuple(Child(name, (sys.executable, "-P", "-m", *root), env) for name, root in roots)


class Restarts:
    """How often something may be started again: five times in any minute."""

    def __init__(self) -> None:
        self._at: list[float] = []

    def allow(self, at: float) -> bool:
        """`at` in seconds, on a clock that never goes back. Counts it when it says yes."""
        self._at = [past for past in self._at if at - past < MINUTE]
        if len(self._at) >= RESTARTS:
            return False
        self._at.append(at)
        return True


class Running:
    """One child, from its start to its end, and again after it died."""

    def __init__(self, child: Child, group: "Group") -> None:
        self.name, self._child, self._group = child.name, child, group
        self.log = ChildLog(group.logs / f"{child.name}.log")
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and running else None

    async def start(self) -> None:
        """Returns when it has said ready. Raises ChildFailed."""
        self._process = process = await self._spawn()
        try:
            async with asyncio.timeout(self._group.ready_within.total_seconds()):
                await self._said_ready(process)
        except TimeoutError:
            await self.stop()
            raise ChildFailed(self._failure("did not become ready in time")) from None

    async def wait(self) -> int:
        return await self._process.wait() if self._process else 0

    async def stop(self, patience: timedelta = STOPPING) -> None:
        if self._process is not None:
            await end(self._process, patience)

    async def _spawn(self) -> asyncio.subprocess.Process:
        try:
            with self.log.opened() as output:
                return await asyncio.create_subprocess_exec(
                    *tied_to_us(self._child.argv),
                    env={**os.environ, "PYTHONUNBUFFERED": "1", **self._child.env},
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    process_group=self._group.leader(),
                )
        except OSError as error:
            raise ChildFailed(f"{self.name} cannot be started: {error.strerror}.") from error

    async def _said_ready(self, process: asyncio.subprocess.Process) -> None:
        while not self.log.says_ready():
            if process.returncode is not None:
                raise ChildFailed(
                    self._failure(f"ended ({process.returncode}) before it was ready")
                )
            await asyncio.sleep(0.05)

    def _failure(self, what: str) -> str:
        return f"{self.name} {what}. {self.log.last_words()} (See {self.log.path}.)"


class Group:
    """The children together, in one process group of their own: Ctrl-C reaches us alone."""

    def __init__(self, logs: Path, console: Console, ready_within: timedelta = READY) -> None:
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.logs, self.ready_within = logs, ready_within
        self._console = console
        self.children: list[Running] = []
        self._keeping: list[asyncio.Task[None]] = []

    async def start(self, child: Child) -> None:
        running = Running(child, self)
        self.children.append(running)
        began = _now()
        with self._console.status(f"starting {child.name}"):
            await running.start()
        self._say(f"{child.name} ready after {_now() - began:.1f} s")
        self.keep(running)

    def keep(self, kept: Kept) -> None:
        """Start it again whenever it dies, within Restarts."""
        self._keeping.append(asyncio.create_task(self._keep(kept, Restarts())))

    async def wait(self) -> None:
        """Returns never; raises ChildFailed when one of them cannot be kept running."""
        done, _ = await asyncio.wait(self._keeping, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """All gone on return, last one first; cancelling it kills those that are left."""
        for task in self._keeping:
            task.cancel()
        try:
            await asyncio.gather(*self._keeping, return_exceptions=True)
            for running in reversed(self.children):
                await running.stop()
        except asyncio.CancelledError:
            for running in reversed(self.children):
                await running.stop(timedelta(0))
            raise

    def leader(self) -> int:
        """The process group to join: that of any child alive; 0, a new one, for the first."""
        for child in self.children:
            with suppress(ProcessLookupError):  # it may die while we ask
                if child.pid:
                    return os.getpgid(child.pid)
        return 0

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    async def _keep(self, kept: Kept, restarts: Restarts) -> None:
        while True:
            code = await kept.wait()
            if not restarts.allow(_now()):
                raise ChildFailed(
                    f"{kept.name} ended {RESTARTS + 1} times within a minute ({code})."
                )
            self._say(f"{kept.name} ended unexpectedly ({code}); starting it again")
            await self._again(kept)

    async def _again(self, kept: Kept) -> None:
        try:
            await kept.start()
        except Unavailable as error:
            self._say(str(error))  # it counts as one more death
        else:
            self._say(f"{kept.name} ready again")


def _now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def running(
    children: Sequence[Child], logs: Path, console: Console, *, ready_within: timedelta = READY
) -> AsyncIterator[Group]:
    """The children, each ready before the next is started; on leaving, all gone, last one first.

    Raises ChildFailed with the log's last words. `ready_within` is for each.
    """
    group = Group(logs, console, ready_within)
    try:
        for child in children:
            await group.start(child)
        yield group
    finally:
        await group.stop()
