"""What every root that reaches cases needs, opened in order and closed in reverse."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from config.settings import Settings
from gateway.cases import Gateway
from gateway.codec import CaseCodec, house_key
from gateway.connect import connect
from gateway.engine import Engine
from gateway.episodes import Episodes
from gateway.records import Records
from gateway.spool import Spool
from gateway.stamps import prove_use
from readmodel.engine import open_store, sqlite_url
from readmodel.vault import Vault, load_master_key

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The one wall clock of a root; everything below takes the time as an argument."""
    return datetime.now(UTC)


def database_of(settings: Settings) -> str:
    return settings.database_url or sqlite_url(settings.data)


@asynccontextmanager
async def open_gateway(
    settings: Settings, *, identity: str | None = None, clock: Clock = utc_now
) -> AsyncIterator[Gateway]:
    """Open store, keys and engine; raises Unavailable, StoreUnavailable or WrongMasterKey.

    WrongStore, an Unavailable, is a demonstration's store opened for real use, or the reverse.
    """
    master = load_master_key(settings.master_key_file)
    house = house_key(master)
    store = await open_store(database_of(settings))
    try:
        await prove_use(store, demonstration=settings.demonstration)
        vault = Vault(master, store)
        client = await connect(settings, codec=CaseCodec(vault, house), identity=identity)
        spool = Spool(settings.data / "spool", house)
        engine = Engine(client, settings.case_queue)
        episodes = Episodes(engine, store, vault)
        records, demo = Records(store), settings.demonstration
        yield Gateway(engine, store, vault, house, spool, clock, records, episodes, demo)
    finally:
        await store.close()
