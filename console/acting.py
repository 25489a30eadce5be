"""Forms shown and sent: a POST is answered with a redirect, or with the form and what was typed."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import wire
from config import wording
from config.wording import Said
from console.answers import document_of, errors_of, typed
from console.case import A_NAME, about, held
from console.forms import Asked, Choices, Control, controls
from console.given import Given
from console.looking import NOT_GIVEN, Look, look
from console.opening import asking_who, further, in_the_way, open_by
from console.pages import page
from console.rows import MORE, last_of_each
from console.timeline import history, timeline
from console.wording import identity_word, said
from gateway.answers import Accepted, Busy, Hidden, No, NotValid, Unavailable, Unknown
from gateway.asking import Asking
from gateway.concerns import hear
from gateway.viewing import Line, case_seen_by
from readmodel.engine import StoreUnavailable
from statemodel import Case
from statemodel.command import Automatic, Command
from statemodel.commands import COMMANDS, EnterInError, IdentifyNeed, RaiseConcern
from statemodel.law import MachineName
from statemodel.machines import KINDS
from wire.text import ID

LOG = logging.getLogger("baton.console")
STATUS = {"forbidden": 403, "invalid": 422, "unknown": 202, "busy": 429}  # else 409


@dataclass(frozen=True, slots=True)
class Draft:
    """One form on its way: what it asks, about which case and thing, under which id."""

    command: type[Command]
    asked: Asked
    case_id: str = ""
    thing: str = ""
    id: str = ""
    seen: int = 0
    about: str = ""

    @property
    def zone(self) -> str:
        return self.asked.look.given.opening.calendar.zone


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the form came back: a sentence, the case's reasons, and the HTTP status."""

    says: str
    status: int
    reasons: tuple[Said, ...] = ()


async def show_form(given: Given, request: Request) -> Response:
    """A form, empty; the thing it is about is named in the address by an id that tells nothing."""
    looking = await look(given, request)
    draft = await _draft(looking, request, request.query_params.get("thing", ""))
    return _form(replace(draft, asked=asking_who(draft.command, draft.asked)), request, None)


async def send_form(given: Given, request: Request) -> Response:
    """What a person asks, or records; a concern goes its own way, and is never refused."""
    looking, form = await look(given, request), await typed(request)
    if request.path_params.get("command") == RaiseConcern.kind:
        return await _concern(looking, request, form)
    draft = await _draft(looking, request, _one(form, "thing"))
    asked = replace(draft.asked, typed=form)
    given_id, saw = _one(form, "id"), _one(form, "seen")
    draft = replace(draft, asked=asked, id=given_id if ID.fullmatch(given_id) else draft.id)
    draft = replace(draft, seen=int(saw) if saw.isdecimal() and len(saw) < 10 else draft.seen)
    draft = replace(draft, asked=asking_who(draft.command, draft.asked))
    if MORE in form:
        return _form(draft, request, None)
    if not looking.by:
        return _form(draft, request, Trouble(said("nobody_chosen"), 400))
    return await _sent(draft, request)


async def _sent(draft: Draft, request: Request) -> Response:
    asked, given = draft.asked, draft.asked.look.given
    questions = controls(draft.command, asked)
    document = document_of(questions, asked.typed, draft.zone)
    if draft.command.thing:
        document |= {draft.command.thing: draft.thing, "seen": draft.seen}
    try:
        case_id = await _submit(draft, given, document)
    except wire.Invalid as error:
        wrong = replace(asked, errors=errors_of(error, questions, asked.typed))
        missing = all(one.code == "missing" for one in error.problems)
        trouble = Trouble(said("missing" if missing else "invalid"), 422)
        return _form(replace(draft, asked=wrong), request, trouble)
    except Hidden:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, what was typed must not be lost
        # A clear no ends an asking: what is put right is a new one. Otherwise the same goes again.
        is_over = isinstance(error, No) and not isinstance(error, Unknown | Busy)
        draft = replace(draft, id=given.new_id()) if is_over else draft
        draft = replace(draft, asked=replace(draft.asked, beside=further(draft.asked, error)))
        return _form(draft, request, _trouble(asked.look, error))
    return RedirectResponse(f"/cases/{case_id}?done=1", 303)


async def _submit(draft: Draft, given: Given, document: dict[str, Any]) -> str:
    asking = Asking(draft.asked.look.by, draft.id)
    if draft.command is IdentifyNeed:
        return await open_by(given, asking, document)
    command = wire.decode(draft.command, document)
    await given.gateway.submit(draft.case_id, command, asking, wait=True)
    return draft.case_id


async def _concern(looking: Look, request: Request, form: Mapping[str, list[str]]) -> Response:
    """Forgiving from end to end: no name, no id, no case page and no engine are needed (D1)."""
    given, case_id = looking.given, request.path_params["case_id"]
    if not A_NAME.fullmatch(case_id):
        return _nowhere(looking, request)
    asked = Asked(looking, typed=form)
    zone = given.opening.calendar.zone
    document = document_of(controls(RaiseConcern, asked), form, zone)
    their_id = _one(form, "id")
    asking = Asking(looking.by or NOT_GIVEN, their_id if ID.fullmatch(their_id) else given.new_id())
    try:
        done = await hear(given.gateway, case_id, wire.decode_concern(document), asking)
    except Hidden:
        return _nowhere(looking, request)
    kept = "" if isinstance(done, Accepted) else "?kept=1"
    return RedirectResponse(f"/received{kept}", 303)


def _nowhere(looking: Look, request: Request) -> Response:
    """It has reached nobody: say so, and whom to ring instead."""
    says = wording.phrase(wording.Phrase.CONCERN_NOWHERE, looking.words)
    return page(looking, request, "trouble", 404, says=says)


async def show_received(given: Given, request: Request) -> Response:
    """What becomes of a concern now, and whom to ring; it names no case."""
    looking = await look(given, request)
    return page(looking, request, "received", is_kept="kept" in request.query_params)


async def _draft(looking: Look, request: Request, thing: str) -> Draft:
    """Return the form asked for; raises Hidden where there is no such command, case or thing."""
    given, case_id = looking.given, request.path_params.get("case_id", "")
    command = COMMANDS.get(request.path_params.get("command", IdentifyNeed.kind))
    if command is None or issubclass(command, Automatic):
        raise Hidden
    draft = Draft(command, Asked(looking), case_id, thing, given.new_id())
    if command is RaiseConcern or not case_id:
        return draft
    whole, _ = await held(given, case_id)
    case = case_seen_by(looking.viewer, whole)
    seen, lines = _seen(command, case, thing), await history(looking, case_id)
    entries = _entries(looking, case, lines) if command is EnterInError else ()
    asked, meant = Asked(looking, case, entries), about(looking, case, thing, lines)
    return replace(draft, asked=asked, seen=seen, about=meant)


def _seen(command: type[Command], case: Case, thing: str) -> int:
    """Return the version the person is shown; a thing that is not theirs to see is not there."""
    if command.thing is None:
        return 0
    kind: Any = KINDS[MachineName(command.thing)].thing
    found = case.thing(kind, thing)
    if found is None:
        raise Hidden
    return int(found.version)


def _entries(looking: Look, case: Case, lines: tuple[Line, ...]) -> Choices:
    """The entries that a case can still take back: the first opened it, and a strike stays."""
    undos = (one for one in case.undos if not one.struck and one.command != EnterInError.kind)
    kept = {one.version for one in undos if one.version > 1}
    shown = (one for one in timeline(looking, lines) if one.version in kept)
    return tuple((str(one.version), f"{one.version}: {one.title}, {one.at}") for one in shown)


def _trouble(looking: Look, error: Exception) -> Trouble:
    if not isinstance(error, No):
        LOG.warning("a form could not be sent on: %s", type(error).__name__)
        is_worlds = isinstance(error, Unavailable | StoreUnavailable)
        return Trouble(said("unavailable"), 503) if is_worlds else Trouble(said("unexpected"), 500)
    reasons = tuple(wording.say(one, looking.words, looking.who) for one in error.reasons)
    status = STATUS.get(error.code, 409)
    if isinstance(error, NotValid):  # its text is ours, and quotes nothing that was typed
        return Trouble(str(error), status)
    says = in_the_way(error, looking) or said(error.code)
    says = wording.phrase(wording.Phrase.CANNOT_YET) if reasons else says
    return Trouble(says, status, reasons)


def _form(draft: Draft, request: Request, trouble: Trouble | None) -> Response:
    looking, kind = draft.asked.look, draft.command.kind
    questions = controls(draft.command, draft.asked)
    return page(
        looking,
        request,
        "form",
        trouble.status if trouble else 200,
        title=wording.label("command", kind, looking.words),
        says=wording.hint(kind, looking.words),
        about=draft.about,
        controls=questions,
        sections=[(group, tuple(part)) for group, part in groupby(questions, _group)],
        last_rows=set(last_of_each(one.row for one in questions if one.row)),
        trouble=trouble,
        draft=draft,
        another=identity_word("another") if draft.command is IdentifyNeed else "",
        back=f"/cases/{draft.case_id}" if draft.case_id else "/",
        is_concern=draft.command is RaiseConcern,
    )


def _group(question: Control) -> str:
    return question.group


async def act_as(given: Given, request: Request) -> Response:
    """Local mode: choose who one is. Nobody is asked for a password, and every page says so."""
    form = await typed(request)
    by, back = _one(form, "by"), _one(form, "back")
    is_ours = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = RedirectResponse(quote(back, safe="/") if is_ours else "/", 303)
    if ID.fullmatch(by):
        response.set_cookie("baton_as", by, httponly=True, samesite="strict", path="/")
    return response


def _one(form: Mapping[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]
