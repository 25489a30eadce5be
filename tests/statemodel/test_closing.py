"""Closing: decided by people together, never for want of a lead, and never by a birthday."""

from datetime import timedelta

import pytest

from statemodel import Stage
from statemodel.case import OPEN_STAGES
from statemodel.commands import (
    AnswerTask,
    Code,
    Decider,
    RaiseConcern,
    ReportUndelivered,
    RiskAnswer,
)
from statemodel.things import DeadlineState, NominationState, TaskKind
from tests.builders import LAPSE, World, closing, identify, proposal, recorded, refusal

ASKED_AND_TOLD = RiskAnswer(False, "p-eve", "The front door")


@pytest.mark.proves("T29", "R181")
def test_a_case_closes_with_its_code_its_moment_and_nobody_left_holding_it() -> None:
    world = World().proposed()
    world.do(closing())
    standing = world.case.standing
    assert (standing.stage, standing.closed_because) == (Stage.CLOSED, "outcomes_achieved")
    assert (standing.closed_at, standing.responsible) == (world.now, None)
    assert standing.reopen_until is not None
    assert standing.reopen_until.date() - world.now.date() == timedelta(days=28)
    assert world.told("case_closed") == ["coordinator.northshire"]


@pytest.mark.proves("R182")
def test_closing_stops_every_clock_of_the_pathway_and_every_question() -> None:
    world = World().proposed()
    world.do(closing())
    assert world.case.running == ()
    assert world.nomination.state is NominationState.SET_ASIDE
    assert world.wait(days=90).told("please_decide") == []


@pytest.mark.proves("R159", "R162", "R432")
@pytest.mark.parametrize("by", ["p-ana", "p-cat", "p-eve"])
def test_no_case_closes_because_nobody_leads_whoever_asks_and_however(by: str) -> None:
    world = World().planning()
    code = ["never_closed_for_want_of_a_lead"]
    assert world.why_not(closing(Code.NOBODY_LEADS), by) == code
    assert world.why_not(closing(Code.NOBODY_LEADS, because="We tried"), by) == code
    assert world.why_not(closing(Code.NOBODY_LEADS, recorded=recorded()), by) == code


@pytest.mark.proves("R182", "R199")
def test_no_birthday_closes_a_case_even_as_a_record() -> None:
    world = World().planning()
    assert world.why_not(closing(Code.REACHED_AGE)) == ["no_birthday_closes"]
    assert world.why_not(closing(Code.REACHED_AGE, recorded=recorded())) == ["no_birthday_closes"]


@pytest.mark.proves("R159")
def test_a_case_in_which_nobody_leads_may_close_for_a_good_reason() -> None:
    world = World().planning()
    world.do(closing(Code.NO_ADDITIONAL_NEEDS))
    assert world.case.stage is Stage.CLOSED


@pytest.mark.proves("R181", "T29")
def test_one_practitioner_alone_does_not_close_a_case_in_which_others_may_be() -> None:
    world = World().planning()
    assert world.why_not(closing(decided_by=Decider.PRACTITIONER)) == [
        "closing_is_not_decided_alone"
    ]


@pytest.mark.proves("T3")
@pytest.mark.parametrize("code", [Code.NO_FURTHER_ACTION, Code.OPENED_IN_ERROR])
def test_whoever_has_just_opened_a_case_may_close_it_again_alone(code: Code) -> None:
    world = World().opened()
    world.do(closing(code, decided_by=Decider.PRACTITIONER))
    assert world.case.stage is Stage.CLOSED


@pytest.mark.proves("R182", "C28")
@pytest.mark.parametrize("code", [Code.CONSENT_WITHDRAWN, Code.DISENGAGED, Code.MOVED])
def test_an_ending_that_may_hide_a_worry_asks_whether_it_raises_one(code: Code) -> None:
    world = World().planning()
    assert world.why_not(closing(code)) == ["risk_question_open"]
    another_agencys = RiskAnswer(False, "p-lee", "Nobody")
    assert world.why_not(closing(code, risk=another_agencys)) == ["risk_not_answered_by_manager"]
    unknown = RiskAnswer(False, "p-nobody", "Nobody")
    assert world.why_not(closing(code, risk=unknown)) == ["risk_not_answered_by_manager"]
    world.do(closing(code, risk=ASKED_AND_TOLD))
    assert world.case.standing.closed_because == code.value


@pytest.mark.proves("R182")
def test_other_endings_are_not_asked_about_risk() -> None:
    world = World().planning()
    world.do(closing(Code.OTHER))
    assert world.case.stage is Stage.CLOSED


@pytest.mark.proves("R6", "R181")
def test_the_familys_view_is_asked_for_and_may_be_missing_for_a_reason() -> None:
    world = World().planning()
    assert world.why_not(closing(family_view=" ")) == ["family_view_missing"]
    world.do(closing(family_view="", because="They have left the country"))
    assert world.case.departures == 1


@pytest.mark.proves("R184")
def test_an_open_concern_keeps_a_case_open_until_somebody_has_seen_to_it() -> None:
    world = World().planning()
    world.do(RaiseConcern(), "p-jo")
    assert world.why_not(closing()) == ["concern_open"]
    (task,) = world.case.open_tasks
    world.do(AnswerTask(task=task.id, seen=task.version, done="Front door told"), "p-dut")
    world.do(closing())
    assert world.case.stage is Stage.CLOSED


@pytest.mark.proves("I33")
def test_what_is_owed_to_somebody_is_owed_after_the_closing_too() -> None:
    world = World().proposed()
    world.post(ReportUndelivered(message="m", purpose="case_closed", subject="", why="full"))
    world.do(closing())
    (task,) = world.case.open_tasks
    assert task.what is TaskKind.TELL_BY_HAND
    world.wait(days=10)
    assert "early_help_manager.northshire" in world.told("passed_up")
    world.do(AnswerTask(task=task.id, seen=task.version, done="Rang them"), "p-cat")
    assert world.case.running == ()


@pytest.mark.proves("R182")
def test_a_closed_case_takes_nothing_but_concerns_corrections_and_what_is_owed() -> None:
    world = World().planning()
    world.do(closing())
    allowed = {option.command for option in world.options("p-ana") if not option.why_not}
    assert allowed == {"raise_concern", "record_sharing", "enter_in_error", "refer_again"}
    assert world.why_not(closing()) == ["not_from_here"]
    assert world.why_not(refusal()) == ["not_from_here"]
    assert world.why_not(identify()) == ["not_from_here"]
    assert "case_not_open" in world.why_not(proposal())
    assert "case_not_open" in world.why_not(proposal(recorded=recorded()))


@pytest.mark.proves("R101", "R181")
def test_however_long_nobody_does_anything_the_case_never_closes_itself() -> None:
    world = World().proposed().wait_until(LAPSE)
    world.wait(days=400)
    assert world.case.stage in OPEN_STAGES
    assert world.case.standing.responsible is not None
    assert all(owed.state is DeadlineState.RUNNING for owed in world.case.running)
