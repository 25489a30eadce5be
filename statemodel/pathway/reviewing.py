"""Reviews: held in time, they say how it goes and set the next, or end the help (T20, T21, T26)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import Clock, desk, in_hands_of, settles, starts_on
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell, unchanged
from statemodel.pathway.action_clocks import every_action_is_settled
from statemodel.pathway.closing import (
    Code,
    RiskAnswer,
    a_manager_answered_it,
    closes,
    no_birthday_closes,
    no_concern_waits,
    somebody_leading_is_no_condition,
    the_risk_question_is_answered,
)
from statemodel.pathway.tenures import REVIEW, ZERO
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead
from statemodel.things import DeadlineKind


class Outcome(StrEnum):
    """What a review may come to (R137)."""

    CONTINUE = "continue"
    AMEND = "amend"
    ADD_SERVICE = "add_service"
    CHANGE_LEAD = "change_lead"
    SPECIALIST = "specialist"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReview(Command):
    """Begin a review: its time has come, or the plan goes wrong (R130, R134)."""

    kind = "open_review"
    why: str = about("Why now", "The date has come", default="", limit=10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview(Command):
    """Write down what a review came to."""

    kind = "record_review"
    outcome: Outcome = about("What it came to", "continue")
    next_review: datetime | None = about(
        "When the next review is", "2026-06-01T09:00:00Z", default=None
    )
    code: Code | None = about("Why help ends, if it does", None, default=None)
    risk: RiskAnswer | None = about(
        "Does the ending raise the concern, who says so, who was told", None, default=None
    )
    family_experience: str = about("How the family finds it", "It helps", default="", limit=10_000)
    childs_view: str = about("What the child says", "School is better", default="", limit=10_000)
    changes: str = about("What changes", "None", default="", limit=10_000)
    services_change: bool | None = about("Services change", False, default=None)
    specialist_needed: bool | None = about("A specialist may be needed", False, default=None)
    actions_reviewed: bool | None = about("Each agreed action was gone through", True, default=None)
    both_considered: bool | None = about(
        "What child and parent need was both looked at", True, default=None
    )


@dataclass(frozen=True, slots=True)
class ReviewOpened(Event):
    """A review is under way; what was agreed goes on meanwhile."""

    kind = "review_opened"


@dataclass(frozen=True, slots=True)
class ReviewRecorded(Event):
    """The plan goes on until the next review, or help ends (R139, R179)."""

    kind = "review_recorded"
    outcome: Outcome


NATIONAL = Authority.NATIONAL_GUIDANCE
NO_NEXT_REVIEW = Unmet("no_next_review", ("R64", "R139"), NATIONAL)
NEXT_IS_PAST = Unmet("next_review_in_the_past", ("R139",), Authority.BATON, Strength.SENSE)
NEXT_IS_TOO_FAR = Unmet("next_review_too_far_ahead", ("R139",), Authority.BATON, Strength.SENSE)
A_YEAR = timedelta(days=366)
NO_EXPERIENCE = Unmet("family_experience_missing", ("R136",), NATIONAL, Strength.ASK_WHY)
NO_CHILDS_VIEW = Unmet("childs_view_missing", ("R136", "R140"), NATIONAL, Strength.ASK_WHY)
NOBODY_LEADS = Unmet("nobody_leads_to_review", ("R130", "R134"), NATIONAL)
NO_CODE = Unmet("no_closing_code", ("R179", "R182"), NATIONAL)


def ends_help(asked: Asked[RecordReview]) -> bool:
    return asked.command.outcome is Outcome.CLOSE


def goes_on(asked: Asked[RecordReview]) -> bool:
    return not ends_help(asked)


def somebody_leads(asked: Asked[object]) -> Unmet | None:
    return None if any(lead.current for lead in asked.case.every(Lead)) else NOBODY_LEADS


def the_next_review_is_set(asked: Asked[RecordReview]) -> Unmet | None:
    return None if asked.command.next_review else NO_NEXT_REVIEW


def the_next_review_lies_ahead(asked: Asked[RecordReview]) -> Unmet | None:
    at = asked.command.next_review
    return NEXT_IS_PAST if at and at <= asked.happened_at else None


def the_next_review_is_within_a_year(asked: Asked[RecordReview]) -> Unmet | None:
    at = asked.command.next_review
    return NEXT_IS_TOO_FAR if at and at > asked.context.now + A_YEAR else None


def the_family_said_how_it_goes(asked: Asked[RecordReview]) -> Unmet | None:
    return None if asked.command.family_experience.strip() else NO_EXPERIENCE


def the_child_was_heard(asked: Asked[RecordReview]) -> Unmet | None:
    return None if asked.command.childs_view.strip() else NO_CHILDS_VIEW


def there_is_a_reason_to_end(asked: Asked[RecordReview]) -> Unmet | None:
    return None if asked.command.code else NO_CODE


def _opens(asked: Asked[OpenReview]) -> tuple[Event, ...]:
    return (ReviewOpened(),)


def _records(asked: Asked[RecordReview]) -> tuple[Event, ...]:
    command = asked.command
    recorded = ReviewRecorded(command.outcome)
    if ends_help(asked):
        return recorded, *closes(asked, command.code or Code.OTHER)
    planned = settles(asked, "case")  # where help was led before the first meeting was held
    return recorded, *planned, *next_review(asked, command.next_review)


def next_review(asked: Asked[object], at: datetime | None) -> tuple[Event, ...]:
    """Return the end of the review owed and the clock of the next (UTC), if one was agreed.

    The lead convenes; while nobody leads, the co-ordinator's desk does (R134, C9).
    """
    if at is None:
        return ()
    clock = Clock(DeadlineKind.REVIEW, REVIEW, in_hands_of(asked.case), ZERO, tag=REVIEW)
    return *settles(asked, REVIEW), starts_on(asked, clock, at)


def _tells(case: Case, event: ReviewRecorded, entry: Entry) -> tuple[Tell, ...]:
    told: tuple[Holder, ...] = (desk(case, Role.COORDINATOR),)
    holder = case.standing.responsible
    people = (holder,) if isinstance(holder, Person) else ()
    return tuple(Tell(to, "review_recorded", REVIEW) for to in (*told, *people))


SAID = (the_family_said_how_it_goes, the_child_was_heard)
_GO_ON = Row(
    RecordReview,
    MachineName.STAGE,
    (Stage.IN_REVIEW,),
    Stage.IN_DELIVERY,
    ("T21", "R136", "R137", "R139"),
    when=(goes_on,),
    needs=(
        the_next_review_is_set,
        the_next_review_lies_ahead,
        the_next_review_is_within_a_year,
        *SAID,
    ),
)
_END = replace(
    _GO_ON,
    to=Stage.CLOSED,
    rules=("T26", "R159", "R179", "R180", "R182", "R184"),
    when=(ends_help,),
    asks=(no_concern_waits, every_action_is_settled),
    needs=(
        there_is_a_reason_to_end,
        somebody_leading_is_no_condition,
        no_birthday_closes,
        the_risk_question_is_answered,
        a_manager_answered_it,
        *SAID,
    ),
)
_OPEN = Row(
    OpenReview,
    MachineName.STAGE,
    (Stage.IN_DELIVERY,),
    Stage.IN_REVIEW,
    ("T20", "R130", "R134"),
)
CHAPTER = Chapter(
    rows=(
        _OPEN,
        replace(_OPEN, source=(Stage.PLANNING,), asks=(somebody_leads,)),
        _GO_ON,
        _END,
    ),
    happens={OpenReview: _opens, RecordReview: _records},
    folds={ReviewOpened: unchanged, ReviewRecorded: unchanged},
    tells={ReviewRecorded: _tells},
    roles={OpenReview: CASEWORK, RecordReview: CASEWORK},
)
