"""Choosing the lead professional: the proposal that starts the four days (T12, R80–R94)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from statemodel.attempt import Asked
from statemodel.case import Case, Stage
from statemodel.command import Command, about
from statemodel.deadlines import Clock, DeadlineSet, desk, put, starts
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.agreement import somebody_agrees
from statemodel.pathway.assessment import an_assessment_is_complete
from statemodel.pathway.checks import no_lead_is_in_place_elsewhere
from statemodel.pathway.plan import the_meeting_was_held
from statemodel.pathway.planning_ahead import (
    no_other_lead_is_planned_then,
    no_other_proposal_waits,
    the_times_make_sense,
)
from statemodel.people import Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.tenure import Criterion, Nomination, NominationState, Reason
from statemodel.things import DeadlineKind


class Wish(StrEnum):
    """What child and family answered when asked whom they want (R87)."""

    NAMED = "named"
    NO_PREFERENCE = "no_preference"
    COULD_NOT_BE_ASKED = "could_not_be_asked"


@dataclass(frozen=True, slots=True)
class FamilyWish:
    """`named` is the practitioner they asked for; `reason` says why they could not be asked."""

    answer: Wish
    named: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeLead(Command):
    """Name the practitioner the meeting would like to lead."""

    kind = "propose_lead"
    children: tuple[str, ...] = about("For which children of the case", ["k-9f2c"])
    nominee: str = about("The practitioner proposed, by id", "p-sam")
    wish: FamilyWish = about("Whom the family asked for", {"answer": "no_preference"})
    why: str = about("Why this person (R80)", "Knows the family well", default="", limit=10_000)
    since: datetime | None = about("From when, if not at once", None, default=None)
    until: datetime | None = about("Until when, if that is agreed already", None, default=None)
    change: Reason | None = about("Why the lead changes, if it does", None, default=None)
    criteria: tuple[Criterion, ...] | None = about(
        "What speaks for this person (R80)", ["trust", "relationship"], default=None
    )


@dataclass(frozen=True, slots=True)
class LeadProposed(Event):
    """The proposal stands; the nominee's line manager is asked, and the four days begin (R99)."""

    kind = "lead_proposed"
    nomination: Nomination


NATIONAL, LOCAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.LOCAL_POLICY, Authority.BATON
NOT_OPEN = Unmet("case_not_open", ("R182",), BATON, Strength.SENSE)
NOT_PLANNING = Unmet("planning_not_begun", ("T12", "R53", "R60"), NATIONAL)
NOT_AGREED = Unmet("nobody_agrees_to_take_part", ("R31", "R105"), NATIONAL, Strength.ASK_WHY)
STRANGE_CHILD = Unmet("child_not_in_case", ("R1",), BATON, Strength.SENSE)
UNKNOWN_NOMINEE = Unmet("person_not_known", ("R93",), BATON, Strength.SENSE)
NOT_ACTIVE = Unmet("nominee_has_left", ("R93",), BATON)
NOT_PRACTITIONER = Unmet("nominee_not_practitioner", ("R82", "C42"), NATIONAL)
WISH_UNEXPLAINED = Unmet("wish_not_asked", ("R87",), NATIONAL)
WISH_NOT_MET = Unmet("wish_not_met", ("R88",), NATIONAL, Strength.ASK_WHY)


def the_case_is_open(asked: Asked[object]) -> Unmet | None:
    return None if asked.case.is_open else NOT_OPEN


def planning_has_begun(asked: Asked[object]) -> Unmet | None:
    begun = (Stage.PLANNING, Stage.IN_DELIVERY, Stage.IN_REVIEW)
    return None if asked.case.stage in begun else NOT_PLANNING


def somebody_agrees_to_take_part(asked: Asked[object]) -> Unmet | None:
    return None if somebody_agrees(asked.case) else NOT_AGREED


def the_children_are_of_this_case(asked: Asked[ProposeLead]) -> Unmet | None:
    named = asked.command.children
    return None if named and set(named) <= set(asked.case.children) else STRANGE_CHILD


def the_nominee_is_known(asked: Asked[ProposeLead]) -> Unmet | None:
    nominee = asked.command.nominee
    known = asked.context.facts.of(nominee)
    return None if known else UNKNOWN_NOMINEE.about(person=nominee)


def the_nominee_works_here_still(asked: Asked[ProposeLead]) -> Unmet | None:
    known = asked.context.facts.of(asked.command.nominee)
    return NOT_ACTIVE if known and not known.active else None


def the_nominee_is_a_practitioner(asked: Asked[ProposeLead]) -> Unmet | None:
    known = asked.context.facts.of(asked.command.nominee)
    return NOT_PRACTITIONER if known and Role.PRACTITIONER not in known.roles else None


def the_wish_is_explained(asked: Asked[ProposeLead]) -> Unmet | None:
    wish = asked.command.wish
    silent = wish.answer is Wish.COULD_NOT_BE_ASKED and not wish.reason.strip()
    nameless = wish.answer is Wish.NAMED and not wish.named
    return WISH_UNEXPLAINED if silent or nameless else None


def the_wish_is_met(asked: Asked[ProposeLead]) -> Unmet | None:
    wish = asked.command.wish
    differs = wish.answer is Wish.NAMED and wish.named not in (None, asked.command.nominee)
    return WISH_NOT_MET if differs else None


def _happens(asked: Asked[ProposeLead]) -> tuple[Event, ...]:
    nominee = asked.context.facts.of(asked.command.nominee)
    assert nominee, "the guards let nobody unknown through"
    manager = nominee.line_manager or nominee.id  # nobody without a line manager blocks (D37)
    boss = asked.context.facts.of(manager)
    clock = _four_days(asked, Person(manager))
    deadline = clock.deadline
    warned = deadline.remind_at or deadline.due.at
    nomination = Nomination(
        id=f"n{asked.version}",
        version=asked.version,
        state=NominationState.PROPOSED,
        children=tuple(dict.fromkeys(asked.command.children)),
        nominee=nominee.id,
        agency=nominee.agency,
        proposer=asked.answers_for,
        asked=manager,
        deputy=boss.deputy if boss else None,
        proposed_at=asked.happened_at,
        due=deadline.due,
        asked_in_time=asked.context.now <= warned,
        since=asked.command.since,
        until=asked.command.until,
        because=asked.command.change,
    )
    return LeadProposed(nomination), clock


def _four_days(asked: Asked[ProposeLead], manager: Person) -> DeadlineSet:
    clocks, about = asked.case.pack.clocks, f"n{asked.version}"
    kind = DeadlineKind.MANAGER_ANSWER
    return starts(
        asked, Clock(kind, about, manager, clocks.manager_answer, clocks.manager_reminder)
    )


def _fold(case: Case, event: LeadProposed, entry: Entry) -> Case:
    return put(case, event.nomination)


def _tells(case: Case, event: LeadProposed, entry: Entry) -> tuple[Tell, ...]:
    nomination = event.nomination
    question = Tell(Person(nomination.asked), "please_answer", nomination.id)
    copy = Tell(desk(case, Role.COORDINATOR), "lead_proposed", nomination.id)
    warned = _warned(case, nomination, entry)
    if nomination.asked == nomination.nominee:  # her own answer counts, the arbiter knows (D37)
        arbiter = Tell(desk(case, Role.ARBITER), "lead_proposed", nomination.id)
        return question, copy, arbiter, *warned
    proposed = Tell(Person(nomination.nominee), "you_are_proposed", nomination.id)
    return question, proposed, copy, *warned


def _warned(case: Case, nomination: Nomination, entry: Entry) -> tuple[Tell, ...]:
    """Whoever is asked is away when the answer is due: told now, not after the lapse (D36)."""
    manager = entry.facts.of(nomination.asked)
    if manager is None or not manager.is_away(nomination.due.day):
        return ()
    warning = Tell(desk(case, Role.COORDINATOR), "manager_away", nomination.id)
    if nomination.deputy is None:
        return (warning,)
    return warning, Tell(Person(nomination.deputy), "please_answer_instead", nomination.id)


CHAPTER = Chapter(
    rows=(
        Row(
            ProposeLead,
            MachineName.NOMINATION,
            (NominationState.NONE,),
            NominationState.PROPOSED,
            ("T12", "R28", "R45", "R80", "R87", "R88", "R93", "R94", "R99", "R148"),
            asks=(
                the_case_is_open,
                planning_has_begun,
                somebody_agrees_to_take_part,
                the_meeting_was_held,
                no_other_proposal_waits,
                no_other_lead_is_planned_then,
                an_assessment_is_complete,
                no_lead_is_in_place_elsewhere,
            ),
            needs=(
                the_times_make_sense,
                the_children_are_of_this_case,
                the_nominee_is_known,
                the_nominee_works_here_still,
                the_nominee_is_a_practitioner,
                the_wish_is_explained,
                the_wish_is_met,
            ),
        ),
    ),
    happens={ProposeLead: _happens},
    folds={LeadProposed: _fold},
    tells={LeadProposed: _tells},
    roles={ProposeLead: CASEWORK},
)
