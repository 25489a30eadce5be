"""The web: API and console in one application on this machine's loopback, until told to stop."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from ipaddress import ip_address
from typing import ClassVar
from uuid import uuid4

import uvicorn
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import make_api
from api.given import Given as ApiGiven
from config.calendar_files import load_calendar
from config.policies import load_pack
from config.settings import Settings, load_settings
from console.app import make_console
from console.given import Given as ConsoleGiven
from console.same_origin import SameOrigin
from gateway.asking import Opening
from gateway.cases import Gateway
from gateway.connect import run_and_leave
from gateway.leaving import Unavailable
from gateway.spooling import drain
from gateway.wiring import open_gateway

LOG = logging.getLogger("baton.web")
BETWEEN_DRAINS, GRACE = timedelta(seconds=5), timedelta(seconds=10)
OF_THE_API = ("/v1", "/healthz", "/readyz", "/openapi.json")
LOCAL_NAMES = ["127.0.0.1", "localhost"]


class NotLoopback(Unavailable):
    """The address is reachable from elsewhere, and nobody signs in yet. Exit 2."""

    exit_code: ClassVar[int] = 2


def prove_loopback(host: str) -> None:
    """Raise NotLoopback unless only this machine can reach the address."""
    try:
        is_local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise NotLoopback(
            "BATON_WEB_HOST is not this machine's loopback address. Nobody signs in yet, so who "
            "reaches the pages acts as anybody: set it to 127.0.0.1."
        )


def make_web(api: ASGIApp, console: ASGIApp) -> ASGIApp:
    """One application: paths of the API to the API, everything else to the console.

    A page elsewhere can neither post here nor, by a name that leads to this machine, read here.
    """

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        mine = any(path == one or path.startswith(f"{one}/") for one in OF_THE_API)
        await (api if mine else console)(scope, receive, send)

    return TrustedHostMiddleware(SameOrigin(web), allowed_hosts=LOCAL_NAMES, www_redirect=False)


def application(gateway: Gateway, settings: Settings) -> ASGIApp:
    """Return the application over an open gateway."""
    year = gateway.clock().year
    opening = Opening(load_pack(settings.policy), load_calendar(settings.calendar, year))

    async def engine_answers() -> bool:
        return await gateway.engine.client.service_client.check_health(timeout=timedelta(seconds=2))

    api = make_api(ApiGiven(gateway, opening, new_id, engine_answers))
    console = make_console(ConsoleGiven(gateway, opening, new_id, settings.demonstration))
    return make_web(api, console)


def new_id() -> str:
    return uuid4().hex


async def keep_draining(gateway: Gateway) -> None:
    """Deliver concerns that wait on disk, every few seconds, whatever went wrong the last time."""
    while True:
        try:
            delivered = await drain(gateway)
        except Exception as error:  # noqa: BLE001 - whatever it was, the next round must come
            LOG.warning("concerns on disk still wait: %s", type(error).__name__)
        else:
            if delivered:
                LOG.warning("%d concern(s) that waited on disk were delivered", delivered)
        await asyncio.sleep(BETWEEN_DRAINS.total_seconds())


@asynccontextmanager
async def draining(gateway: Gateway) -> AsyncIterator[None]:
    task = asyncio.create_task(keep_draining(gateway))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Server(uvicorn.Server):
    """Says `ready` once it listens."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            sys.stdout.write("ready\n")
            sys.stdout.flush()


async def serve() -> int:
    settings = load_settings()
    prove_loopback(settings.web_host)
    async with open_gateway(settings, identity="baton-web") as gateway:
        config = uvicorn.Config(
            application(gateway, settings),
            host=settings.web_host,
            port=settings.web_port,
            lifespan="off",
            access_log=False,  # addresses of pages name cases
            server_header=False,
            timeout_graceful_shutdown=int(GRACE.total_seconds()),
        )
        async with draining(gateway):
            await Server(config).serve()
    return 0


def main() -> int:
    logging.getLogger("transitions").setLevel(logging.WARNING)
    return asyncio.run(serve())


if __name__ == "__main__":
    run_and_leave(main)
