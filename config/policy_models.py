"""What may stand in a policy file: each value with its source, in the words of a board paper."""

import re
from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from config.raised import MAY_BE_RAISED
from statemodel.policy import Forms, Order, Silence
from statemodel.working_days import Landing, Period, Unit

PERIOD: Final = re.compile(
    r"(?P<amount>[0-9]{1,4}) (?P<unit>minute|hour|day|working day|week|month)s?(?P<before> before)?"
)
UNITS: Final = {
    "minute": Unit.MINUTES, "hour": Unit.HOURS, "day": Unit.CALENDAR_DAYS,
    "working day": Unit.WORKING_DAYS, "week": Unit.WEEKS, "month": Unit.MONTHS,
}  # fmt: skip
WRITE_A_PERIOD: Final = (
    'write an amount and a unit, like "4 working days", "28 days", "4 hours", "6 weeks", "3 months"'
)
SLUG: Final = re.compile(r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*")


def period(text: str) -> Period:
    """Return "4 working days", "28 days", "4 hours", "1 working day before" as a period.

    "days" alone are calendar days. Raises ValueError with what to write instead.
    """
    found = PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(WRITE_A_PERIOD)
    unit = UNITS[found["unit"]]
    if found["before"]:
        unit = _before(unit)
    return Period(int(found["amount"]), unit)


def _before(unit: Unit) -> Unit:
    if unit is not Unit.WORKING_DAYS:
        raise ValueError('only working days are counted before a date: "1 working day before"')
    return Unit.WORKING_DAYS_BEFORE


def _is_period(text: str) -> str:
    period(text)
    return text


def _after(text: str) -> str:
    given = period(text)
    if given.unit is Unit.WORKING_DAYS_BEFORE:
        raise ValueError('this clock runs onward; leave out "before"')
    if given.amount == 0:
        raise ValueError("a clock of nothing gives nobody a chance; write at least 1")
    return text


def _ahead(text: str) -> str:
    if period(text).unit is not Unit.WORKING_DAYS_BEFORE:
        raise ValueError('a reminder is counted back: write it like "1 working day before"')
    return text


def _real_id(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("write lower-case letters, digits and single hyphens, at most 40")
    return text


def _can_be_raised(codes: tuple[str, ...]) -> tuple[str, ...]:
    strange = sorted(set(codes) - set(MAY_BE_RAISED))
    if strange:
        known = ", ".join(MAY_BE_RAISED)
        raise ValueError(f"only these may be made a stop, each once: {known}")
    if len(set(codes)) != len(codes):
        raise ValueError("a code stands twice; leave one out")
    return codes


OneLine = StringConstraints(
    strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]+$"
)
Line = Annotated[str, OneLine]
Word = Annotated[str, StringConstraints(max_length=60), OneLine]
Contact = Annotated[str, StringConstraints(max_length=120), OneLine]
Id = Annotated[str, AfterValidator(_real_id)]
Raised = Annotated[tuple[str, ...], Field(strict=False), AfterValidator(_can_be_raised)]


class _Written(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Sourced(_Written):
    """Whose figure it is; `doubtful` says what a board should confirm or change."""

    source: Line
    doubtful: Line | None = None


class Onward(Sourced):
    value: Annotated[str, AfterValidator(_is_period), AfterValidator(_after)]


class Back(Sourced):
    value: Annotated[str, AfterValidator(_is_period), AfterValidator(_ahead)]


class ClocksTable(_Written):
    """How long each step may take."""

    checks: Onward
    agreement: Onward
    reapproach: Onward
    assessment: Onward
    front_door: Onward
    route: Onward
    first_meeting: Onward
    manager_answer: Onward
    manager_reminder: Back
    arbiter_decision: Onward
    family_confirmation: Onward
    concern: Onward
    task: Onward
    follow_up: Onward
    reopening: Onward
    lead_wanted: Onward
    review: Onward
    oversight: Onward

    @model_validator(mode="after")
    def _warned_within(self) -> Self:
        """Warn inside the four days, not before the question is put (R302)."""
        answer, warning = period(self.manager_answer.value), period(self.manager_reminder.value)
        if answer.unit is Unit.WORKING_DAYS and warning.amount >= answer.amount:
            raise ValueError("manager_reminder must be shorter than manager_answer")
        return self


class SilenceChoice(Sourced):
    value: Annotated[Silence, Field(strict=False)]


class LandingChoice(Sourced):
    value: Annotated[Landing, Field(strict=False)]


class RaisedChoice(Sourced):
    value: Raised


class SwitchChoice(Sourced):
    value: bool


class OrderChoice(Sourced):
    value: Annotated[Order, Field(strict=False)]


class FormsChoice(Sourced):
    value: Annotated[Forms, Field(strict=False)]


class ChoicesTable(_Written):
    """What is settled by choosing: the order of steps, silence, landing, what stops."""

    silence: SilenceChoice
    arbiter_binds_all: SwitchChoice
    order: OrderChoice
    triage: SwitchChoice
    assessor_leads: SwitchChoice
    forms: FormsChoice
    landing: LandingChoice
    raised: RaisedChoice


class SafetyTable(_Written):
    """Whom to ring, and when somebody answers (practice D2)."""

    front_door: Contact
    front_door_hours: Contact
    out_of_hours: Contact
    lado: Contact


class WordsTable(_Written):
    """The local words of the service; codes stay the same everywhere (R407)."""

    lead: Word
    assessment: Word
    meeting: Word
    plan: Word
    coordinator: Word
    early_help_manager: Word
    arbiter: Word
    duty_manager: Word
    front_door: Word


class PackFile(_Written):
    """A whole policy file, with what it extends already laid beneath it."""

    id: Id
    title: Line
    use: Literal["live", "demonstration", "historical"]
    nation: Literal["England", "Wales", "Scotland", "Northern Ireland"]
    authority: Id = "unnamed"
    in_force_from: date
    checked_on: date
    checked_against: Line
    extends: Literal["england-default", "cwdc-2007"] | None = None
    clocks: ClocksTable
    choices: ChoicesTable
    safety: SafetyTable | None = None
    words: WordsTable

    @field_validator("extends")
    @classmethod
    def _history(cls, beneath: str | None, read: ValidationInfo) -> str | None:
        if beneath == "cwdc-2007" and read.data.get("use") != "historical":
            raise ValueError('only a historical policy extends that; write "england-default"')
        return beneath
