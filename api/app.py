"""The API as one application: routes, one way of saying no, health, and an OpenAPI document."""

import asyncio
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

import wire
from api.asking import asking_routes
from api.documents import Health, Problem
from api.errors import MEDIA
from api.given import Given
from api.handlers import say_no_as_problems
from api.reading import reading_routes
from readmodel.directory import facts_for
from readmodel.engine import StoreUnavailable

TITLE = "Baton"
SAYS = (
    "Case orchestration for children's early help. Local mode: there is no sign-in yet, Baton "
    "listens on this machine's loopback address alone, and the header `Baton-As` says who asks. "
    "Every answer that is not a yes is an RFC 9457 problem with every reason at once. "
    "A concern (`raise_concern`) is never refused."
)
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "description": says, "content": {MEDIA: {}}}
    for code, says in {
        400: "A header is missing or malformed",
        403: "Not for this person",
        404: "There is no such case for you",
        409: "Cannot be done yet, or somebody was first",
        413: "More than 256 KiB",
        415: "Not JSON",
        422: "Not a valid document",
        429: "Others are at this case",
        503: "Store or engine is down",
    }.items()
}
ENGINE_WITHIN = 3.0


def make_api(given: Given) -> FastAPI:
    """Return the application; it opens nothing and closes nothing."""
    app = FastAPI(
        title=TITLE,
        version="1",
        description=SAYS,
        responses=PROBLEMS,
        docs_url=None,  # its page wants scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.include_router(reading_routes(given))
    app.include_router(asking_routes(given))
    _health(app, given)
    say_no_as_problems(app, given)
    app.middleware("http")(_private)
    return app


def _health(app: FastAPI, given: Given) -> None:
    @app.get("/healthz", tags=["health"])
    async def healthz() -> Health:
        """The process answers."""
        return Health("ok")

    @app.get("/readyz", response_model=Health, tags=["health"])
    async def readyz() -> JSONResponse:
        """Store and engine answer, too; with either down a concern is still taken."""
        store, engine = await asyncio.gather(_store(given), _engine(given))
        well = store == engine == "ok"
        health = Health("ok" if well else "down", store, engine)
        return JSONResponse(wire.encode(health), 200 if well else 503)


async def _store(given: Given) -> str:
    try:
        await facts_for(given.gateway.store, [])
    except StoreUnavailable:
        return "down"
    return "ok"


async def _engine(given: Given) -> str:
    try:
        async with asyncio.timeout(ENGINE_WITHIN):
            return "ok" if await given.engine_answers() else "down"
    except TimeoutError:
        return "down"


async def _private(request: Request, call_next: Any) -> Any:
    """Nothing of a case is kept by a browser or guessed at from a name."""
    response = await call_next(request)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
