"""Agreeing where the assessment comes first, and in the forms an area asks for (T5, R31, R428)."""

from dataclasses import replace

import pytest

from statemodel import Stage
from statemodel.commands import RecordAgreement, ReferAgain
from statemodel.policy import Forms
from statemodel.tenure import Agreement, Form
from statemodel.things import DeadlineKind
from tests.beginnings import Early, first
from tests.builders import (
    MONDAY,
    World,
    a_case,
    agreement,
    closing,
    pack,
    proposal,
    recorded,
    refusal,
)

WRITTEN = agreement(form=Form.WRITTEN)


def with_forms(forms: Forms) -> Early:
    world = Early(case=a_case(pack=pack(forms=forms)))
    world.opened()
    return world


def stage(world: World) -> Stage:
    return world.case.stage


def kinds(world: World) -> list[str]:
    return [one.what for one in world.case.running]


@pytest.mark.proves("T5", "R31")
def test_where_the_assessment_comes_first_it_follows_the_agreement() -> None:
    world = first().checked()
    world.do(agreement())
    assert (stage(world), kinds(world)) == (Stage.ASSESSING, [DeadlineKind.ASSESSMENT])


@pytest.mark.proves("R31", "R428", "SC2")
def test_where_both_forms_are_asked_for_one_alone_is_only_written_down() -> None:
    for one, other in ((agreement(), WRITTEN), (WRITTEN, agreement())):
        world = with_forms(Forms.BOTH)
        world.do(one)
        assert (stage(world), kinds(world)) == (Stage.IDENTIFIED, [DeadlineKind.AGREEMENT])
        world.do(other)
        assert (stage(world), len(world.case.every(Agreement))) == (Stage.PLANNING, 2)


@pytest.mark.proves("R32", "R428")
def test_both_forms_are_one_persons_own() -> None:
    world = with_forms(Forms.BOTH)
    world.do(agreement(giver="f-mother"))
    world.do(agreement(giver="f-father", form=Form.WRITTEN))
    assert stage(world) is Stage.IDENTIFIED


@pytest.mark.proves("R34", "R428")
def test_a_form_taken_back_counts_no_longer() -> None:
    world = with_forms(Forms.BOTH)
    world.do(agreement())
    world.do(refusal())
    world.do(WRITTEN)
    assert (stage(world), kinds(world)) == (Stage.IDENTIFIED, [DeadlineKind.REAPPROACH])
    world.do(agreement())
    assert stage(world) is Stage.PLANNING


@pytest.mark.proves("R428")
def test_where_writing_is_asked_for_a_word_is_not_enough() -> None:
    world = with_forms(Forms.WRITTEN)
    world.do(agreement())
    assert stage(world) is Stage.IDENTIFIED
    world.do(WRITTEN)
    assert stage(world) is Stage.PLANNING


@pytest.mark.proves("R23")
def test_the_service_is_explained_before_each_answer_in_whatever_form() -> None:
    world = with_forms(Forms.BOTH)
    assert world.why_not(agreement(explained=False)) == ["service_not_explained"]
    world.do(agreement())
    assert world.why_not(agreement(form=Form.WRITTEN, explained=False)) == ["service_not_explained"]


@pytest.mark.proves("R187", "R428")
def test_what_was_signed_in_an_earlier_episode_is_asked_afresh() -> None:
    world = with_forms(Forms.BOTH)
    world.do(agreement())
    world.do(WRITTEN)
    world.do(closing())
    world.do(ReferAgain(why="School reports a change"))
    world.do(agreement())
    assert stage(world) is Stage.IDENTIFIED
    world.do(WRITTEN)
    assert stage(world) is Stage.PLANNING


@pytest.mark.proves("R32", "R34")
@pytest.mark.parametrize("yes", [agreement(), WRITTEN])
def test_an_older_yes_written_down_after_a_newer_no_moves_nothing(yes: RecordAgreement) -> None:
    world = World().opened().wait(days=3)
    world.do(refusal())
    before = kinds(world)
    world.do(replace(yes, recorded=recorded(at=MONDAY)))
    assert (stage(world), kinds(world)) == (Stage.IDENTIFIED, before)
    world.do(agreement())
    assert stage(world) is Stage.PLANNING


@pytest.mark.proves("R32", "R105")
def test_an_older_no_written_down_after_a_newer_yes_takes_nothing_back() -> None:
    world = World().opened().wait(days=3)
    world.do(agreement())
    world.do(refusal(recorded=recorded(at=MONDAY)))
    world.do(proposal())
    assert world.entries[-1].departures == ()


@pytest.mark.proves("R34", "R428")
def test_an_older_no_does_not_put_off_what_is_still_to_be_signed() -> None:
    world = with_forms(Forms.BOTH)
    world.wait(days=3).do(agreement())
    world.do(refusal(recorded=recorded(at=MONDAY)))
    assert kinds(world) == [DeadlineKind.AGREEMENT]
    world.do(WRITTEN)
    assert stage(world) is Stage.PLANNING


@pytest.mark.proves("R31", "R34", "C28")
@pytest.mark.parametrize("here", [Stage.ASSESSING, Stage.TRIAGE, Stage.ROUTED])
def test_answers_go_on_being_written_down_and_move_nothing(here: Stage) -> None:
    world = first(triage=here is Stage.TRIAGE)
    world = world.assessing() if here is Stage.ASSESSING else world.assessed()
    assert stage(world) is here
    before = sorted(kinds(world))
    for answer in (refusal(), agreement(), WRITTEN):
        assert world.do(answer).moves == ()
    assert sorted(kinds(world)) == sorted([*before, DeadlineKind.TASK])  # somebody asks why
