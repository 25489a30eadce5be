"""The assessment: begun or brought up to date, and complete once it shows all (R37–R47)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from statemodel.assessing import (
    Assessment,
    AssessmentKind,
    AssessmentState,
    Check,
    Document,
    Finding,
    Part,
    Where,
)
from statemodel.attempt import Asked
from statemodel.calendar import local
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import Clock, desk, lies_ahead, next_step, put, settles, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Also, Chapter, MachineName, Row, Tell
from statemodel.pathway.checks import checks_of
from statemodel.people import Person, Role
from statemodel.policy import Order
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import DeadlineKind

CURRENT = timedelta(days=365)
A_DOCUMENT = {"where": "held_here", "reference": "EHA-204", "on": "2026-01-05"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginAssessment(Command):
    """Begin to assess what a family needs, or to bring an earlier assessment up to date."""

    kind = "begin_assessment"
    what: AssessmentKind = about("A new one, or an update of an earlier one", "new")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteAssessment(Command):
    """Say that the assessment is complete, where it is held, and what it shows."""

    kind = "complete_assessment"
    thing = "assessment"
    assessment: str = about("The assessment", "s9")
    seen: int = about("The version of it the person saw", 9)
    document: Document = about("Where it is held", A_DOCUMENT)
    shows: tuple[Part, ...] = about("What it shows, as many as apply", list(Part), default=())


@dataclass(frozen=True, slots=True)
class AssessmentBegun(Event):
    """Somebody assesses; that makes nobody lead (R40)."""

    kind = "assessment_begun"
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class AssessmentCompleted(Event):
    """It is complete and can be found; that makes nobody lead (R40, R49)."""

    kind = "assessment_completed"
    assessment: str
    document: Document
    at: datetime


NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
NOT_OPEN = Unmet("case_not_open", ("R182",), BATON, Strength.SENSE)
NOT_NOW = Unmet("not_time_to_assess", ("T5", "R37"), NATIONAL)
UNDER_WAY = Unmet("assessment_under_way", ("R38", "R43"), BATON, Strength.SENSE)
EARLIER_ONE = Unmet("earlier_assessment_known", ("R38",), NATIONAL, Strength.ASK_WHY)
NO_REFERENCE = Unmet("document_without_reference", ("R42",), BATON)
NOT_ATTESTED = Unmet("document_not_attested", ("R42",), BATON)
DATED_AHEAD = Unmet("document_dated_ahead", ("R42",), BATON, Strength.SENSE)
PARTS_MISSING = Unmet("assessment_parts_missing", ("R42",), NATIONAL, Strength.ASK_WHY)
NONE_COMPLETE = Unmet("no_assessment_complete", ("R45", "R53"), NATIONAL, Strength.ASK_WHY)


def the_case_is_open_still(asked: Asked[object]) -> Unmet | None:
    return None if asked.case.is_open else NOT_OPEN


def it_is_time_to_assess(asked: Asked[object]) -> Unmet | None:
    return None if asked.case.stage in TO_ASSESS else NOT_NOW


def no_other_assessment_is_under_way(asked: Asked[object]) -> Unmet | None:
    live = any(one.live for one in asked.case.every(Assessment))
    return UNDER_WAY if live else None


def an_earlier_one_is_brought_up_to_date(asked: Asked[BeginAssessment]) -> Unmet | None:
    """Where a lead comes first, one that is over a year old is not current any more (R38)."""
    afresh = asked.command.what is AssessmentKind.NEW
    current = _earlier(asked.case) and not _is_out_of_date(asked)
    return EARLIER_ONE if afresh and current else None


def _is_out_of_date(asked: Asked[object]) -> bool:
    case = asked.case
    done, checks = _completed(case), checks_of(case)
    day = checks.assessed_on if checks else None
    if done and done.completed_at:
        day = local(case.calendar, done.completed_at).date()
    today = local(case.calendar, asked.context.now).date()
    leads_first = case.pack.order is Order.LEAD_FIRST
    return leads_first and day is not None and today - day > CURRENT


def the_document_can_be_found(asked: Asked[CompleteAssessment]) -> Unmet | None:
    return None if asked.command.document.reference.strip() else NO_REFERENCE


def somebody_vouches_for_what_is_held_elsewhere(asked: Asked[CompleteAssessment]) -> Unmet | None:
    held = asked.command.document
    there = held.where is Where.THERE
    return NOT_ATTESTED if there and not (held.system.strip() and held.attested_by) else None


def the_document_is_not_dated_ahead(asked: Asked[CompleteAssessment]) -> Unmet | None:
    return DATED_AHEAD if lies_ahead(asked, asked.command.document.on) else None


def it_shows_all_that_it_should(asked: Asked[CompleteAssessment]) -> Unmet | None:
    return PARTS_MISSING if set(Part) - set(asked.command.shows) else None


def an_assessment_is_complete(asked: Asked[object]) -> Unmet | None:
    """Where the assessment comes first, nobody is proposed before it is finished (R45, SC7 P11)."""
    first = asked.case.pack.order is Order.ASSESS_FIRST
    return NONE_COMPLETE if first and _completed(asked.case) is None else None


def the_front_door_decides(asked: Asked[object]) -> bool:
    return asked.case.pack.triage and asked.case.stage is Stage.ASSESSING


def no_front_door_decides(asked: Asked[object]) -> bool:
    return not the_front_door_decides(asked)


def _completed(case: Case) -> Assessment | None:
    done = (one for one in case.every(Assessment) if one.state is AssessmentState.COMPLETE)
    return max(done, key=lambda one: one.number, default=None)


def _earlier(case: Case) -> int:
    """Return the number of the newest version there is, here or found by a check; 0 for none."""
    done, checks = _completed(case), checks_of(case)
    found = checks is not None and checks.says(Check.EARLIER_ASSESSMENT) is Finding.YES
    return done.number if done else int(found)


def _begins(asked: Asked[BeginAssessment]) -> tuple[Event, ...]:
    assessment = Assessment(
        id=f"s{asked.version}",
        version=asked.version,
        state=AssessmentState.UNDER_WAY,
        what=asked.command.what,
        assessor=asked.answers_for,
        number=_earlier(asked.case) + 1,
        begun_at=asked.happened_at,
    )
    begun = AssessmentBegun(assessment)
    if asked.case.stage is Stage.ASSESSING:  # its clock has run since somebody agreed
        return (begun,)
    period, owner = asked.case.pack.clocks.assessment, Person(assessment.assessor)
    return begun, starts(asked, Clock(DeadlineKind.ASSESSMENT, assessment.id, owner, period))


def _completes(asked: Asked[CompleteAssessment]) -> tuple[Event, ...]:
    command, clocks = asked.command, asked.case.pack.clocks
    done = AssessmentCompleted(command.assessment, command.document, asked.happened_at)
    settled = settles(asked, command.assessment)
    if asked.case.stage is not Stage.ASSESSING:
        return done, *settled
    if the_front_door_decides(asked):
        front_door = desk(asked.case, Role.COORDINATOR)
        onward = next_step(asked, DeadlineKind.FRONT_DOOR, clocks.front_door, front_door)
    else:
        onward = next_step(asked, DeadlineKind.ROUTE, clocks.route)
    return done, *settled, *onward


def _fold_begun(case: Case, event: AssessmentBegun, entry: Entry) -> Case:
    return put(case, event.assessment)


def _fold_completed(case: Case, event: AssessmentCompleted, entry: Entry) -> Case:
    held = case.thing(Assessment, event.assessment)
    if held is None:
        return case
    return put(case, replace(held, document=event.document, completed_at=event.at))


def _tells(case: Case, event: AssessmentCompleted, entry: Entry) -> tuple[Tell, ...]:
    return (Tell(desk(case, Role.COORDINATOR), "assessment_complete", event.assessment),)


TO_ASSESS = (Stage.ASSESSING, Stage.PLANNING, Stage.IN_DELIVERY, Stage.IN_REVIEW)
_COMPLETES = Row(
    CompleteAssessment,
    MachineName.ASSESSMENT,
    (AssessmentState.UNDER_WAY,),
    AssessmentState.COMPLETE,
    ("T8", "R40", "R42", "R46", "R47"),
    when=(no_front_door_decides,),
    asks=(the_case_is_open_still,),
    needs=(
        the_document_can_be_found,
        somebody_vouches_for_what_is_held_elsewhere,
        the_document_is_not_dated_ahead,
        it_shows_all_that_it_should,
    ),
    also=(Also((Stage.ASSESSING,), Stage.ROUTED),),
)
CHAPTER = Chapter(
    rows=(
        Row(
            BeginAssessment,
            MachineName.ASSESSMENT,
            (AssessmentState.NONE,),
            AssessmentState.UNDER_WAY,
            ("R37", "R38", "R39", "R40", "R43", "C30", "C31"),
            asks=(the_case_is_open_still, it_is_time_to_assess, no_other_assessment_is_under_way),
            needs=(an_earlier_one_is_brought_up_to_date,),
        ),
        _COMPLETES,
        replace(
            _COMPLETES,
            rules=("T7", "R40", "R42", "R48", "R49"),
            when=(the_front_door_decides,),
            also=(Also((Stage.ASSESSING,), Stage.TRIAGE),),
        ),
    ),
    happens={BeginAssessment: _begins, CompleteAssessment: _completes},
    folds={AssessmentBegun: _fold_begun, AssessmentCompleted: _fold_completed},
    tells={AssessmentCompleted: _tells},
    roles={BeginAssessment: CASEWORK, CompleteAssessment: CASEWORK},
)
