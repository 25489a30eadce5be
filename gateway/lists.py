"""Lists as one person may see them; what is private is looked up only where there is a concern."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gateway.answers import Hidden, Unavailable
from gateway.cases import Gateway
from gateway.viewing import Viewer, case_seen_by
from readmodel.conditions import Condition, Stuck
from readmodel.project import columns_of
from readmodel.queries import (
    CaseRow,
    Count,
    Filter,
    Standing,
    Today,
    cases,
    needs_a_person,
    today,
)
from statemodel import Case, summary
from statemodel.plain import plain
from statemodel.things import DeadlineKind, Task, TaskKind

MOST_LOOKED_UP = 40  # of running cases for one list; a concern beyond them is not shown
BLANK: dict[str, Any] = {
    "next_step": "",
    "next_due": None,
    "waits_on": None,
    "waits_on_kind": None,
    "open_concerns": 0,
    "open_tasks": 0,
    "urgency": 2,
}
MAY_BE_PRIVATE = (DeadlineKind.TASK.value, DeadlineKind.FOLLOW_UP.value)
ABOUT_A_CONCERN = "concern_raised"
NOT_TOLD = (Condition.MESSAGE_DEAD, Condition.MESSAGE_WAITING)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the case after which the next page begins; None at the end."""

    rows: tuple[CaseRow, ...]
    after: str | None


async def today_for(gateway: Gateway, looker: Viewer, now: datetime) -> Today:
    """Return today's figures; of open concerns only as many as this person may know of."""
    figures = await today(gateway.store, now)
    counts = [
        await _concerned(gateway, looker, one) if one.code == Standing.OPEN_CONCERN else one
        for one in figures.standings
    ]
    return replace(figures, standings=tuple(counts))


async def _concerned(gateway: Gateway, looker: Viewer, counted: Count) -> Count:
    """Look behind the figure, at the cases that its list would show."""
    if not counted.number:
        return counted
    looks = Looks(gateway, looker)
    found = await cases(gateway.store, counted.filter, None, MOST_LOOKED_UP)
    shown = [await looks.row(one) for one in found]
    known = counted.number if looker.is_trusted else len(found)
    return replace(counted, number=known - sum(row.open_concerns == 0 for row in shown))


async def cases_for(
    gateway: Gateway, looker: Viewer, wanted: Filter, after: CaseRow | None, limit: int
) -> Page:
    """Return one page of a list; a concern that is not shown lifts its case above no other."""
    found = await cases(gateway.store, wanted, after, limit)
    further = found[-1].case_id if len(found) == limit else None
    looks = Looks(gateway, looker)
    rows = [await looks.row(one) for one in found]
    if wanted.standing is Standing.OPEN_CONCERN:
        rows = [row for row in rows if row.open_concerns]
    order = _by_urgency if looker.is_trusted else _by_date
    return Page(tuple(sorted(rows, key=order)), further)


async def stuck_for(gateway: Gateway, looker: Viewer, now: datetime) -> tuple[Stuck, ...]:
    """Return what needs a person, without what this person may not know of."""
    found = await needs_a_person(gateway.store, now)
    looks = Looks(gateway, looker)
    shown = [await looks.stuck(one) for one in found]
    return tuple(one for one in shown if one)


def _by_date(row: CaseRow) -> tuple[bool, datetime, str]:
    return row.next_due is None, row.next_due or row.sort_due, row.case_id


def _by_urgency(row: CaseRow) -> tuple[int, datetime, str]:
    return row.urgency, row.sort_due, row.case_id


class Looks:
    """One person's look at running cases, each asked once, and only so many of them."""

    def __init__(self, gateway: Gateway, looker: Viewer) -> None:
        self._gateway, self._looker = gateway, looker
        self._known: dict[str, Case | None] = {}

    async def row(self, row: CaseRow) -> CaseRow:
        """An open concern is the only thing in a row that can be private."""
        if not row.open_concerns:
            return row
        case = await self._case(row.case_id)
        if case is None:
            return row if self._looker.is_trusted else replace(row, **BLANK)
        seen = columns_of(plain(summary(case)))
        return replace(row, **{name: seen[name] for name in BLANK})

    async def stuck(self, one: Stuck) -> Stuck | None:
        if one.condition is Condition.OPEN_CONCERN:
            return one if await self._concerns(one) else None
        if one.condition is Condition.OVERDUE and one.detail[0] in MAY_BE_PRIVATE:
            return one if await self._has(one) else None
        about_it = one.condition in NOT_TOLD and ABOUT_A_CONCERN in one.detail
        if about_it and not (self._looker.is_trusted and await self._concerns(one)):
            return replace(one, detail=one.detail[1:])  # whom to tell, and not of what
        return one

    async def _concerns(self, one: Stuck) -> bool:
        case = await self._case(one.case_id)
        if case is None:
            return self._looker.is_trusted
        return any(task.what is TaskKind.CONCERN for task in case.open_tasks)

    async def _has(self, one: Stuck) -> bool:
        """Whether the late clock is one this person may see; it is, unless a task hides it."""
        if not one.detail[1].startswith("t"):
            return True
        case = await self._case(one.case_id)
        if case is None:
            return self._looker.is_trusted
        return case.thing(Task, one.detail[1]) is not None

    async def _case(self, case_id: str) -> Case | None:
        """Return the case as it may be seen, or None when it can't be told.

        Then nothing is shown, save to those who answer concerns: they must miss none.
        """
        if case_id not in self._known and len(self._known) < MOST_LOOKED_UP:
            try:
                whole = await self._gateway.snapshot(case_id)
                self._known[case_id] = case_seen_by(self._looker, whole)
            except (Unavailable, Hidden):
                self._known[case_id] = None
        return self._known.get(case_id)
