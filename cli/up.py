"""Everything on one machine: starts, says where to look, stops cleanly, resumes where it was."""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Port = Annotated[int | None, Parameter(help="Of the pages (default 8080, BATON_WEB_PORT).")]
TemporalPort = Annotated[int | None, Parameter(help="Of the Temporal server (default 7233).")]
DataFolder = Annotated[Path | None, Parameter(help="The data folder (default ./baton-data).")]


def up(*, data: DataFolder = None, port: Port = None, temporal_port: TemporalPort = None) -> int:
    """Start everything on this machine, and keep it running until told to stop.

    Temporal server, store, workers, web and watchdog as one group of processes over one data
    folder. Run again, it resumes where it was. Example: `baton up --data ./baton-data`
    """
    return asyncio.run(_up(data, port, temporal_port))


async def _up(data: Path | None, port: int | None, temporal_port: int | None) -> int:
    from rich.console import Console

    from cli.ending import until_told
    from cli.house import house, live_gaps, say, welcome
    from config.settings import load_settings
    from gateway.devserver import HOST

    address = f"{HOST}:{temporal_port}" if temporal_port else None
    settings = load_settings(data=data, web_port=port, temporal_address=address)
    console = Console(stderr=True)
    gaps = live_gaps(settings)
    with until_told(console):
        async with house(settings, console) as group:
            say(console, welcome(settings))
            for line in ("Not fit for real families yet:", *gaps) if gaps else ():
                say(console, f"  {line}")
            say(console, "up")
            await group.wait()
    say(console, "stopped")
    return 0
