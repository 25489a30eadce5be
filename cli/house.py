"""The whole house on one machine: Temporal server, four processes, one data folder."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from rich.console import Console

from cli.installation import prepare, prove_calendar
from cli.place import leave_word, policy_of
from cli.processes import Group, children_of, running
from config.policies import check_pack
from config.settings import Settings
from gateway.connect import connect
from gateway.devserver import HOST, PortInUse, dev_server, list_line, prove_free
from gateway.leaving import Unavailable
from gateway.search_attributes import register

LOOPBACK = (HOST, "localhost")


class NotHere(Unavailable):
    """The settings name a server elsewhere, which is not ours to start."""

    exit_code = 2


@asynccontextmanager
async def house(
    settings: Settings, console: Console, *, fast_timers: bool = False
) -> AsyncIterator[Group]:
    """Start everything, each thing ready before the next; on leaving, stop it in reverse.

    Raises Unavailable and its kinds, StoreUnavailable, WrongMasterKey, each with its remedy.
    """
    prove_calendar(settings)
    port = _port(settings)
    prove_web_port(settings)
    async with dev_server(settings.data, port, fast_timers=fast_timers) as server:
        say(console, f"Temporal server ready at {server.address}")
        for line in await prepare(settings):
            say(console, line)
        await register(await connect(settings))
        leave_word(settings)
        async with running(children_of(settings), settings.logs, console) as group:
            group.keep(server)
            yield group


def prove_web_port(settings: Settings) -> None:
    """Raise PortInUse, with the web's own remedy."""
    try:
        prove_free(settings.web_port)
    except PortInUse:
        raise PortInUse(
            f"Port {settings.web_port} on {HOST} is in use, and the pages belong there. Stop what "
            "listens there, or choose another with --port (BATON_WEB_PORT)."
        ) from None


def live_gaps(settings: Settings) -> tuple[str, ...]:
    """Return what keeps the policy from live use, a line each; raises Misused if broken."""
    policy_of(settings)
    return tuple(str(gap) for gap in check_pack(settings.policy, live=True))


def welcome(settings: Settings) -> str:
    """Return where to look, how to list cases, and how to stop."""
    where: Mapping[str, str] = {
        "pages": f"http://{settings.web_host}:{settings.web_port}/",
        "data": str(settings.data),
        "cases": list_line(
            settings.temporal_address, settings.temporal_namespace, 'BatonStage="planning"'
        ),
        "here": f"baton stuck --data {settings.data}",
        "stop": "Ctrl-C, once; twice stops at once",
    }
    return "\n".join(f"{name:>6}  {text}" for name, text in where.items())


def say(console: Console, text: str) -> None:
    """Print a line as it is: no markup, no folding, so that it can be pasted."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _port(settings: Settings) -> int:
    host, _, port = settings.temporal_address.rpartition(":")
    if host not in LOOPBACK:
        raise NotHere(
            f"BATON_TEMPORAL_ADDRESS names a server elsewhere ({settings.temporal_address}). `up` "
            "starts one of its own: unset it, or run the processes beside that server "
            "(docker-compose.yml shows how)."
        )
    return int(port)
