"""An installation in one data folder: made where it is not, proved where it is, never guessed."""

from pathlib import Path

from sqlalchemy import select

from cli.people import INVENTED, take_in
from cli.stores import address
from config.settings import Settings
from gateway.leaving import Unavailable
from gateway.stamps import prove_use
from readmodel.desks import desk_case_key
from readmodel.directory import everybody
from readmodel.engine import Store, migrate, open_store
from readmodel.vault import Vault, WrongMasterKey, load_master_key, make_master_key


class PacedLive(Unavailable):
    """A rehearsal's calendar was named for an installation that is no demonstration."""

    exit_code = 2


async def prepare(settings: Settings) -> tuple[str, ...]:
    """Make what is missing, prove what is there; return what was done, a line each.

    Tables, master key and, in a demonstration, invented people. Raises Unavailable,
    StoreUnavailable, WrongMasterKey or OSError before anything is changed that must not be.
    """
    done: list[str] = []
    await migrate(address(settings))
    store = await open_store(address(settings))
    try:
        await prove_use(store, demonstration=settings.demonstration)
        made = await _master_key(store, settings.master_key_file)
        done += [] if settings.demonstration else made  # nothing invented needs a copy of its key
        if settings.demonstration and not await everybody(store):
            await take_in(store, INVENTED)
            done.append("invented people taken into the directory")
    finally:
        await store.close()
    return tuple(done)


def prove_calendar(settings: Settings) -> None:
    """Raise PacedLive for a pace outside a demonstration (D29), InvalidCalendar for no calendar."""
    from config.calendar_files import read_calendar

    if read_calendar(settings.calendar).pace_seconds and not settings.demonstration:
        raise PacedLive(
            f"BATON_CALENDAR: {settings.calendar} runs at a rehearsal's pace and belongs to "
            "`baton demo`. Name one without pace_seconds, such as england."
        )


async def prove_key(store: Store, file: Path) -> None:
    """Raise WrongMasterKey unless the file's key opens what the store holds."""
    one, vault = await _any_case(store), Vault(load_master_key(file), store)
    if one is None:
        return
    try:
        await vault.get(one)
    except WrongMasterKey as error:
        raise WrongMasterKey(f"{file}: {error}") from None


async def _master_key(store: Store, file: Path) -> list[str]:
    """Make the key for a store without one; prove the one there is."""
    if file.exists():  # noqa: ASYNC240 - a look at one file holds nobody up
        await prove_key(store, file)
        return []
    if await _any_case(store) is not None:
        raise WrongMasterKey(
            f"The master key {file} is missing, and this store was encrypted with it. "
            "Restore the file (BATON_MASTER_KEY_FILE); a new key could read nothing."
        )
    make_master_key(file)
    return [f"master key {file.name} made: keep a copy apart from the data"]


async def _any_case(store: Store) -> str | None:
    table = desk_case_key.c
    question = select(table.case_id).where(table.wrapped.is_not(None)).limit(1)
    async with store.reading() as connection:
        found: str | None = (await connection.execute(question)).scalar()
    return found
