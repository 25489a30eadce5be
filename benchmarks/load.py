"""One round: so many cases through the script, so many at once, until everything is recorded."""

import asyncio
from dataclasses import dataclass
from time import perf_counter

from benchmarks.contestants import Contestant
from benchmarks.cpu import Spent, spent
from benchmarks.script import STEPS
from benchmarks.tally import Tally

PATIENCE = 300.0  # seconds; a round that takes longer is a fault, not a figure


@dataclass(frozen=True, slots=True)
class Round:
    """`seconds` until every case had closed and every outbox was empty; `waits` an update's."""

    name: str
    updates: int
    seconds: float
    waits: tuple[float, ...]
    spent: Spent

    @property
    def rate(self) -> float:
        return self.updates / self.seconds


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases a round has, how many of them are at work at once, on which server."""

    cases: int
    at_once: int
    server: int


async def play(contestant: Contestant, load: Load, name: str) -> Round:
    """Play one round; `name` tells its cases from every other round's."""
    updates = load.cases * len(STEPS)
    tally, gate, waits = Tally(updates), asyncio.Semaphore(load.at_once), list[float]()

    async def one(case_id: str) -> None:
        async with gate:
            await contestant.start(case_id)
            for number in range(len(STEPS)):
                asked = perf_counter()
                await contestant.submit(case_id, number)
                waits.append(perf_counter() - asked)

    async with contestant.worker(tally):
        before, start = spent(load.server), perf_counter()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(one(case_id) for case_id in names(name, load.cases)))
            await tally.done()
        seconds, used = perf_counter() - start, spent(load.server) - before
    return Round(contestant.name, updates, seconds, tuple(waits), used)


def names(name: str, cases: int) -> list[str]:
    """Return a round's case ids."""
    return [f"c{name}x{number}" for number in range(cases)]
