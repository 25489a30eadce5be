"""Finding out: the five checks, the decision to share, the assessment and where it leads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class CheckKind(StrEnum):
    """The five things to find out before an assessment (R24)."""

    OTHERS_INVOLVED = "others_involved"
    OTHER_CONCERNS = "other_concerns"
    EARLIER_ASSESSMENT = "earlier_assessment"
    SYSTEMS_HOLD = "systems_hold"
    LEAD_ALREADY = "lead_already"


class CheckAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Check:
    """What one of the five checks found; what was said stays in the entry (R25)."""

    kind: ClassVar[str] = "check"
    id: str
    what: CheckKind
    answer: CheckAnswer
    at: datetime

    live: ClassVar[bool] = True


class Basis(StrEnum):
    """On what ground information is shared; consent is never the default (practice D7)."""

    PUBLIC_TASK = "public_task"
    SAFEGUARDING = "safeguarding"
    VITAL_INTERESTS = "vital_interests"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Sharing:
    """A decision to share: with whom, why necessary, on what ground (R33; practice D7)."""

    kind: ClassVar[str] = "sharing"
    id: str
    version: int
    recipients: tuple[str, ...]
    basis: Basis
    at: datetime
    ended_at: datetime | None = None

    @property
    def live(self) -> bool:
        return self.ended_at is None


class Place(StrEnum):
    """Where a document lives (practice D32)."""

    HELD_HERE = "held_here"
    HELD_THERE = "held_there"


@dataclass(frozen=True, slots=True)
class Document:
    """A document, or where it stands elsewhere and who attests that it is complete (D32)."""

    place: Place = Place.HELD_HERE
    system: str = ""
    reference: str = ""
    dated: date | None = None
    attested_by: str | None = None


class AssessmentState(StrEnum):
    NONE = "none"
    STARTED = "started"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A common assessment or its update, or a specialist one in its place (R37–R46)."""

    kind: ClassVar[str] = "assessment"
    id: str
    version: int
    state: AssessmentState
    assessor: str
    update: bool
    specialist: bool
    document: Document
    contributors: tuple[str, ...] = ()
    completed_at: datetime | None = None

    live: ClassVar[bool] = True


class RouteKind(StrEnum):
    """Where an assessment leads (R51–R54)."""

    NO_NEEDS = "no_needs"
    SINGLE_PRACTITIONER = "single_practitioner"
    INTEGRATED = "integrated"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class Route:
    """The route decided, and the single practitioner where one is enough (R52, R55)."""

    kind: ClassVar[str] = "route"
    id: str
    what: RouteKind
    decided_by: str
    at: datetime
    practitioner: str | None = None

    live: ClassVar[bool] = True
