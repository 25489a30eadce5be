"""What is found out and shared before help is planned: checks, sharing, the assessment itself."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class Where(StrEnum):
    """Whether a document is kept here or in another system (practice D32)."""

    HERE = "held_here"
    THERE = "held_there"


@dataclass(frozen=True, slots=True)
class Document:
    """A document by reference: never its text. There, somebody attests that it is complete."""

    where: Where
    reference: str
    on: date
    system: str = ""
    attested_by: str | None = None


class Check(StrEnum):
    """The five that are answered before help is planned (R24)."""

    OTHERS_INVOLVED = "others_involved"
    OTHER_CONCERNS = "other_concerns"
    EARLIER_ASSESSMENT = "earlier_assessment"
    SYSTEMS_SEARCHED = "systems_searched"
    LEAD_IN_PLACE = "lead_in_place"


class Finding(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One answer and where it comes from (R25); `person` leads already, where that is the find."""

    check: Check
    finding: Finding
    source: str
    detail: str = ""
    person: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """What this episode's five checks have found so far; a later answer replaces an earlier one."""

    kind: ClassVar[str] = "checks"
    id: str
    found: tuple[tuple[Check, Finding], ...] = ()
    lead_elsewhere: str | None = None
    assessed_on: date | None = None
    live: ClassVar[bool] = True

    @property
    def open(self) -> tuple[Check, ...]:
        """The checks nobody has answered yet."""
        answered = {check for check, _ in self.found}
        return tuple(check for check in Check if check not in answered)

    def says(self, check: Check) -> Finding | None:
        """Return the newest answer to one check; None while nobody has answered it."""
        return dict(self.found).get(check)


class Basis(StrEnum):
    """Why sharing is lawful (practice D7); agreement to take part is never it."""

    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"


@dataclass(frozen=True, slots=True)
class Sharing:
    """A decision to share: with which agencies, on what basis, and by whom it was taken.

    A new episode asks afresh (R187): `over_at` is when, and it counts no longer. `not_to` are the
    professionals it is about, who are not shown it (practice D3).
    """

    kind: ClassVar[str] = "sharing"
    id: str
    agencies: tuple[str, ...]
    basis: Basis
    by: str
    at: datetime
    over_at: datetime | None = None
    not_to: tuple[str, ...] | None = None
    live: ClassVar[bool] = False


class Part(StrEnum):
    """What a complete assessment shows (R42)."""

    NEEDS = "needs"
    STRENGTHS = "strengths"
    SUPPORT_NEEDED = "support_needed"
    MORE_SERVICES = "more_services"
    WHO_IS_INVOLVED = "who_is_involved"
    OVERLAPS_AND_GAPS = "overlaps_and_gaps"


class AssessmentKind(StrEnum):
    NEW = "new"
    UPDATE = "update"


class AssessmentState(StrEnum):
    NONE = "none"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The family's assessment; `number` counts its versions, kept in the history (R38)."""

    kind: ClassVar[str] = "assessment"
    id: str
    version: int
    state: AssessmentState
    what: AssessmentKind
    assessor: str
    number: int = 1
    begun_at: datetime | None = None
    completed_at: datetime | None = None
    document: Document | None = None
    contributors: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        return self.state is AssessmentState.UNDER_WAY
