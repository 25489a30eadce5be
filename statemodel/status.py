"""What a screen shows of a case: the rule book's status, who holds it, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from statemodel.case import Case, Stage
from statemodel.people import Holder
from statemodel.things import Deadline, NominationState, TaskKind

NOMINATION_STATUS = {
    NominationState.PROPOSED: "lp_proposed",
    NominationState.IN_DISCUSSION: "lp_in_discussion",
    NominationState.REFERRED: "lp_referred",
    NominationState.ASKED_LATE: "lp_asked_late",
    NominationState.AGREED: "lp_family_agreement",
}
STAGE_STATUS = {Stage.IDENTIFIED: "awaiting_agreement", Stage.AGREEMENT: "awaiting_agreement"}


def status(case: Case) -> str:
    """Return the rule book's name for where the case stands (rule book §0, decision 4)."""
    led = case.stage is Stage.IN_DELIVERY and not case.vacant  # a change of lead waits beside it
    if case.is_open and case.nominations and not led and case.stage is not Stage.IN_REVIEW:
        return NOMINATION_STATUS[case.nominations[-1].state]
    if case.stage is Stage.IN_DELIVERY and case.vacant:
        return "lead_vacant"
    return STAGE_STATUS.get(case.stage, case.stage.value)


@dataclass(frozen=True, slots=True)
class Summary:
    """The columns of every list, made when an entry is recorded (decision 37): ids and codes only.

    Times are UTC; `next_step` is the kind of the earliest running deadline, `waits_on` its owner.
    """

    v: ClassVar[int] = 1
    case_id: str
    version: int
    head: str
    episode: int
    edition: int
    authority: str
    stage: str
    status: str
    responsible: Holder | None
    accepted_at: datetime | None
    waits_on: Holder | None
    next_step: str
    next_due: datetime | None
    open_concerns: int
    open_tasks: int
    departures: int
    rehearsal: bool
    pack: str
    calendar: str
    calendar_until: str
    opened_at: datetime | None
    closed_at: datetime | None
    closed_because: str | None
    deadlines: tuple[Deadline, ...]
    struck: tuple[int, ...]


def summary(case: Case) -> Summary:
    """Return the case's columns; the same function serves `record` and `rebuild`."""
    running, standing = case.running, case.standing
    first = running[0] if running else None
    tasks = case.open_tasks
    return Summary(
        case_id=case.id,
        version=case.version,
        head=case.head,
        episode=case.episode,
        edition=case.edition,
        authority=case.pack.authority,
        stage=case.stage.value,
        status=status(case),
        responsible=standing.responsible,
        accepted_at=standing.accepted_at,
        waits_on=first.owner if first else None,
        next_step=first.what.value if first else "",
        next_due=first.due.at if first else None,
        open_concerns=sum(task.what is TaskKind.CONCERN for task in tasks),
        open_tasks=len(tasks),
        departures=case.departures,
        rehearsal=case.rehearsal,
        pack=case.pack.id,
        calendar=case.calendar.id,
        calendar_until=case.calendar.last.isoformat(),
        opened_at=case.opened_at,
        closed_at=standing.closed_at,
        closed_because=standing.closed_because,
        deadlines=running,
        struck=tuple(undo.version for undo in case.undos if undo.struck),
    )
