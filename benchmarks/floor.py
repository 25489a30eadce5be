"""What a case costs beside the same work with nothing in it: two ratios, and where time goes."""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.alone import alone
from benchmarks.contestants import Barest, Contestant, Ours, Shaped
from benchmarks.load import Load, Round, names, play
from benchmarks.report import Figures, report
from benchmarks.weight import weigh
from config.calendar_files import load_calendar
from config.policies import load_pack
from config.settings import load_settings
from gateway.connect import connect, run_and_leave
from gateway.devserver import dev_server
from gateway.search_attributes import register
from gateway.wiring import database_of, open_gateway
from readmodel.engine import Store, migrate
from readmodel.tables import record_entry, view_case
from readmodel.vault import make_master_key
from statemodel import CURRENT_EDITION, Case

ROUNDS, CASES, AT_ONCE = 5, 60, 20


@dataclass(frozen=True, slots=True)
class Field:
    """The three that are compared, and what their rounds are played with."""

    ours: Ours
    others: tuple[Contestant, ...]
    load: Load

    async def rounds(self, number: int) -> list[Round]:
        """Play so many rounds of each, by turns, another one first each time."""
        all_three: tuple[Contestant, ...] = (self.ours, *self.others)
        await self._warm(all_three)
        self.ours.store.seconds = self.ours.codec.seconds = 0.0
        played: list[Round] = []
        for turn in range(number):
            for place in range(len(all_three)):
                contestant = all_three[(turn + place) % len(all_three)]
                played.append(await self._play(contestant, f"r{turn}p{place}", self.load))
        return played

    async def _warm(self, all_three: tuple[Contestant, ...]) -> None:
        few = Load(min(self.load.cases, self.load.at_once), self.load.at_once, self.load.server)
        for place, contestant in enumerate(all_three):
            await self._play(contestant, f"w{place}", few)

    async def _play(self, contestant: Contestant, name: str, load: Load) -> Round:
        if contestant is not self.ours:
            return await play(contestant, load, name)
        await self.ours.make_keys(names(name, load.cases))
        played = await play(contestant, load, name)
        await prove(self.ours.gateway.store, name, played)
        return played


async def prove(store: Store, name: str, played: Round) -> None:
    """Raise unless the journal has every update of a round, and every case of it has closed."""
    mine = f"c{name}x%"
    entries = select(func.count()).where(record_entry.c.case_id.like(mine))
    closed = select(func.sum(view_case.c.version)).where(
        view_case.c.case_id.like(mine), view_case.c.stage == "closed"
    )
    async with store.reading() as connection:
        found = [(await connection.execute(one)).scalar() for one in (entries, closed)]
    if found != [played.updates, played.updates]:
        raise RuntimeError(f"journalled and closed: {found}, of {played.updates} updates each")


async def measure(rounds: int, cases: int, at_once: int, folder: Path) -> Figures:
    """Set up a server and a store in `folder`, play, and leave nothing running."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(dev_server(folder, None))
        settings = load_settings(data=folder, temporal_address=server.address, demonstration=True)
        make_master_key(settings.master_key_file)
        await migrate(database_of(settings))
        plain = await connect(settings)
        await register(plain)
        gateway = await stack.enter_async_context(open_gateway(settings))
        now = datetime.now(UTC)
        pack, calendar = load_pack("demonstration"), load_calendar("england", now.year)
        case = Case("c" + "a" * 26, pack, calendar, CURRENT_EDITION)
        others = (Shaped(plain, weigh(case, now)), Barest(plain))
        field = Field(Ours.of(gateway, case), others, Load(cases, at_once, server.pid))
        played = await field.rounds(rounds)
        watches = (field.ours.store.seconds, field.ours.codec.seconds)
        return Figures(tuple(played), alone(case, now), *watches)


def main(argv: list[str] | None = None) -> int:
    """Measure and print; returns 0, or raises when anything acknowledged is not in the journal."""
    logging.getLogger("transitions").setLevel(logging.WARNING)
    asked = _asked(argv)
    with tempfile.TemporaryDirectory(prefix="baton-floor-") as folder:
        figures = asyncio.run(measure(asked.rounds, asked.cases, asked.at_once, Path(folder)))
    for line in _headed(asked, report(figures)):
        print(line)
    return 0


def _headed(asked: argparse.Namespace, lines: Iterator[str]) -> Iterator[str]:
    yield (
        f"{asked.rounds} rounds each, by turns; {asked.cases} cases a round, {asked.at_once} at "
        "once; every update of ours is in the journal, every case has closed"
    )
    yield from lines


def _asked(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.floor", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--cases", type=int, default=CASES, help="cases a round")
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    return parser.parse_args(argv)


if __name__ == "__main__":
    run_and_leave(lambda: main(sys.argv[1:]))
