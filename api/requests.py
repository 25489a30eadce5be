"""What a request carries besides its path: who asks, under which id, what they saw, the body."""

import re
from typing import Annotated, TypeGuard

from fastapi import Header, Path, Request

from api.errors import Malformed
from wire import BODY_BYTES

AN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
A_VERSION = re.compile(r'"?([0-9]{1,9})"?')
NOT_GIVEN = "not-given"

CaseId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="The case, by its random id"),
]
CaseIdOrReference = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9_*~$=-]{1,64}$",
        description="The case, by its random id or by what people call it on the telephone",
    ),
]
BatonAs = Annotated[
    str | None,
    Header(
        alias="Baton-As",
        description="Local mode: the id of the person who asks. There is no sign-in yet, so Baton "
        "answers on this machine's own loopback address only.",
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Your own id for this asking, kept over retries: asked twice, answered once.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description="The version of the thing that the person saw; the same as `seen`.",
    ),
]


def who(given: str | None) -> str:
    """Return who asks; raises Malformed where nobody is named, or by no id."""
    if given is None:
        raise Malformed("baton_as_missing", "Say who asks: the header Baton-As with a person's id.")
    if not AN_ID.fullmatch(given):
        raise Malformed("baton_as_malformed", "Baton-As is a person's id: letters, digits, _ . : -")
    return given


def is_id(given: str | None) -> TypeGuard[str]:
    return given is not None and AN_ID.fullmatch(given) is not None


def whoever(given: str | None) -> str:
    """Return who asks, as far as can be told: a reader without a name, or a concern's raiser."""
    return given if is_id(given) else NOT_GIVEN


def key_of(given: str | None) -> str:
    """Return the caller's id for this asking; raises Malformed without one."""
    if given is None:
        raise Malformed("idempotency_key_missing", "Give the header Idempotency-Key, new for each.")
    if not AN_ID.fullmatch(given):
        raise Malformed("idempotency_key_malformed", "At most 64 letters, digits, _ . : and -.")
    return given


def seen(given: str | None) -> int | None:
    """Return the version that If-Match names, None without one; raises Malformed."""
    if given is None:
        return None
    found = A_VERSION.fullmatch(given)
    if found is None:
        raise Malformed("if_match_malformed", 'If-Match is the version you saw, as in "7".')
    return int(found[1])


async def json_body(request: Request) -> bytes:
    """Return a body of JSON; raises Malformed for another media type, or more than 256 KiB."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Malformed("not_json", "Send application/json.", 415)
    body, whole = await read(request)
    if not whole:
        raise Malformed("too_large", f"At most {BODY_BYTES} bytes.", 413)
    return body


async def read(request: Request) -> tuple[bytes, bool]:
    """Return the first 256 KiB of a body, and whether that is all of it."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            return bytes(body[:BODY_BYTES]), False
    return bytes(body), True
