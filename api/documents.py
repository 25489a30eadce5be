"""What the API answers with: codes for programs and the same in words for people."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from api.leads import ChildLed
from api.matches import CaseOfChild, MatchShown


@dataclass(frozen=True, slots=True)
class Answer:
    """It is in the engine's history, durably; `recorded`: the journal has it, too."""

    case_id: str
    version: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A concern kept on this machine's disk until store and engine return; ring now."""

    case_id: str
    receipt: str
    recorded: bool
    now: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is unmet, whose rule it is, and what would satisfy it."""

    code: str
    says: str
    because_of: str
    remedy: str
    strength: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong with a document: where, what, and what would be accepted."""

    path: str
    code: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457, with every reason at once and the safety line."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    safety: str
    reasons: tuple[Reason, ...] = ()
    problems: tuple[Wrong, ...] = ()
    matches: tuple[MatchShown, ...] = ()
    cases: tuple[CaseOfChild, ...] = ()


@dataclass(frozen=True, slots=True)
class Whom:
    """A person or a desk; names live in the directory and are not given here."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class DeadlineShown:
    """A running deadline: who owes it, when (UTC), and why then."""

    id: str
    what: str
    about: str
    owner: Whom
    due_on: date
    due_at: datetime
    explained: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """Where a case stands; times are UTC, `…_words` are for people."""

    case_id: str
    version: int
    stage: str
    status: str
    status_words: str
    responsible: Whom | None
    accepted_at: datetime | None
    responsible_words: str
    next_step: str
    next_step_words: str
    open_concerns: int
    open_tasks: int
    departures: int
    rehearsal: bool
    opened_at: datetime | None
    closed_at: datetime | None
    closed_because: str | None
    children: tuple[str, ...]
    led: tuple[ChildLed, ...]
    deadlines: tuple[DeadlineShown, ...]
    safety: str


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One command, on one thing where it needs one; with no `why_not` a form may be tried."""

    command: str
    words: str
    thing: str
    seen: int
    may_be_tried: bool
    why_not: tuple[Reason, ...]
    asks_why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Every command that a person could ask of the case now."""

    case_id: str
    options: tuple[OptionShown, ...]
    safety: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an entry."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One line of a history; a struck one keeps its place and loses its words."""

    version: int
    at: datetime
    received_at: datetime
    hat: str
    by: str
    command: str
    words: str
    struck: bool
    no_decision: bool
    events: tuple[Happened, ...] = ()
    departures: tuple[Reason, ...] = ()
    document: dict[str, Any] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class History:
    """A case's entries, the first first; refused attempts are not part of it (practice D24)."""

    case_id: str
    entries: tuple[EntryShown, ...]
    safety: str


@dataclass(frozen=True, slots=True)
class Health:
    """What works: `ok` or `down`."""

    status: str
    store: str = "ok"
    engine: str = "ok"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list, as it was when last recorded."""

    case_id: str
    version: int
    stage: str
    status: str
    responsible: Whom | None
    accepted_at: datetime | None
    waits_on: Whom | None
    next_step: str
    next_due: datetime | None
    open_concerns: int
    open_tasks: int
    rehearsal: bool
    opened_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list; ask again with `after` for the next, none at the end."""

    as_of: datetime
    items: tuple[Row, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, in words, and where the list of exactly those is."""

    code: str
    words: str
    number: int
    list: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Today's counts: by stage, and by how cases stand."""

    as_of: datetime
    stages: tuple[Figure, ...]
    standings: tuple[Figure, ...]
    safety: str


@dataclass(frozen=True, slots=True)
class StuckShown:
    """One thing that needs a person; `detail` holds ids and codes."""

    condition: str
    case_id: str
    since: datetime | None
    detail: tuple[str, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class StuckList:
    """What needs a person, the most urgent first."""

    as_of: datetime
    items: tuple[StuckShown, ...]
    safety: str
