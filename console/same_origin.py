"""No page of somebody else's may make a browser act here: the browser says where it comes from."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from console.wording import said

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_PAGES = "/answer/"  # no cookie counts there: the link, which nobody can guess, is the proof


class SameOrigin:
    """Refuses unsafe requests that a browser says come from another site (Sec-Fetch-Site, Origin).

    A program that is no browser sends neither header, and is let through: it has no cookies.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] == "http" and not scope["path"].startswith(OWN_PAGES)
        if guarded and scope["method"] not in SAFE and not is_ours(Headers(scope=scope)):
            refusal = PlainTextResponse(said("other_site"), 403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_ours(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this very origin, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")
