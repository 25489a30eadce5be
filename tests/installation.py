"""A whole installation in a folder: real engine, real store, workers here or as child processes."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from temporalio.client import Client

import worker
from config.calendar_files import load_calendar
from config.policies import load_pack
from config.settings import Settings, as_environment, load_settings
from gateway.cases import Asking, Gateway, Opening
from gateway.connect import connect
from gateway.devserver import DevServer, dev_server
from gateway.search_attributes import register
from gateway.wiring import database_of, open_gateway
from readmodel.directory import Listed, put_people
from readmodel.engine import migrate
from readmodel.vault import make_master_key
from statemodel import PersonFacts
from statemodel.commands import AnyCommand
from tests import builders as b

ROOT = Path(__file__).parent.parent
PACED, LIVE = "rehearsal", "england"


@dataclass
class Installation:
    """What a drill works on; `gateway` is this process's own way in."""

    settings: Settings
    server: DevServer
    gateway: Gateway
    plain: Client
    children: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def open(self, calendar: str = PACED) -> str:
        """Open a case and return its id."""
        opening = Opening(load_pack("demonstration"), load_calendar(calendar, b.MONDAY.year))
        accepted = await self.gateway.open_case(b.identify(), self.asking("p-ana"), opening)
        return accepted.case_id

    async def planned(self, calendar: str = PACED) -> str:
        """Open a case whose family agrees to take part."""
        case_id = await self.open(calendar)
        await self.submit(case_id, b.agreement())
        return case_id

    async def proposed(self, calendar: str = PACED) -> str:
        """Open a case with a proposal, so that the four days run; the nomination is `n3`."""
        case_id = await self.planned(calendar)
        await self.submit(case_id, b.proposal())
        return case_id

    async def submit(self, case_id: str, command: AnyCommand, by: str = "p-ana") -> int:
        """Submit under a fresh id and return the acknowledged version."""
        accepted = await self.gateway.submit(case_id, command, self.asking(by))
        return getattr(accepted, "version", 0)

    def asking(self, by: str) -> Asking:
        return Asking(by, uuid4().hex)

    async def start_worker(
        self, kind: str = "cases", root: Path = ROOT
    ) -> asyncio.subprocess.Process:
        """Start `python -m worker` from a source tree, and return once it says ready."""
        environment = {**os.environ, **as_environment(self.settings), "PYTHONPATH": str(root)}
        log = (self.settings.data / f"worker-{kind}.log").open("ab")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "worker", kind),
            cwd=root,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        log.close()
        self.children.append(child)
        assert child.stdout is not None
        line = await asyncio.wait_for(child.stdout.readline(), 30)
        assert line.strip() == b"ready", (self.settings.data / f"worker-{kind}.log").read_text()
        return child

    async def kill(self, child: asyncio.subprocess.Process, number: int = signal.SIGKILL) -> None:
        if child.returncode is None:
            child.send_signal(number)
            await asyncio.wait_for(child.wait(), 40)


def _staff() -> list[PersonFacts]:
    """The builders' people, with the authority's own at the demonstration's desks."""
    authority = load_pack("demonstration").authority
    return [
        replace(person, agency=authority) if person.agency == b.AUTHORITY else person
        for person in b.people()
    ]


@asynccontextmanager
async def installation(
    folder: Path, *, workers_here: bool = True, database: str | None = None
) -> AsyncIterator[Installation]:
    """Set up and start everything in `folder`; nothing is left running afterwards."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(dev_server(folder, None, fast_timers=True))
        settings = load_settings(
            data=folder,
            temporal_address=server.address,
            database_url=database,
            demonstration=True,
            policy="demonstration",
        )
        if not settings.master_key_file.exists():  # a second night over the same folder
            make_master_key(settings.master_key_file)
        await migrate(database_of(settings))
        plain = await connect(settings)
        await register(plain)
        gateway = await stack.enter_async_context(open_gateway(settings))
        await put_people(gateway.store, [Listed(person, person.id) for person in _staff()])
        whole = Installation(settings, server, gateway, plain)
        if workers_here:
            await stack.enter_async_context(worker.case_worker(gateway, settings))
            await stack.enter_async_context(worker.post_worker(gateway, settings))
        try:
            yield whole
        finally:
            for child in whole.children:
                await whole.kill(child, signal.SIGTERM)
