"""Lists: the cases behind a figure, and everything that needs a person, with its remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from config import wording
from config.steps import task_step
from console.given import Given
from console.looking import Look, look
from console.pages import page
from console.times import since_text
from console.wording import condition, standing, why
from gateway.answers import Hidden
from gateway.lists import cases_for, stuck_for
from readmodel.conditions import Condition, Stuck
from readmodel.queries import CaseRow, Filter, Standing, case_row
from statemodel import Desk, Holder, Person, Role, Stage
from statemodel.things import DeadlineKind, TaskKind

LONG = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a list shows it."""

    case_id: str
    reference: str
    status: str
    responsible: str
    next_step: str
    due: str
    is_late: bool
    concerns: int


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that needs a person, in words."""

    case_id: str
    reference: str
    says: str
    detail: str
    since: str
    did: str
    remedy: str


async def show_cases(given: Given, request: Request) -> Response:
    """The list behind a figure; filters that nobody knows show a page that is not there."""
    looking, asked = await look(given, request), request.query_params
    wanted, title = _wanted(looking, asked)
    after = asked.get("after")
    place = await case_row(given.gateway.store, after) if after else None
    found = await cases_for(given.gateway, looking.viewer, wanted, place, LONG)
    rows = [await _row(looking, one) for one in found.rows]
    kept = {name: asked[name] for name in ("stage", "standing") if name in asked}
    further = f"/cases?{urlencode(kept | {'after': found.after})}" if found.after else ""
    return page(looking, request, "cases", title=title, rows=rows, further=further)


def _wanted(looking: Look, asked: Mapping[str, str]) -> tuple[Filter, str]:
    try:
        stage = Stage(asked["stage"]) if "stage" in asked else None
        how = Standing(asked["standing"]) if "standing" in asked else None
    except ValueError:
        raise Hidden from None
    titles = [standing(how.value)] if how else []
    titles += [wording.label("stage", stage.value, looking.words)] if stage else []
    wanted = Filter(looking.now, stage.value if stage else None, how)
    return wanted, ", ".join(titles) or "All cases"


async def _row(looking: Look, row: CaseRow) -> Row:
    held, words = holder_of(row.responsible_kind, row.responsible), looking.words
    told = wording.responsible(held, row.accepted_at, words, looking.who)
    if isinstance(held, Desk):
        told = f"{told}, {await looking.on_duty(held)}"
    step = _step(row, words) if row.next_step else ""
    return Row(
        case_id=row.case_id,
        reference=await looking.reference(row.case_id),
        status=wording.label("status", row.status, words),
        responsible=told,
        next_step=step or wording.phrase(wording.Phrase.NOTHING_DUE, words),
        due=looking.at(row.next_due) if row.next_due else "",
        is_late=row.next_due is not None and row.next_due <= looking.now,
        concerns=row.open_concerns,
    )


def _step(row: CaseRow, words: Mapping[str, str]) -> str:
    """A row tells a task from other dates, and from other tasks only where all are concerns."""
    all_concerns = 0 < row.open_concerns == row.open_tasks
    if row.next_step == DeadlineKind.TASK and all_concerns:
        return task_step(TaskKind.CONCERN, words)
    return wording.label("deadline", row.next_step, words)


def holder_of(kind: str | None, id_: str | None) -> Holder | None:
    """Return the person or desk that a column names; a desk's id is `role.agency`."""
    if not kind or not id_:
        return None
    if kind == "person":
        return Person(id_)
    role, agency = id_.split(".", 1)
    return Desk(Role(role), agency)


async def show_needed(given: Given, request: Request) -> Response:
    """What needs a person, the most urgent first (practice D14, D38)."""
    looking = await look(given, request)
    found = await stuck_for(given.gateway, looking.viewer, looking.now)
    items = [await _needed(looking, one) for one in found]
    return page(looking, request, "needs_a_person", items=items)


async def _needed(looking: Look, one: Stuck) -> Needed:
    code, words = one.condition.value, looking.words
    return Needed(
        case_id=one.case_id,
        reference=await looking.reference(one.case_id) if one.case_id else "",
        says=condition(code, "says", words),
        detail=_detail(looking, one),
        since=since_text(looking.given.opening.calendar, one.since, looking.now),
        did=condition(code, "did", words),
        remedy=condition(code, "remedy", words),
    )


def _detail(looking: Look, one: Stuck) -> str:
    """Return a condition's particulars in words: which date, which desk, who."""
    parts = [_part(looking, code) for code in one.detail]
    if one.condition is Condition.OVERDUE:
        what, _, owner = parts
        return f"{wording.label('deadline', one.detail[0], looking.words) or what}: {owner}"
    if one.condition is Condition.OPEN_CONCERN:
        return f"{parts[0]} open"
    if one.condition in (Condition.DIVERGED, Condition.JOURNAL_LAG, Condition.PROJECTION_BEHIND):
        return f"entry {', '.join(parts)}"
    return ", ".join(parts)


def _part(looking: Look, code: str) -> str:
    role, _, agency = code.partition(".")
    if agency and role in frozenset(Role):
        return wording.holder(Desk(Role(role), agency), looking.words)
    if code in looking.names:
        return looking.who(code)
    told = wording.label("purpose", code, looking.words)
    return told if told != code.replace("_", " ") else why(code)
