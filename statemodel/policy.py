"""A local authority's choices; a case carries the pack it was opened under (R431, decision 9)."""

from dataclasses import dataclass
from enum import StrEnum

from statemodel.working_days import Landing, Period, Unit


class Silence(StrEnum):
    """What an unanswered question does when its time is up (C5)."""

    REFER = "refer"
    ALERT_ONLY = "alert_only"


class Order(StrEnum):
    """What comes first: a finished assessment (R45), or somebody who leads it (present reading)."""

    ASSESS_FIRST = "assess_first"
    LEAD_FIRST = "lead_first"


class Forms(StrEnum):
    """In which form somebody agrees to take part (R428)."""

    ANY = "any"
    WRITTEN = "written"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class SafetyContacts:
    """Printed on every page, refusal and message (practice D2)."""

    front_door: str
    out_of_hours: str
    lado: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """How long each step may take before the clock asks who has it in hand."""

    agreement: Period
    reapproach: Period
    first_meeting: Period
    manager_answer: Period
    manager_reminder: Period
    arbiter_decision: Period
    family_confirmation: Period
    concern: Period
    task: Period
    follow_up: Period
    reopening: Period
    lead_wanted: Period
    review: Period
    oversight: Period
    checks: Period = Period(2, Unit.WORKING_DAYS)
    assessment: Period = Period(15, Unit.WORKING_DAYS)
    front_door: Period = Period(1, Unit.WORKING_DAYS)
    route: Period = Period(2, Unit.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Pack:
    """The resolved policy pack: at most 16 KiB, with id and hash."""

    id: str
    hash: str
    nation: str
    live: bool
    authority: str
    clocks: Clocks
    safety: SafetyContacts | None
    silence: Silence = Silence.REFER
    raised: tuple[str, ...] = ()
    landing: Landing = Landing.FORWARD
    arbiter_binds_all: bool = False
    order: Order = Order.LEAD_FIRST
    triage: bool = False
    assessor_leads: bool = False
    forms: Forms = Forms.ANY
