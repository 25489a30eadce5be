"""Answering by link: looking never acts; a person chooses, types their name and presses (D33)."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import wire
from config import wording
from config.wording import Said
from console.answers import typed
from console.by_link import Leads, Opened, opened
from console.given import Given
from console.own_page import managers, stranger, told, whom_to_ring
from console.pages import page
from console.ways import COMMANDS, LONGEST, LONGEST_NAME, NOT_ME, Reply, Way, ways_for
from console.wording import own
from gateway.answers import Busy, Hidden, No, Unavailable, Unknown
from gateway.asking import Asking
from gateway.links import note_answer
from readmodel.engine import StoreUnavailable
from readmodel.vault import NoKey
from statemodel.commands import Command
from statemodel.evolve import payload_hash

STATUS = {Leads.UNKNOWN: 404, Leads.EXPIRED: 410, Leads.DECIDED: 410, Leads.PASSED_ON: 410}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form as it came or goes: the way chosen, what was typed, and what is wrong with it."""

    way: Way | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Said, ...] = ()
    status: int = 200


async def show_answer(given: Given, request: Request) -> Response:
    """Show what a link leads to; GET and HEAD change nothing, whoever opens it and how often."""
    found = await opened(given, request.path_params["token"])
    if not found.is_shown:
        return await _nothing(given, request, found)
    chosen = request.query_params.get("way")
    way = _way(given, found, chosen)
    wrong = chosen is not None and way is None
    return await _form(given, request, found, Sheet(way, errors=_choose() if wrong else {}))


async def send_answer(given: Given, request: Request) -> Response:
    """Take an answer that somebody pressed for; pressed twice it counts once."""
    form = {name: values[0].strip() for name, values in (await typed(request)).items()}
    found = await opened(given, request.path_params["token"])
    if not found.is_shown:
        return await _nothing(given, request, found)
    sheet = Sheet(_way(given, found, form.get("way")), form)
    sheet = replace(sheet, errors=_errors(given, found, sheet))
    if sheet.errors:
        return await _form(given, request, found, replace(sheet, status=422))
    return await _sent(given, request, found, sheet)


async def show_trouble(given: Given, request: Request, status: int) -> Response:
    """What goes wrong on such a page tells no more than any other link that leads nowhere."""
    code = "unknown" if status in (404, 405) else "trouble"
    return await _plain(given, request, code, status)


async def _sent(given: Given, request: Request, found: Opened, sheet: Sheet) -> Response:
    link, way = found.link, sheet.way
    assert link
    assert way
    try:
        command = _command(found, sheet)
        asking = Asking(link.person, _asking_id(link.digest, command))
        await given.gateway.submit(link.case_id, command, asking, wait=True)
        await note_answer(given.gateway, link, way.code, sheet.typed["name"])
    except (Hidden, NoKey):
        return await _plain(given, request, "unknown", 404)
    except (wire.Invalid, No) as error:
        return await _refused(given, request, sheet, error)
    return RedirectResponse(request.url.path, 303)


async def _refused(given: Given, request: Request, sheet: Sheet, error: Exception) -> Response:
    """Somebody may have been first: then the page says what happened; else what is in the way."""
    if isinstance(error, Unknown | Busy | Unavailable | StoreUnavailable):
        raise Unavailable from error
    found = await opened(given, request.path_params["token"])
    if not found.is_shown:
        return await _nothing(given, request, found)
    look = await stranger(given)
    unmet = getattr(error, "reasons", ())
    reasons = tuple(wording.say(one, look.words, look.who) for one in unmet)
    again = {"": own()["by_link_problem"]["again"]}
    return await _form(
        given, request, found, replace(sheet, errors=again, reasons=reasons, status=409)
    )


async def _form(given: Given, request: Request, found: Opened, sheet: Sheet) -> Response:
    look, case, held, link = await stranger(given), found.case, found.held, found.link
    assert case
    assert held
    assert link
    is_copy = found.leads is Leads.COPY
    facts = await told(look, case, held, link.person)
    return page(
        look,
        request,
        "own_copy" if is_copy else "own_question",
        sheet.status,
        told=facts,
        ways=ways_for(held, facts.who, is_copy=is_copy),
        sheet=sheet,
        people=managers(look, held),
        deputy=held.deputy or "",
        seen=held.version,
        was_used=found.was_used,
        ring=await whom_to_ring(look),
        front_door=_front_door(given),
    )


async def _nothing(given: Given, request: Request, found: Opened) -> Response:
    if found.leads is Leads.UNKNOWN:
        address = request.client.host if request.client else ""
        if given.misses.too_often(address, given.gateway.clock()):
            return await _plain(given, request, "too_often", 429)
    if found.was_used and found.leads in (Leads.DECIDED, Leads.PASSED_ON):
        return await _plain(given, request, "answered", 200)
    return await _plain(given, request, found.leads.value, STATUS[found.leads])


async def _plain(given: Given, request: Request, code: str, status: int) -> Response:
    look = await stranger(given)
    words: dict[str, Any] = {
        "title": own()["by_link"][code],
        "says": own()["by_link_says"][code],
        "ring": await whom_to_ring(look),
        "front_door": _front_door(given),
    }
    return page(look, request, "own_nothing", status, **words)


def _front_door(given: Given) -> str:
    safety = given.opening.pack.safety
    return safety.front_door if safety else ""


def _way(given: Given, found: Opened, code: str | None) -> Way | None:
    held = found.held
    assert held
    if code not in COMMANDS:
        return None
    is_copy = found.leads is Leads.COPY
    return next((one for one in ways_for(held, "", is_copy=is_copy) if one.code == code), None)


def _choose() -> dict[str, str]:
    return {"way": own()["by_link_problem"]["choose"]}


def _errors(given: Given, found: Opened, sheet: Sheet) -> dict[str, str]:
    """Return what is missing or too long, by field."""
    words, way = own()["by_link_problem"], sheet.way
    if way is None:
        return _choose()
    name, text = sheet.typed.get("name", ""), sheet.typed.get("text", "")
    checks = (
        ("name", "name", not name),
        ("name", "long", len(name) > LONGEST_NAME),
        ("text", "text", way.needs_text and not text),
        ("text", "long", len(text) > LONGEST),
        ("picked", "pick", bool(way.pick) and not sheet.typed.get("picked")),
    )
    return {where: words[code] for where, code, is_wrong in reversed(checks) if is_wrong}


def _command(found: Opened, sheet: Sheet) -> Command:
    """Return what is asked, read as strictly as any other form; raises wire.Invalid."""
    held, way = found.held, sheet.way
    assert held
    assert way
    seen = sheet.typed.get("seen", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    text = sheet.typed.get("text", "") if way.ask else ""
    command = COMMANDS[way.code](Reply(held.id, version, text, sheet.typed.get("picked", "")))
    return wire.decode(type(command), wire.encode(command))


def _asking_id(digest: str, command: Command) -> str:
    """The same answer by the same link has the same id, and so counts once."""
    return "link-" + sha256(f"{digest}/{command.kind}/{payload_hash(command)}".encode()).hexdigest()


__all__ = ["NOT_ME", "send_answer", "show_answer", "show_trouble"]
