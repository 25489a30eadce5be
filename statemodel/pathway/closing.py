"""Closing: decided by people, with a code, and never because nobody leads yet (T3, T29, R159)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from statemodel.assessing import Assessment, AssessmentState
from statemodel.attempt import Asked
from statemodel.case import OPEN_STAGES, Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import DeadlineSettled, after, desk, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.action_clocks import ended_with_help, every_action_is_settled
from statemodel.pathway.tasks import TaskAnswered
from statemodel.people import Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Lead, LeadState, NominationState
from statemodel.things import DeadlineState, TaskKind


class Code(StrEnum):
    """Why a case closes (R182; *disengaged*: practice D10). The last two are never reasons."""

    NO_FURTHER_ACTION = "no_further_action"
    NO_ADDITIONAL_NEEDS = "no_additional_needs"
    SINGLE_PRACTITIONER = "single_practitioner"
    OUTCOMES_ACHIEVED = "outcomes_achieved"
    SINGLE_AGENCY_REMAINS = "single_agency_remains"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    DISENGAGED = "disengaged"
    MOVED = "moved"
    OPENED_IN_ERROR = "opened_in_error"
    OTHER = "other"
    NOBODY_LEADS = "nobody_leads"
    REACHED_AGE = "reached_age"


class Decider(StrEnum):
    """Who decided: a meeting with the family, an early help manager, or the one who opened it."""

    MEETING = "meeting"
    EARLY_HELP_MANAGER = "early_help_manager"
    PRACTITIONER = "practitioner"


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """Does this ending raise the concern? Answered by an early help manager (practice D10)."""

    raises_concern: bool
    answered_by: str
    who_was_told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase(Command):
    """End this episode of help."""

    kind = "close_case"
    code: Code = about("Why it ends", "outcomes_achieved")
    decided_by: Decider = about("Who decided it", "meeting")
    family_view: str = about("What the family said of it", "Ready", default="", limit=10_000)
    risk: RiskAnswer | None = about(
        "Does it raise the concern, who says so, who was told", None, default=None
    )


@dataclass(frozen=True, slots=True)
class CaseClosed(Event):
    """The episode has ended; it may be reopened until `reopen_until` (UTC)."""

    kind = "case_closed"
    code: Code
    reopen_until: datetime


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NOT_A_REASON = Unmet(
    "never_closed_for_want_of_a_lead", ("R159", "R162", "R432"), NATIONAL, Strength.SENSE
)
NO_AGE_CLOSES = Unmet("no_birthday_closes", ("R182", "R199"), BATON, Strength.SENSE)
NOT_ALONE = Unmet("closing_is_not_decided_alone", ("R181", "T29"), BATON)
RISK_NOT_ASKED = Unmet("risk_question_open", ("R182", "C28"), BATON)
RISK_NOT_MANAGERS = Unmet("risk_not_answered_by_manager", ("R182", "C28"), BATON)
NO_FAMILY_VIEW = Unmet("family_view_missing", ("R6", "R181"), NATIONAL, Strength.ASK_WHY)
CONCERN_OPEN = Unmet("concern_open", ("R184",), BATON)
WATCHED = (Code.CONSENT_WITHDRAWN, Code.DISENGAGED, Code.MOVED)
EARLY = (Code.NO_FURTHER_ACTION, Code.OPENED_IN_ERROR)


class Ending(Protocol):
    """What every way of ending help says: why, and for some reasons what it may mean (D10)."""

    @property
    def code(self) -> Code | None: ...
    @property
    def risk(self) -> RiskAnswer | None: ...


def somebody_leading_is_no_condition(asked: Asked[Ending]) -> Unmet | None:
    return NOT_A_REASON if asked.command.code is Code.NOBODY_LEADS else None


def no_birthday_closes(asked: Asked[Ending]) -> Unmet | None:
    return NO_AGE_CLOSES if asked.command.code is Code.REACHED_AGE else None


def it_was_decided_together(asked: Asked[CloseCase]) -> Unmet | None:
    command = asked.command
    alone = command.decided_by is Decider.PRACTITIONER
    early = asked.case.stage is Stage.IDENTIFIED and command.code in EARLY
    return NOT_ALONE if alone and not early else None


def the_risk_question_is_answered(asked: Asked[Ending]) -> Unmet | None:
    command = asked.command
    return RISK_NOT_ASKED if command.code in WATCHED and command.risk is None else None


def a_manager_answered_it(asked: Asked[Ending]) -> Unmet | None:
    risk = asked.command.risk
    who = asked.context.facts.of(risk.answered_by) if risk else None
    right = risk is None or (who and Role.EARLY_HELP_MANAGER in who.roles)
    return None if right else RISK_NOT_MANAGERS


def the_family_was_heard(asked: Asked[CloseCase]) -> Unmet | None:
    return None if asked.command.family_view.strip() else NO_FAMILY_VIEW


def no_concern_waits(asked: Asked[object]) -> Unmet | None:
    """A private one stays with its desk through the closing: saying so here would tell of it."""
    tasks = asked.case.open_tasks
    waits = any(task.what is TaskKind.CONCERN and not task.private for task in tasks)
    return CONCERN_OPEN if waits else None


def _happens(asked: Asked[CloseCase]) -> tuple[Event, ...]:
    return closes(asked, asked.command.code)


def closes(asked: Asked[object], code: Code) -> tuple[Event, ...]:
    """Return what an ending brings: every clock stops but those of tasks that stay open (I29).

    Where the risk question was answered, so is what somebody's withdrawal means (D10).
    """
    case, now = asked.case, asked.context.now
    said = (TaskKind.TAKE_OVER, *((TaskKind.AGREEMENT_WITHDRAWN,) if code in WATCHED else ()))
    over = [task.id for task in case.open_tasks if task.what in said]
    tasks = {task.id for task in case.open_tasks}.difference(over)
    ended = (deadline for deadline in case.running if deadline.about not in tasks)
    settled = (DeadlineSettled(d.id, DeadlineState.WITHDRAWN, now) for d in ended)
    until = after(case, case.pack.clocks.reopening, now).at
    return CaseClosed(code, until), *map(TaskAnswered, over), *settled


def _fold(case: Case, event: CaseClosed, entry: Entry) -> Case:
    for nomination in case.nominations:
        aside = replace(nomination, state=NominationState.SET_ASIDE, version=entry.version)
        case = put(case, aside)
    for lead in case.every(Lead):
        if lead.live:
            case = put(case, replace(lead, state=LeadState.ENDED, ended_at=entry.at))
    for assessment in case.every(Assessment):
        if assessment.live:
            left = replace(assessment, state=AssessmentState.LEFT, version=entry.version)
            case = put(case, left)
    case = ended_with_help(case, entry)
    ended = replace(
        case.standing,
        responsible=None,
        accepted_at=None,
        closed_at=entry.at,
        closed_because=event.code.value,
        reopen_until=event.reopen_until,
    )
    return replace(case, standing=ended)


def _tells(case: Case, event: CaseClosed, entry: Entry) -> tuple[Tell, ...]:
    ended = [lead.person for lead in case.every(Lead) if lead.ended_at == entry.at]
    told: tuple[Holder, ...] = (desk(case, Role.COORDINATOR), *map(Person, dict.fromkeys(ended)))
    return tuple(Tell(holder, "case_closed", "case") for holder in told)


CHAPTER = Chapter(
    rows=(
        Row(
            CloseCase,
            MachineName.STAGE,
            OPEN_STAGES,
            Stage.CLOSED,
            ("T3", "T29", "R181", "R182", "R184"),
            asks=(no_concern_waits, every_action_is_settled),
            needs=(
                somebody_leading_is_no_condition,
                no_birthday_closes,
                it_was_decided_together,
                the_risk_question_is_answered,
                a_manager_answered_it,
                the_family_was_heard,
            ),
        ),
    ),
    happens={CloseCase: _happens},
    folds={CaseClosed: _fold},
    tells={CaseClosed: _tells},
    roles={CloseCase: CASEWORK},
)
