"""Every error on its way out becomes a problem: ours, FastAPI's, and the framework's own."""

import re
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

import wire
from api.errors import STATUSES, WORLDS, Malformed, Nowhere, Told, answer, told
from api.given import Given
from gateway.answers import Hidden, No
from statemodel.commands import RaiseConcern

Handler = Callable[[Request, Exception], Awaitable[Response]]
NOT_ALLOWED = 405


def say_no_as_problems(app: FastAPI, given: Given) -> None:
    """Give the application one handler for each kind of error there is."""
    for kind in (No, wire.Invalid, Malformed, *WORLDS, Exception):
        app.add_exception_handler(kind, _ours(given))
    app.add_exception_handler(RequestValidationError, _odd_request(given))
    app.add_exception_handler(HTTPException, _from_the_framework(app, given))


def _ours(given: Given) -> Handler:
    async def say(request: Request, error: Exception) -> Response:
        return answer(given, told(_nowhere(request) if isinstance(error, Hidden) else error))

    return say


def _nowhere(request: Request) -> Hidden:
    """A concern that finds no case has reached nobody, and that is said."""
    return Nowhere() if request.url.path.endswith(f"/{RaiseConcern.kind}") else Hidden()


def _odd_request(given: Given) -> Handler:
    async def say(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        if any(one["loc"][0] == "path" for one in error.errors()):
            return answer(given, told(_nowhere(request)))  # an id that cannot be is no case
        return answer(given, told(wire.Invalid(_problems(error))))

    return say


def _from_the_framework(app: FastAPI, given: Given) -> Handler:
    async def say(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = STATUSES.get(error.status_code, "Not a request that can be answered")
        code = title.lower().replace(" ", "_")
        said = told(Malformed(code, f"{title}.", error.status_code))
        if error.status_code != NOT_ALLOWED:
            return answer(given, said)
        allow = {"Allow": ", ".join(_allowed(app, request.url.path))}
        return answer(given, Told(said.code, said.kind, headers=allow))

    return say


def _problems(error: RequestValidationError) -> tuple[wire.Problem, ...]:
    """Say where and what kind, never what was sent."""
    return tuple(
        wire.Problem(".".join(str(step) for step in one["loc"]), one["type"], "see openapi.json")
        for one in error.errors()
    )


def _allowed(app: FastAPI, path: str) -> list[str]:
    """Each method has a route of its own: gather them all for this path."""
    found: set[str] = set()
    for template, methods in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
            found |= {method.upper() for method in methods}
    return sorted(found)
