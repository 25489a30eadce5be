"""Agreeing to take part, being proposed, and leading: the things that tie people to a case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from statemodel.working_days import Due


class AgreementAnswer(StrEnum):
    AGREED = "agreed"
    REFUSED = "refused"


class Form(StrEnum):
    """How an answer was given: each form is its own dated record (R31)."""

    VERBAL = "verbal"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's agreement to take part, or refusal of it (R32–R34; practice D7).

    A new episode asks afresh (R187): `over_at` is when, and the answer counts no longer.
    """

    kind: ClassVar[str] = "agreement"
    live: ClassVar[bool] = False
    id: str
    giver: str
    answer: AgreementAnswer
    form: Form
    at: datetime
    over_at: datetime | None = None


class Reason(StrEnum):
    """Why a lead changes or ends (R145)."""

    NEEDS_CHANGED = "needs_changed"
    ROLE_CHANGE = "role_change"
    LEAVING_EMPLOYMENT = "leaving_employment"
    FAMILY_DISENGAGED = "family_disengaged"
    TRUST_LOST = "trust_lost"
    FAMILY_REQUEST = "family_request"
    KEY_TRANSITION = "key_transition"
    PLANNED_INTERIM = "planned_interim"
    CAPACITY = "capacity"
    OTHER_LEAVING = "other_leaving"


class Criterion(StrEnum):
    """What a practitioner was chosen for: the criteria of every source together (R80)."""

    PREDOMINANT_NEEDS = "predominant_needs"
    TRUST = "trust"
    FAMILY_WISH = "family_wish"
    PRIMARY_RESPONSIBILITY = "primary_responsibility"
    STATUTORY_RESPONSIBILITY = "statutory_responsibility"
    RELATIONSHIP = "relationship"
    SKILLS_AND_CAPACITY = "skills_and_capacity"
    DRAWS_IN_SERVICES = "draws_in_services"
    KNOWS_THE_SYSTEM = "knows_the_system"
    SECURES_ENGAGEMENT = "secures_engagement"
    WORKS_WITH_THE_OTHERS = "works_with_the_others"
    TIME_AND_MANAGER = "time_and_manager"
    EXPERTISE = "expertise"
    STANDING = "standing"


class Objection(StrEnum):
    """How a line manager who does not agree puts it (R97; practice D33)."""

    CONCERN = "concern"
    NOT_ABLE = "not_able"
    SOMEBODY_ELSE = "somebody_else"


class NominationState(StrEnum):
    """Where a proposal of a lead professional stands (T12–T19)."""

    NONE = "none"
    PROPOSED = "proposed"
    IN_DISCUSSION = "in_discussion"
    REFERRED = "referred"
    ASKED_LATE = "asked_late"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    SET_ASIDE = "set_aside"


LIVE_NOMINATIONS = frozenset(
    {
        NominationState.PROPOSED,
        NominationState.IN_DISCUSSION,
        NominationState.REFERRED,
        NominationState.ASKED_LATE,
        NominationState.AGREED,
    }
)


@dataclass(frozen=True, slots=True)
class Nomination:
    """A proposed lead for a set of children; `asked` is the manager the question went to (R93).

    `since` and `until` (UTC) are for a lead planned ahead (R148); `because` is why the lead changes
    (R145), absent on first appointment.
    """

    kind: ClassVar[str] = "nomination"
    id: str
    version: int
    state: NominationState
    children: tuple[str, ...]
    nominee: str
    agency: str
    proposer: str
    asked: str
    deputy: str | None
    proposed_at: datetime
    due: Due
    asked_in_time: bool = True
    delivered: bool = True
    agreed_by: str | None = None
    agreed_at: datetime | None = None
    late: bool = False
    accepted_at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    because: Reason | None = None

    @property
    def live(self) -> bool:
        return self.state in LIVE_NOMINATIONS


class LeadState(StrEnum):
    """Whether somebody leads: later, now, or no longer (R1, R151)."""

    NONE = "none"
    PLANNED = "planned"
    CURRENT = "current"
    ENDED = "ended"


class LeadKind(StrEnum):
    """For as long as it lasts, or agreed beforehand for a while, as over a summer (R145)."""

    CONFIRMED = "confirmed"
    INTERIM = "interim"


@dataclass(frozen=True, slots=True)
class Lead:
    """One person's tenure as lead for some children; `cover` stands in, and accounts for nothing.

    Times are UTC; `until` is the end agreed beforehand, if there is one.
    """

    kind: ClassVar[str] = "lead"
    id: str
    version: int
    state: LeadState
    what: LeadKind
    children: tuple[str, ...]
    person: str
    agency: str
    since: datetime
    until: datetime | None = None
    because: Reason | None = None
    cover: str | None = None
    cover_since: datetime | None = None
    cover_until: datetime | None = None
    ended_at: datetime | None = None

    @property
    def live(self) -> bool:
        return self.state in (LeadState.PLANNED, LeadState.CURRENT)

    @property
    def current(self) -> bool:
        return self.state is LeadState.CURRENT


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whom a child sees as theirs; it is no tenure, and accounts for nothing (R169)."""

    kind: ClassVar[str] = "trusted"
    id: str
    child: str
    person: str
    since: datetime
    ended_at: datetime | None = None

    @property
    def live(self) -> bool:
        return self.ended_at is None
