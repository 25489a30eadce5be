"""An office behind the counter: the real gateway, store and law; the engine is remembered here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from httpx2 import ASGITransport, AsyncClient, Response
from temporalio.exceptions import ApplicationError

import wire
from gateway.asking import Asking, Opening
from gateway.cases import Gateway
from gateway.engine import Ended, Engine, _say_no
from gateway.episodes import Episodes
from gateway.records import Records
from gateway.spool import Spool
from readmodel import journal
from readmodel.claims import reference_of
from readmodel.directory import Listed, put_people
from readmodel.engine import Store, migrate, open_store, sqlite_url
from readmodel.vault import CaseKey, Vault
from statemodel import Case
from statemodel.commands import (
    AcceptNomination,
    AgreeNomination,
    AnyCommand,
    RecordFamilyDecision,
)
from tests import builders as b
from workflows.held import Held
from workflows.run_state import CaseRun

NAMES = {
    "p-ana": "Ana Silva", "p-head": "Hedda Frost", "p-sam": "Sam Okoye", "p-jo": "Jo Brand",
    "p-lee": "Lee Wong", "p-dee": "Dee Adams", "p-cat": "Cat Moor", "p-eve": "Eve Dunn",
    "p-art": "Art Penn", "p-dut": "Dut Hale", "p-ops": "Ola Park",
}  # fmt: skip
HOUSE = CaseKey(b"h" * 32, "house secret")


class RememberedEngine:
    """Runs cases in memory as a workflow would, and hands the journal what a courier would.

    `trouble` is raised instead of any answer, `submit_trouble` instead of a command's;
    `journal_is_down` keeps entries in the outbox.
    """

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store, self._vault = store, vault
        self.now = b.MONDAY
        self.runs: dict[str, Held] = {}
        self.trouble: Exception | None = None
        self.submit_trouble: Exception | None = None
        self.journal_is_down = False

    async def start(self, run: CaseRun) -> None:
        self._maybe()
        self.runs.setdefault(f"{run.case.id}.{run.case.episode}", Held(wire.encode(run)))

    async def submit(
        self, workflow_id: str, document: dict[str, Any], command_id: str, patience: Any = None
    ) -> Any:
        self._maybe()
        if self.submit_trouble is not None:
            raise self.submit_trouble
        held = self._run(workflow_id)
        try:
            acknowledged = held.take(document, self.now)
        except ApplicationError as error:
            _say_no(error)
            raise
        await self.courier(held)
        return acknowledged

    async def snapshot(self, workflow_id: str) -> Case:
        self._maybe()
        return self._run(workflow_id).case

    async def wait_until(self, moment: datetime) -> None:
        """Let every case's clock do what is due by then."""
        for held in self.runs.values():
            while (at := held.next_at()) and at <= moment and held.tick(at):
                await self.courier(held)
        self.now = moment

    async def courier(self, held: Held) -> None:
        while held.outbox and not self.journal_is_down:
            batch = held.batch()
            items = [dict(item) for item in batch["items"]]
            if batch["opening"]:
                items[0]["opening"] = batch["opening"]
            done = await journal.record(self._store, self._vault, items, batch["summary"], self.now)
            assert isinstance(done, journal.Recorded), done
            held.recorded(len(items))

    def _run(self, workflow_id: str) -> Held:
        if workflow_id not in self.runs:
            raise Ended(workflow_id)
        return self.runs[workflow_id]

    def _maybe(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class Office:
    """What a test of an edge works with; time stands still until it is told to move."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.vault = Vault(b"m" * 32, store)
        self.engine = RememberedEngine(store, self.vault)
        engine = cast("Engine", self.engine)
        episodes = Episodes(engine, store, self.vault)
        self.spool = Spool(folder / "spool", HOUSE)
        self.gateway = Gateway(
            engine, store, self.vault, HOUSE, self.spool, self.clock, Records(store), episodes
        )
        self.opening = Opening(b.pack(), b.calendar())
        self.engine_is_up = True
        self._made = 0

    def clock(self) -> datetime:
        return self.engine.now

    def new_id(self) -> str:
        self._made += 1
        return f"made-{self._made}"

    async def engine_answers(self) -> bool:
        return self.engine_is_up

    async def wait(self, **time: float) -> None:
        await self.engine.wait_until(self.engine.now + timedelta(**time))

    async def open(self) -> str:
        """Open a case as Ana; return its id."""
        done = await self.gateway.open_case(
            b.identify(), Asking("p-ana", self.new_id()), self.opening
        )
        return done.case_id

    async def do(self, case_id: str, command: AnyCommand, by: str = "p-ana") -> None:
        await self.gateway.submit(case_id, command, Asking(by, self.new_id()))

    async def proposed(self) -> str:
        """A case with a proposal, `n3`, that waits for Lee's answer."""
        case_id = await self.open()
        await self.do(case_id, b.agreement())
        await self.do(case_id, b.proposal())
        return case_id

    async def led(self) -> str:
        """A case in which manager, practitioner and family have said yes to Sam."""
        case_id = await self.proposed()
        await self.do(case_id, AgreeNomination(nomination="n3", seen=3), "p-lee")
        await self.do(case_id, AcceptNomination(nomination="n3"), "p-sam")
        asked = (b.PARENT,)
        family = RecordFamilyDecision(nomination="n3", seen=4, agrees=True, asked=asked)
        await self.do(case_id, family)
        return case_id

    async def reference(self, case_id: str) -> str:
        found = await reference_of(self.store, case_id)
        assert found
        return found


@asynccontextmanager
async def an_office(folder: Path) -> AsyncIterator[Office]:
    """An office with its directory filled, in a folder of its own."""
    (folder / "baton.db").write_bytes(await asyncio.to_thread(_migrated))
    store = await open_store(sqlite_url(folder))
    await put_people(store, [Listed(one, NAMES.get(one.id, one.id)) for one in b.PEOPLE])
    yield Office(store, folder)
    await store.close()


@cache
def _migrated() -> bytes:
    """A migrated file's bytes; migrated once, copied for each test."""
    folder = Path(mkdtemp(prefix="baton-office-"))
    asyncio.run(migrate(sqlite_url(folder)))
    return (folder / "baton.db").read_bytes()


class Browser:
    """An HTTP client without a browser's manners: it sends what it is told, and follows nothing."""

    def __init__(self, app: Any, host: str = "127.0.0.1") -> None:
        transport = ASGITransport(app=app, raise_app_exceptions=False)
        self._client = AsyncClient(transport=transport, base_url=f"http://{host}:8080")

    async def get(self, path: str, **more: Any) -> Response:
        return await self._client.get(path, **more)

    async def post(self, path: str, **more: Any) -> Response:
        return await self._client.post(path, **more)

    async def ask(self, method: str, path: str, **more: Any) -> Response:
        return await self._client.request(method, path, **more)
