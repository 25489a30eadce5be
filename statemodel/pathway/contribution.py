"""What other agencies add to the assessment: whose it is and from which day (R31, R44)."""

from dataclasses import dataclass, replace
from datetime import date

from statemodel.assessing import Assessment, AssessmentState, Sharing
from statemodel.attempt import Asked
from statemodel.burden import MOST_ALIKE
from statemodel.case import Case
from statemodel.command import Command, about
from statemodel.deadlines import lies_ahead, put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row
from statemodel.pathway.agreement import somebody_agrees
from statemodel.pathway.assessment import the_case_is_open_still
from statemodel.refusal import Authority, Strength, Unmet


@dataclass(frozen=True, slots=True, kw_only=True)
class AddContribution(Command):
    """Write down that an agency has added what it knows to the assessment."""

    kind = "add_contribution"
    thing = "assessment"
    assessment: str = about("The assessment", "s9")
    seen: int = about("The version of it the person saw", 9)
    agency: str = about("The agency that adds to it, by id", "a-health")
    on: date = about("The day on which it was given", "2026-01-05")
    note: str = about("What it is about", "Sleep and diet", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class ContributionAdded(Event):
    """An agency has added what it knows; that makes nobody of it lead (R40)."""

    kind = "contribution_added"
    assessment: str
    agency: str
    on: date


NOT_YET_GIVEN = Unmet("contribution_dated_ahead", ("R44",), Authority.BATON, Strength.SENSE)
NOBODY_SAID_SO = Unmet(
    "contribution_not_agreed", ("R31", "R44"), Authority.NATIONAL_GUIDANCE, Strength.ASK_WHY
)


def it_has_been_given(asked: Asked[AddContribution]) -> Unmet | None:
    return NOT_YET_GIVEN if lies_ahead(asked, asked.command.on) else None


def the_family_agrees_or_sharing_was_decided(asked: Asked[AddContribution]) -> Unmet | None:
    decided = (one for one in asked.case.every(Sharing) if one.over_at is None)
    named = {agency for one in decided for agency in one.agencies}
    lawful = asked.command.agency in named or somebody_agrees(asked.case)
    return None if lawful else NOBODY_SAID_SO


def _adds(asked: Asked[AddContribution]) -> tuple[Event, ...]:
    command = asked.command
    return (ContributionAdded(command.assessment, command.agency, command.on),)


def _fold(case: Case, event: ContributionAdded, entry: Entry) -> Case:
    held = case.thing(Assessment, event.assessment)
    if held is None:
        return case
    named = tuple(dict.fromkeys((*held.contributors, event.agency)))[-MOST_ALIKE:]
    return put(case, replace(held, contributors=named))


CHAPTER = Chapter(
    rows=(
        Row(
            AddContribution,
            MachineName.ASSESSMENT,
            (AssessmentState.UNDER_WAY, AssessmentState.COMPLETE),
            None,
            ("R31", "R40", "R44"),
            asks=(the_case_is_open_still,),
            needs=(it_has_been_given, the_family_agrees_or_sharing_was_decided),
        ),
    ),
    happens={AddContribution: _adds},
    folds={ContributionAdded: _fold},
    roles={AddContribution: CASEWORK},
)
