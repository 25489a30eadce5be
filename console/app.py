"""The console as one application: its pages, what goes wrong in words, and headers for all."""

import functools
import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.acting import act_as, send_form, show_form, show_received
from console.answering import send_answer, show_answer, show_trouble
from console.case import go, show_case
from console.given import Given
from console.lists import show_cases, show_needed
from console.looking import look
from console.pages import FOLDER, page
from console.same_origin import OWN_PAGES, SameOrigin
from console.today import show_today
from console.wording import said
from gateway.answers import Hidden, Unavailable
from readmodel.engine import StoreUnavailable
from readmodel.vault import NoKey

LOG = logging.getLogger("baton.console")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ON_OWN_PAGES = {
    "Referrer-Policy": "no-referrer",  # the address is the proof of who somebody is
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
View = Callable[[Given, Request], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]
PAGES: tuple[tuple[str, View, str], ...] = (
    ("/", show_today, "GET"),
    ("/needs-a-person", show_needed, "GET"),
    ("/cases", show_cases, "GET"),
    ("/cases/{case_id}", show_case, "GET"),
    ("/cases/{case_id}/do/{command}", show_form, "GET"),
    ("/cases/{case_id}/do/{command}", send_form, "POST"),
    ("/open", show_form, "GET"),
    ("/open", send_form, "POST"),
    ("/received", show_received, "GET"),
    ("/go", go, "GET"),
    ("/go/{reference}", go, "GET"),
    ("/acting", act_as, "POST"),
    ("/answer/{token}", show_answer, "GET"),
    ("/answer/{token}", send_answer, "POST"),
)


def make_console(given: Given) -> ASGIApp:
    """Return the application; it opens nothing and closes nothing."""
    routes = [Route(path, _view(given, view), methods=[verb]) for path, view, verb in PAGES]
    static = Mount("/static", StaticFiles(directory=FOLDER / "static"))
    troubles = {
        kind: _trouble(given)
        for kind in (Hidden, NoKey, HTTPException, Unavailable, StoreUnavailable, Exception)
    }
    app = Starlette(routes=[*routes, static], exception_handlers=troubles)
    return Headed(SameOrigin(app))


def _view(given: Given, view: View) -> Endpoint:
    return functools.partial(view, given)


def _trouble(given: Given) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def show(request: Request, error: Exception) -> Response:
        status, code = _told(error)
        if status == 500:
            LOG.error("a page could not be shown: %s", type(error).__name__)
        if request.url.path.startswith(OWN_PAGES):
            return await show_trouble(given, request, status)
        return page(await look(given, request), request, "trouble", status, says=said(code))

    return show


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, Hidden | NoKey):
        return 404, "hidden"
    if isinstance(error, HTTPException):
        return error.status_code, "hidden"
    if isinstance(error, Unavailable | StoreUnavailable):
        return 503, "unavailable"
    return 500, "unexpected"


class Headed:
    """Every answer's headers: no script, no frame, nothing kept; the style sheet may be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = ON_OWN_PAGES if scope["path"].startswith(OWN_PAGES) else {}
                for name, value in (HEADERS | own).items():
                    headers[name] = value
                if scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "max-age=3600"
            await send(message)

        await self._app(scope, receive, headed)
