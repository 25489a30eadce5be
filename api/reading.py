"""The reading half: a case, what may be done, its history, the lists. Nothing here changes it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query

import wire
from api.documents import (
    CaseShown,
    Figure,
    Figures,
    History,
    Options,
    Row,
    Rows,
    StuckList,
    StuckShown,
)
from api.errors import Malformed
from api.given import Given
from api.requests import BatonAs, CaseId, who, whoever
from api.showing import case_shown, entry_shown, option_shown, whom
from config.wording import label
from gateway.lists import cases_for, stuck_for, today_for
from gateway.viewing import (
    case_seen_by,
    history_seen_by,
    options_seen_by,
    tasks_in,
    viewer,
)
from readmodel.journal import read_entries
from readmodel.queries import CaseRow, Count, Filter, Standing, case_row
from statemodel import Entry, Stage

Endpoint = Callable[..., Awaitable[Any]]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many")]
After = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
Someone = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_.:-]+$", max_length=130)]


def reading_routes(given: Given) -> APIRouter:
    """Return the GET routes; who reads decides whether private concerns are in them (D3)."""
    routes = APIRouter(prefix="/v1", tags=["reading"])
    routes.add_api_route("/cases", _lists(given), response_model=Rows)
    routes.add_api_route("/cases/{case_id}", _case(given), response_model=CaseShown)
    routes.add_api_route("/cases/{case_id}/available", _available(given), response_model=Options)
    routes.add_api_route("/cases/{case_id}/history", _history(given), response_model=History)
    routes.add_api_route("/today", _today(given), response_model=Figures)
    routes.add_api_route("/needs-a-person", _stuck(given), response_model=StuckList)
    return routes


def _case(given: Given) -> Endpoint:
    async def read_case(case_id: CaseId, by: BatonAs = None) -> CaseShown:
        """Where the case stands, who is responsible, and each deadline explained."""
        looker = await viewer(given.gateway.store, whoever(by))
        case = await given.gateway.snapshot(case_id)
        return case_shown(given, case_seen_by(looker, case))

    return read_case


def _available(given: Given) -> Endpoint:
    async def read_available(case_id: CaseId, by: BatonAs = None) -> Options:
        """What this person may ask now, and every reason why not the rest."""
        asker = who(by)
        looker = await viewer(given.gateway.store, asker)
        options = await given.gateway.available(case_id, asker)
        case = await given.gateway.snapshot(case_id)
        shown = options_seen_by(looker, case, options)
        return Options(case_id, tuple(option_shown(given, one) for one in shown), given.safety)

    return read_available


def _history(given: Given) -> Endpoint:
    async def read_history(case_id: CaseId, by: BatonAs = None) -> History:
        """Its entries in codes and words; refused attempts are elsewhere, struck ones marked."""
        looker = await viewer(given.gateway.store, whoever(by))
        plain = await read_entries(given.gateway.store, given.gateway.vault, case_id)
        if not plain:
            await given.gateway.snapshot(case_id)  # Hidden, unless the journal is only behind
        entries = (wire.decode(Entry, one) for one in plain)
        lines = history_seen_by(looker, entries)
        shown = tuple(entry_shown(given, one, tasks_in(lines)) for one in lines)
        return History(case_id, shown, given.safety)

    return read_history


def _lists(given: Given) -> Endpoint:
    async def list_cases(  # noqa: PLR0913, PLR0917 - one parameter a filter
        stage: Stage | None = None,
        standing: Standing | None = None,
        responsible: Someone = None,
        after: After = None,
        limit: Limit = 50,
        by: BatonAs = None,
    ) -> Rows:
        """Cases a page at a time; `after` is the `next` of the page before."""
        looker = await viewer(given.gateway.store, whoever(by))
        now = given.gateway.clock()
        wanted = Filter(now, stage.value if stage else None, standing, responsible)
        page = await cases_for(given.gateway, looker, wanted, await _place(given, after), limit)
        return Rows(now, tuple(_row(one) for one in page.rows), page.after)

    return list_cases


async def _place(given: Given, after: str | None) -> CaseRow | None:
    if after is None:
        return None
    place = await case_row(given.gateway.store, after)
    if place is None:
        raise Malformed("after_unknown", "`after` is the `next` of the page before.")
    return place


def _row(row: CaseRow) -> Row:
    return Row(
        case_id=row.case_id,
        version=row.version,
        stage=row.stage,
        status=row.status,
        responsible=whom(row.responsible_kind, row.responsible),
        accepted_at=row.accepted_at,
        waits_on=whom(row.waits_on_kind, row.waits_on),
        next_step=row.next_step,
        next_due=row.next_due,
        open_concerns=row.open_concerns,
        open_tasks=row.open_tasks,
        rehearsal=row.rehearsal,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )


def _today(given: Given) -> Endpoint:
    async def read_today(by: BatonAs = None) -> Figures:
        """Counts by stage and by how cases stand, each with its list."""
        looker = await viewer(given.gateway.store, whoever(by))
        found = await today_for(given.gateway, looker, given.gateway.clock())
        stages = tuple(_figure(given, "stage", one) for one in found.stages)
        standings = tuple(_figure(given, "standing", one) for one in found.standings)
        return Figures(found.as_of, stages, standings, given.safety)

    return read_today


def _figure(given: Given, group: str, count: Count) -> Figure:
    link = f"/v1/cases?{urlencode({group: count.code})}"
    return Figure(count.code, label(group, count.code, given.words), count.number, link)


def _stuck(given: Given) -> Endpoint:
    async def read_stuck(by: BatonAs = None) -> StuckList:
        """Everything that needs a person, open concerns first."""
        looker = await viewer(given.gateway.store, whoever(by))
        now = given.gateway.clock()
        found = await stuck_for(given.gateway, looker, now)
        items = tuple(
            StuckShown(one.condition.value, one.case_id, one.since, one.detail, one.remedy)
            for one in found
        )
        return StuckList(now, items, given.safety)

    return read_stuck
