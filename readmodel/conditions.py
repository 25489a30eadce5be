"""Conditions: why something needs a person, and what that person can do about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

MOST = 500  # of one condition; more than anybody reads


class Condition(StrEnum):
    """Why a case needs somebody, the most urgent first."""

    OPEN_CONCERN = "open_concern"
    DESK_EMPTY = "desk_empty"
    DIVERGED = "diverged"
    JOURNAL_LAG = "journal_lag"
    OVERDUE = "overdue"
    NOBODY_ACCEPTED = "nobody_accepted"
    NO_RUNNING_DEADLINE = "no_running_deadline"
    RESPONSIBLE_INACTIVE = "responsible_inactive"
    MESSAGE_WAITING = "message_waiting"
    MESSAGE_DEAD = "message_dead"
    PROJECTION_BEHIND = "projection_behind"
    UNSTARTED_CLAIM = "unstarted_claim"
    CALENDAR_RUNS_OUT = "calendar_runs_out"


REMEDIES = {
    Condition.OPEN_CONCERN: "answer_the_concern",
    Condition.DESK_EMPTY: "put_somebody_on_duty",
    Condition.DIVERGED: "compare_run_and_journal",
    Condition.JOURNAL_LAG: "look_at_the_worker",
    Condition.OVERDUE: "ask_the_owner",
    Condition.NOBODY_ACCEPTED: "find_somebody",
    Condition.NO_RUNNING_DEADLINE: "agree_a_next_step",
    Condition.RESPONSIBLE_INACTIVE: "hand_over",
    Condition.MESSAGE_WAITING: "look_at_the_post",
    Condition.MESSAGE_DEAD: "tell_by_hand",
    Condition.PROJECTION_BEHIND: "rebuild_the_case",
    Condition.UNSTARTED_CLAIM: "start_or_sweep",
    Condition.CALENDAR_RUNS_OUT: "adopt_a_calendar",
}


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing that needs a person. `case_id` is empty when it is about more than one case.

    `since` is UTC, None when nobody knows; `detail` holds ids and codes, never names.
    """

    condition: Condition
    case_id: str
    since: datetime | None
    detail: tuple[str, ...]
    remedy: str


Found = list[Stuck]
Detector = Callable[[AsyncConnection, datetime], Awaitable[Found]]


def stuck(condition: Condition, case_id: str, since: datetime | None, *detail: object) -> Stuck:
    known = tuple(str(code) for code in detail if code is not None)
    return Stuck(condition, case_id, since, known, REMEDIES[condition])
