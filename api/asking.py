"""The writing half: one route a command, made in a loop, and a concern that is never refused."""

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

import wire
from api.documents import Answer, Kept
from api.errors import Malformed
from api.given import Given
from api.matches import MatchesShown, match_shown
from api.requests import (
    BatonAs,
    CaseId,
    CaseIdOrReference,
    IdempotencyKey,
    IfMatch,
    is_id,
    json_body,
    key_of,
    read,
    seen,
    who,
    whoever,
)
from api.schemas import body_of, body_of_opening, body_of_search
from gateway.answers import Accepted
from gateway.asking import Asking
from gateway.concerns import hear
from gateway.looking_up import look_up
from gateway.who import who_in
from readmodel.identity import Identity
from statemodel import describe
from statemodel.command import Automatic, Command
from statemodel.commands import COMMANDS, IdentifyNeed, RaiseConcern

Endpoint = Callable[..., Awaitable[Any]]


def asking_routes(given: Given) -> APIRouter:
    """Return a route for each command that people may ask; what only Baton does has none."""
    routes = APIRouter(prefix="/v1", tags=["asking"])
    routes.add_api_route(
        "/cases",
        _opens(given),
        methods=["POST"],
        status_code=201,
        response_model=Answer,
        summary=describe(IdentifyNeed).says,
        openapi_extra={"requestBody": body_of_opening()},
    )
    routes.add_api_route(
        "/children/matches",
        _looks(given),
        methods=["POST"],
        response_model=MatchesShown,
        openapi_extra={"requestBody": body_of_search()},
    )
    for kind, command in COMMANDS.items():
        if issubclass(command, Automatic) or command is IdentifyNeed:
            continue
        concern = command is RaiseConcern
        later: dict[int | str, dict[str, Any]] = {
            202: {"model": Kept, "description": "Kept on this machine's disk; ring now"}
        }
        routes.add_api_route(
            f"/cases/{{case_id}}/{kind}",
            _hears(given) if concern else _asks(given, command),
            methods=["POST"],
            response_model=Answer,
            responses=later if concern else None,
            name=kind,
            summary=describe(command).says,
            openapi_extra={"requestBody": body_of(command)},
        )
    return routes


def _opens(given: Given) -> Endpoint:
    async def open_case(
        request: Request, response: Response, by: BatonAs = None, key: IdempotencyKey = None
    ) -> Answer:
        asking = Asking(who(by), key_of(key))
        document, children = who_in(wire.parse(await json_body(request)))
        command = wire.decode(IdentifyNeed, document)
        opening = replace(given.opening, who=children)
        done = await given.gateway.open_case(command, asking, opening, wait=True)
        response.headers["Location"] = f"/v1/cases/{done.case_id}"
        return Answer(done.case_id, done.version, done.recorded)

    return open_case


def _looks(given: Given) -> Endpoint:
    async def match_children(request: Request, by: BatonAs = None) -> MatchesShown:
        """Look for a child who may be known already: for whoever may open a case, and noted."""
        identity = wire.decode_asked(Identity, wire.parse(await json_body(request)))
        found = await look_up(given.gateway, given.opening, who(by), identity)
        words = given.words
        return MatchesShown(tuple(match_shown(words, one) for one in found), given.safety)

    return match_children


def _asks(given: Given, command: type[Command]) -> Endpoint:
    async def ask(
        request: Request,
        case_id: CaseId,
        by: BatonAs = None,
        key: IdempotencyKey = None,
        saw: IfMatch = None,
    ) -> Answer:
        asking = Asking(who(by), key_of(key))
        document = _with_seen(command, wire.parse(await json_body(request)), seen(saw))
        asked = wire.decode(command, document)
        done = await given.gateway.submit(case_id, asked, asking, wait=True)
        assert isinstance(done, Accepted), "only a concern is ever spooled"
        return Answer(done.case_id, done.version, done.recorded)

    return ask


def _with_seen(command: type[Command], document: Any, saw: int | None) -> Any:
    """If-Match is the thing's `seen`; it may stand in either place, or in both alike."""
    if saw is None or not isinstance(document, dict):
        return document
    if "seen" not in {one.name for one in fields(command)}:
        raise Malformed("if_match_for_nothing", "This command compares no version.")
    if document.get("seen", saw) != saw:
        raise Malformed("if_match_differs", "If-Match and seen name different versions.")
    return {**document, "seen": saw}


def _hears(given: Given) -> Endpoint:
    async def raise_concern(
        request: Request,
        case_id: CaseIdOrReference,
        by: BatonAs = None,
        key: IdempotencyKey = None,
    ) -> Any:
        """Whatever state it arrives in: what is unclear is asked afterwards (practice D1)."""
        body, _ = await read(request)
        concern = wire.decode_concern(body)
        asking = Asking(whoever(by), key if is_id(key) else given.new_id())
        done = await hear(given.gateway, case_id, concern, asking)
        if isinstance(done, Accepted):
            return Answer(done.case_id, done.version, done.recorded)
        kept = Kept(done.case_id, done.receipt, recorded=False, now=given.safety)
        return JSONResponse(wire.encode(kept), 202)

    return raise_concern
