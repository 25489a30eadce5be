"""The demonstration staged: the house in a folder of its own, the story told, the table shown."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from sqlalchemy import select

from cli.ending import until_told
from cli.gate import Counter, counter
from cli.house import house, say, welcome
from cli.output import show
from cli.processes import Group
from cli.refusals import safety
from cli.story import Story, load_story
from cli.telling import Telling, table
from config.settings import Settings, load_settings
from config.wording import Phrase, phrase
from gateway.devserver import HOST, free_port
from readmodel.desks import desk_claim
from readmodel.messages import counts


async def staged(data: Path | None, *, stop: bool) -> int:
    """Tell the story; with `stop` leave once the table stands, else stay up until told to stop."""
    console = Console(file=sys.stderr)
    with _folder(data) as folder, until_told(console):
        settings = _settings(folder)
        say(console, f"{phrase(Phrase.DEMONSTRATION)}.")
        async with house(settings, console, fast_timers=True) as group:
            await _beside(group, _show(settings, console, _afterwards(settings, data, stop=stop)))
            if stop:
                return 0
            say(console, welcome(settings))
            await group.wait()
    return 0


def _settings(folder: Path) -> Settings:
    return load_settings(
        data=folder,
        temporal_address=f"{HOST}:{free_port()}",
        web_host=HOST,
        web_port=free_port(),
        policy="demonstration",
        calendar="england",
        demonstration=True,
    )


def _afterwards(settings: Settings, data: Path | None, *, stop: bool) -> tuple[str, ...]:
    """Where to look further; nothing that will be gone in a moment."""
    letters = f"Letters are in {settings.data / 'outbox'}"
    if not stop:
        return letters, f"Pages: http://{settings.web_host}:{settings.web_port}/"
    return () if data is None else (letters, f"To see it again: baton demo --data {data}")


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """The folder given, kept; or a passing one, gone afterwards."""
    if data is not None:
        yield data
        return
    made = Path(tempfile.mkdtemp(prefix="baton-demo-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


async def _beside(group: Group, showing: Coroutine[None, None, None]) -> None:
    """Show while the house is kept running; a process that cannot be kept ends both."""
    tasks = asyncio.create_task(showing), asyncio.create_task(group.wait())
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _show(settings: Settings, console: Console, afterwards: tuple[str, ...]) -> None:
    story = load_story()
    async with counter(settings) as at:
        telling = Telling(at, console)
        if await _told_before(at):
            say(console, "This folder's story has been told; here is how its cases stand now.")
            titles = await _cases_as_told(at, story)
        else:
            await telling.tell(story)
            titles = {case.title: telling.cases[case.name] for case in story.cases}
        await _end(at, titles, telling.refusals, afterwards)


async def _end(
    at: Counter, titles: dict[str, str], refusals: list[str], afterwards: tuple[str, ...]
) -> None:
    """The table, what was told, the refusal, and where to look; all on standard output."""
    show(await table(at, titles), "table")
    told = await counts(at.gateway.store)
    said = ", ".join(f"{number} {state.value.replace('_', ' ')}" for state, number in told.items())
    lines = (f"Messages: {said}.", *refusals, safety(at.settings), *afterwards)
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


async def _told_before(at: Counter) -> bool:
    async with at.gateway.store.reading() as connection:
        return (await connection.execute(select(desk_claim.c.case_id).limit(1))).first() is not None


async def _cases_as_told(at: Counter, story: Story) -> dict[str, str]:
    """The cases of an earlier telling, in the order they were opened, under their titles."""
    claimed = select(desk_claim.c.case_id).order_by(desk_claim.c.claimed_at)
    async with at.gateway.store.reading() as connection:
        found = (await connection.execute(claimed)).scalars().all()
    return {case.title: case_id for case, case_id in zip(story.cases, found, strict=False)}
