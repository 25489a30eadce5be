"""The real `baton up` and `baton demo` as processes, and whether anything of them is left."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from gateway.devserver import free_port

BATON = (sys.executable, "-P", "-c", "from cli.main import main; main()")
POLICY = """
id = "northshire"
title = "Northshire's own"
use = "live"
nation = "England"
authority = "northshire"
in_force_from = 2026-01-01
checked_on = 2026-11-23
checked_against = "a test"
extends = "england-default"

[safety]
front_door = "01234 567890"
front_door_hours = "Monday to Friday, 9am to 5pm"
out_of_hours = "01234 567891"
lado = "01234 567892"
"""


class Up:
    """One `baton` process whose words are read as they come."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []

    async def until(self, words: str, within: float = 60, *, whole: bool = False) -> None:
        """Read on until a line holds the words, or is them; raises with all that was said."""
        assert self.process.stderr is not None
        async with asyncio.timeout(within):
            while True:
                line = (await self.process.stderr.readline()).decode()
                assert line, self.text
                self.said.append(line.rstrip())
                if line.rstrip() == words or (words in line and not whole):
                    return

    async def is_up(self) -> None:
        await self.until("up", whole=True)

    async def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return await self.ended()

    async def ended(self, within: float = 60) -> int:
        async with asyncio.timeout(within):
            out, err = await self.process.communicate()
        self.said += [*err.decode().splitlines(), *out.decode().splitlines()]
        return self.process.returncode or 0

    @property
    def text(self) -> str:
        return "\n".join(self.said)


@asynccontextmanager
async def baton(*line: str, cwd: Path, env: Mapping[str, str] | None = None) -> AsyncIterator[Up]:
    """Start a command; killed on leaving if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *BATON,
        *line,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield Up(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def ports() -> tuple[str, ...]:
    return "--port", str(free_port()), "--temporal-port", str(free_port())


def left_over(folder: Path) -> list[str]:
    """The command lines of processes that still mention, or work for, a data folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            words = line + (place / "environ").read_bytes().decode(errors="replace")
            where = (place / "cwd").readlink()
        except OSError:
            continue
        ours = f"BATON_DATA={folder}" in words or where == folder
        if ours and place.name != str(os.getpid()):
            found.append(line)
    return found
