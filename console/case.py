"""One case whole: where it stands, in whose hands, what is due and why, what may be done now."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from config import wording
from config.explain import explain, why_then
from config.leads import leading
from config.steps import step
from config.wording import Phrase, Said
from console.given import Given
from console.looking import Look, look
from console.pages import page
from console.plan import assessed, planned, words_of
from console.timeline import history, timeline
from gateway.answers import Hidden, Unavailable
from gateway.viewing import Line, case_seen_by, options_seen_by
from readmodel.claims import case_of
from readmodel.engine import StoreUnavailable
from readmodel.reference import check_reference
from statemodel import Case, Deadline, Desk, Option, Summary, summary
from statemodel.commands import IdentifyNeed, RaiseConcern
from statemodel.decide import WRONG_STATE
from statemodel.planning import Action
from statemodel.things import Lead, Nomination, Task

WITH_THE_MANAGER = frozenset({"proposed", "in_discussion", "asked_late"})
A_NAME = re.compile(r"[A-Za-z0-9_*~$=-]{1,64}")  # an id, or a reference with its check


@dataclass(frozen=True, slots=True)
class Owed:
    """A running deadline in words."""

    what: str
    owner: str
    due: str
    because: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that could be done: a link to its form, or why it cannot be done yet."""

    title: str
    says: str
    about: str
    link: str
    why_not: tuple[Said, ...]
    asks_why: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed lead and where the proposal stands; `asked` while that manager's answer waits."""

    who: str
    asked: str
    state: str


async def show_case(given: Given, request: Request) -> Response:
    """The case page; without an engine it shows what the record holds, and says so."""
    looking, case_id = await look(given, request), request.path_params["case_id"]
    case, is_live = await held(given, case_id)
    seen = case_seen_by(looking.viewer, case)
    told, lines = summary(seen), await history(looking, case_id)
    offers = await _offers(looking, seen, case, lines) if is_live and looking.by else ()
    return page(
        looking,
        request,
        "case",
        case=seen,
        told=told,
        reference=await looking.reference(case_id),
        responsible=await _responsible(looking, told),
        contact=await _contact(looking, told),
        leads=_leads(looking, seen),
        lead_word=wording.filled("{Lead}", looking.words),
        next_step=await _next_step(looking, seen),
        owed=[await _owed(looking, seen, one) for one in seen.running],
        tasks=[await _task(looking, one) for one in seen.open_tasks],
        proposals=_proposals(looking, seen),
        offers=[one for one in offers if not one.why_not],
        not_yet=[one for one in offers if one.why_not],
        is_live=is_live,
        is_done="done" in request.query_params,
        lines=timeline(looking, lines),
        assessed=assessed(looking, seen),
        planned=planned(looking, seen, lines),
        concern=f"/cases/{case_id}/do/{RaiseConcern.kind}",
        pack_safety=wording.safety_line(case.pack, looking.words),
    )


async def held(given: Given, case_id: str) -> tuple[Case, bool]:
    """Return the case and whether its run answered; else as its journal has it. Hidden if none."""
    if not A_NAME.fullmatch(case_id):
        raise Hidden
    try:
        return await given.gateway.snapshot(case_id), True
    except Unavailable:
        return await given.gateway.episodes.folded(case_id), False


async def go(given: Given, request: Request) -> Response:
    """From a reference, as said or typed, to its case; an unknown one shows a page that says so."""
    said = request.path_params.get("reference") or request.query_params.get("reference", "")
    looking = await look(given, request)
    known = check_reference(said[:40])
    try:
        case_id = await case_of(given.gateway.store, known) if known else None
    except StoreUnavailable:  # then at least a concern can be raised, by the reference alone
        return RedirectResponse(f"/cases/{quote(str(known))}/do/{RaiseConcern.kind}", 303)
    if case_id is None:
        return page(looking, request, "no_reference", 404)
    return RedirectResponse(f"/cases/{case_id}", 303)


def _leads(looking: Look, case: Case) -> list[str]:
    """Who leads each child, or that nobody does yet; a child is named where there are several."""
    said = [(child, leading(case, child, looking.words, looking.who)) for child in case.children]
    return [words if len(said) == 1 else f"{child}: {words}" for child, words in said]


async def _responsible(looking: Look, told: Summary) -> str:
    held_by = told.responsible
    words = wording.responsible(held_by, told.accepted_at, looking.words, looking.who)
    return f"{words}, {await looking.on_duty(held_by)}" if isinstance(held_by, Desk) else words


async def _contact(looking: Look, told: Summary) -> str:
    """Who the family knows: whoever is responsible, until somebody else has accepted."""
    return await looking.holder(told.responsible)


async def _next_step(looking: Look, case: Case) -> str:
    if not case.running:
        return wording.phrase(Phrase.NOTHING_DUE, looking.words)
    first = case.running[0]
    what = step(first, case.open_tasks, looking.words)
    return f"{what}: with {await looking.holder(first.owner, what)}; {explain(first.due)}"


async def _owed(looking: Look, case: Case, one: Deadline) -> Owed:
    because = why_then(one.due)
    return Owed(
        what=step(one, case.open_tasks, looking.words),
        owner=await looking.holder(one.owner),
        due=looking.at(one.due.at),
        because=because[:1].upper() + because[1:],
        is_late=one.due.at <= looking.now,
    )


async def _task(looking: Look, one: Task) -> tuple[str, str]:
    what = wording.label("task", one.what.value, looking.words)
    return what, await looking.holder(one.owner)


def _proposals(looking: Look, case: Case) -> list[Proposal]:
    return [
        Proposal(
            looking.who(one.nominee),
            looking.who(one.asked) if one.state in WITH_THE_MANAGER else "",
            wording.label("nomination_state", one.state.value, looking.words),
        )
        for one in case.nominations
    ]


async def _offers(
    looking: Look, seen: Case, case: Case, lines: tuple[Line, ...]
) -> tuple[Offer, ...]:
    """Everything that could be asked: what can be done, and why not the rest."""
    try:
        options = await looking.given.gateway.available(case.id, looking.by)
    except (Hidden, Unavailable):
        return ()
    mine = options_seen_by(looking.viewer, case, options)
    shown = (one for one in mine if one.command != IdentifyNeed.kind and not _is_past(one))
    return tuple(_offer(looking, seen, one, lines) for one in shown)


def _is_past(option: Option) -> bool:
    """An action that is under way is not begun again: nothing to say of it, or to wait for."""
    codes = {reason.code for reason in option.why_not}
    return bool(option.thing) and codes == {WRONG_STATE.code}


def _offer(looking: Look, case: Case, option: Option, lines: tuple[Line, ...]) -> Offer:
    words = looking.words
    link = f"/cases/{case.id}/do/{option.command}"
    return Offer(
        title=wording.label("command", option.command, words),
        says=wording.hint(option.command, words),
        about=about(looking, case, option.thing, lines),
        link=f"{link}?thing={option.thing}" if option.thing else link,
        why_not=tuple(wording.say(one, words, looking.who) for one in option.why_not),
        asks_why=tuple(wording.say(one, words, looking.who) for one in option.asks_why),
    )


def about(looking: Look, case: Case, thing: str, lines: tuple[Line, ...]) -> str:
    """Return which proposal, lead, action or task is meant, where several may wait."""
    found = next((one for one in case.things if one.id == thing), None)
    if isinstance(found, Task):
        return wording.label("task", found.what.value, looking.words)
    if isinstance(found, Action):
        return words_of(looking, found, lines)
    if isinstance(found, Nomination | Lead):
        return looking.who(found.nominee if isinstance(found, Nomination) else found.person)
    return ""
