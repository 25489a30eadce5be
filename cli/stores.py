"""The store as a command opens it: what is missing is said before a driver stumbles over it."""

from importlib.util import find_spec

from config.settings import Settings
from gateway.wiring import database_of
from readmodel.engine import Store, StoreUnavailable, open_store


def address(settings: Settings) -> str:
    """Return the store's URL; raises StoreUnavailable where its driver is not installed."""
    url = database_of(settings)
    if url.startswith("postgresql") and find_spec("psycopg") is None:
        raise StoreUnavailable("PostgreSQL needs its driver: `uv sync --extra postgres`")
    return url


def prove_there(settings: Settings) -> None:
    """Raise StoreUnavailable, with its remedy, where there is nothing to open."""
    address(settings)
    if settings.database_url is None and not settings.database_file.is_file():
        raise StoreUnavailable(
            f"{settings.data} holds no Baton data: `baton up --data {settings.data}` makes it, or "
            "name the folder that does with --data (BATON_DATA)"
        )


async def opened(settings: Settings) -> Store:
    """Open the store itself, without the engine; raises StoreUnavailable and its kinds."""
    prove_there(settings)
    return await open_store(address(settings))
