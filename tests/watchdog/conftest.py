"""What each watchdog test asks for: a migrated store on either database, and a real server."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.client import Client

from gateway.devserver import DevServer, dev_server
from readmodel.engine import migrate, open_store, sqlite_url
from tests.conftest import FreshPostgres
from tests.watchdog.kennel import Kennel
from tests.watchdog.plant import Planted


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated, empty store."""
    found = sqlite_url(tmp_path)
    if request.param == "postgresql":
        fresh: FreshPostgres = request.getfixturevalue("fresh_postgres")
        found = fresh()
    await migrate(found)
    return found


@pytest.fixture
async def planted(url: str) -> AsyncIterator[Planted]:
    store = await open_store(url)
    yield Planted(store, datetime.now(UTC))
    await store.close()


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DevServer]:
    async with dev_server(tmp_path_factory.mktemp("temporal"), None) as started:
        yield started


@pytest.fixture
async def kennel(server: DevServer, url: str, planted: Planted) -> AsyncIterator[Kennel]:
    """A watchdog over the planted store and the server; the runs are gone afterwards."""
    made = Kennel(await Client.connect(server.address), url, server.address, planted)
    yield made
    await made.clear()
