"""Reviews: they have a date, hear family and child, set the next, or end the help for a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Stage, status
from statemodel.commands import (
    Code,
    EndLead,
    OpenReview,
    Outcome,
    RaiseConcern,
    Reason,
    RecordReview,
    RiskAnswer,
)
from statemodel.tenure import Lead, LeadState
from statemodel.things import TaskKind
from tests.builders import MONDAY, World, proposal, recorded

NEXT = MONDAY + timedelta(days=42)
GOES_ON = RecordReview(
    outcome=Outcome.CONTINUE,
    next_review=NEXT,
    family_experience="It helps",
    childs_view="School is better",
)
ENDS = replace(GOES_ON, outcome=Outcome.CLOSE, next_review=None, code=Code.SINGLE_AGENCY_REMAINS)


def reviews(world: World) -> list[tuple[str, object]]:
    return [
        (str(owed.owner.id), owed.due.at) for owed in world.case.running if owed.what == "review"
    ]


@pytest.mark.proves("T20", "T21", "R137", "R139")
def test_a_review_opens_hears_and_sets_the_date_of_the_next() -> None:
    world = World().delivered()
    world.do(OpenReview())
    assert (world.case.stage, status(world.case)) == (Stage.IN_REVIEW, "in_review")
    world.do(GOES_ON)
    assert world.case.stage is Stage.IN_DELIVERY
    assert reviews(world) == [("p-sam", NEXT)]
    assert world.told("review_recorded") == ["coordinator.northshire", "p-sam"]


@pytest.mark.proves("R64", "R139")
@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.CLOSE])
def test_no_review_but_the_last_ends_without_the_next_ones_date(outcome: Outcome) -> None:
    world = World().reviewing()
    assert world.why_not(replace(GOES_ON, outcome=outcome, next_review=None)) == ["no_next_review"]
    assert world.why_not(replace(GOES_ON, outcome=outcome, next_review=MONDAY)) == [
        "next_review_in_the_past"
    ]
    far = replace(GOES_ON, outcome=outcome, next_review=MONDAY + timedelta(days=367))
    assert world.why_not(replace(far, recorded=recorded())) == ["next_review_too_far_ahead"]


@pytest.mark.proves("R139", "R352")
def test_a_review_held_without_a_date_is_recorded_and_the_old_clock_goes_on() -> None:
    world = World().reviewing()
    before = reviews(world)
    world.do(replace(GOES_ON, next_review=None, recorded=recorded()))
    assert reviews(world) == before
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]


@pytest.mark.proves("R134", "C9", "R151")
def test_the_running_review_passes_to_whoever_is_responsible_and_keeps_its_day() -> None:
    world = World().delivered()
    ((_, day),) = reviews(world)
    world.do(proposal("p-own", change=Reason.NEEDS_CHANGED))
    world.confirmed()
    assert reviews(world) == [("p-own", day)]
    world.do(OpenReview())
    held = world.lead
    world.do(EndLead(lead=held.id, seen=held.version, reason=Reason.LEAVING_EMPLOYMENT))
    assert reviews(world) == [("coordinator.northshire", day)]


@pytest.mark.proves("R134", "R148")
def test_a_review_passes_to_the_lead_planned_for_a_day_on_that_day() -> None:
    world = World().delivered()
    world.do(proposal("p-own", since=MONDAY + timedelta(days=7), change=Reason.NEEDS_CHANGED))
    before = reviews(world.confirmed())
    assert before[0][0] == "p-sam"
    assert reviews(world.wait(days=8)) == [("p-own", before[0][1])]


@pytest.mark.proves("R136", "R140")
def test_family_and_child_are_heard_or_it_is_said_why_not() -> None:
    world = World().reviewing()
    silent = replace(GOES_ON, family_experience=" ", childs_view="")
    assert world.why_not(silent) == ["family_experience_missing", "childs_view_missing"]
    entry = world.do(replace(silent, because="They moved at night"))
    assert len(entry.departures) == 2


@pytest.mark.proves("R143")
def test_a_review_nobody_holds_is_passed_upward_and_no_stage_is_moved() -> None:
    world = World().delivered().wait(days=60)
    assert world.case.stage is Stage.IN_DELIVERY
    passed = [made.to.id for made in world.messages if made.about == "review"]
    assert passed[:2] == ["coordinator.northshire", "early_help_manager.northshire"]


@pytest.mark.proves("T26", "R179", "R180")
def test_a_review_that_ends_help_ends_every_tenure_with_it() -> None:
    world = World().delivered()
    world.do(proposal("p-own", since=NEXT))
    world.confirmed().do(OpenReview())
    world.do(ENDS)
    assert world.case.standing.closed_because == "single_agency_remains"
    assert {lead.state for lead in world.case.every(Lead)} == {LeadState.ENDED}
    assert (world.case.running, world.case.standing.responsible) == ((), None)
    assert set(world.told("case_closed")) == {"coordinator.northshire", "p-sam", "p-own"}
    assert world.wait(days=90).case.stage is Stage.CLOSED


@pytest.mark.proves("R159", "R162", "R182")
@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        (None, ["no_closing_code"]),
        (Code.NOBODY_LEADS, ["never_closed_for_want_of_a_lead"]),
        (Code.REACHED_AGE, ["no_birthday_closes"]),
        (Code.MOVED, ["risk_question_open"]),
        (Code.DISENGAGED, ["risk_question_open"]),
        (Code.CONSENT_WITHDRAWN, ["risk_question_open"]),
    ],
)
def test_a_review_ends_help_for_a_reason_only(code: Code | None, reasons: list[str]) -> None:
    world = World().reviewing()
    assert world.why_not(replace(ENDS, code=code)) == reasons


@pytest.mark.proves("R182", "C28")
def test_an_early_help_manager_answers_the_risk_question_at_a_review_too() -> None:
    world = World().reviewing()
    moved = replace(ENDS, code=Code.MOVED, risk=RiskAnswer(False, "p-lee", "Front door"))
    assert world.why_not(moved) == ["risk_not_answered_by_manager"]
    world.do(replace(moved, risk=RiskAnswer(False, "p-eve", "Front door")))
    assert world.case.stage is Stage.CLOSED


@pytest.mark.proves("R184")
def test_no_review_ends_help_while_a_concern_waits() -> None:
    world = World().reviewing()
    world.do(RaiseConcern(what="Afraid"), "p-jo")
    assert world.why_not(ENDS) == ["concern_open"]
    world.do(GOES_ON)


@pytest.mark.proves("R136", "R140")
def test_a_review_says_what_it_went_through_and_nothing_hangs_on_it() -> None:
    world = World().reviewing()
    looked = replace(
        GOES_ON,
        services_change=True,
        specialist_needed=False,
        actions_reviewed=True,
        both_considered=False,
    )
    entry = world.do(looked)
    assert (entry.command, entry.departures) == (looked, ())
    assert world.case.stage is Stage.IN_DELIVERY


@pytest.mark.proves("R134", "C9")
def test_while_nobody_leads_the_next_review_is_the_co_ordinators() -> None:
    world = World().delivered()
    world.do(EndLead(lead=world.lead.id, seen=world.lead.version, reason=Reason.ROLE_CHANGE))
    world.do(OpenReview())
    assert status(world.case) == "in_review"
    world.do(GOES_ON)
    assert reviews(world) == [("coordinator.northshire", NEXT)]
