"""Who may answer for the nominee's agency, and what a concern about the nominee does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Person, PersonFacts, Refused, Role, next_deadline
from statemodel.commands import AgreeNomination, Objection, RaiseNominationConcern
from statemodel.events import DepartureNoted
from statemodel.plain import plain, utc_text
from statemodel.things import NominationState, TaskKind
from tests.builders import LAPSE, MONDAY, World, closing, people, proposal, recorded


@pytest.mark.proves("T13", "R95", "R96")
@pytest.mark.parametrize("by", ["p-lee", "p-dee"])
def test_the_manager_asked_or_her_deputy_may_agree(by: str) -> None:
    world = World().proposed()
    world.do(world.agreeing(), by)
    assert world.nomination.state is NominationState.AGREED
    assert world.nomination.agreed_by == by


@pytest.mark.proves("R105")
def test_after_the_manager_the_family_is_asked_and_somebody_owes_that() -> None:
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.about, owed.owner) == ("family_confirmation", "n3", Person("p-ana"))


@pytest.mark.proves("R95", "R98")
@pytest.mark.parametrize("by", ["p-head", "p-cat", "p-eve", "p-art", "p-jo"])
def test_nobody_else_agrees_whatever_their_office(by: str) -> None:
    world = World().proposed()
    assert world.why_not(world.agreeing(), by) == ["not_the_nominees_manager"]


@pytest.mark.proves("R95")
def test_the_nominee_can_neither_agree_nor_write_down_her_managers_yes() -> None:
    world = World().proposed()
    assert "recorder_is_party" in world.why_not(world.agreeing(), "p-sam")
    spoken = world.agreeing(recorded=recorded("p-lee"))
    assert world.why_not(spoken, "p-sam") == ["recorder_is_party"]
    own = world.agreeing(recorded=recorded())
    assert world.why_not(own, "p-sam") == ["recorder_is_party"]


@pytest.mark.proves("R97")
def test_the_nominee_cannot_write_down_her_managers_concern_either() -> None:
    world = World().proposed()
    spoken = world.objecting(recorded=recorded("p-lee"))
    assert world.why_not(spoken, "p-sam") == ["recorder_is_party"]


@pytest.mark.proves("R95", "R103")
def test_a_third_person_may_record_what_the_manager_said() -> None:
    world = World().proposed().wait(hours=5)
    spoken = recorded("p-lee", MONDAY + timedelta(hours=3))
    entry = world.do(world.agreeing(recorded=spoken), "p-cat")
    assert world.nomination.agreed_by == "p-lee"
    assert entry.departures == ()
    assert "p-lee" in world.told("lead_agreed_by_manager")


@pytest.mark.proves("R95", "R11")
def test_an_answer_recorded_for_somebody_not_the_manager_is_kept_as_a_departure() -> None:
    world = World().proposed()
    entry = world.do(world.agreeing(recorded=recorded("p-head")), "p-cat")
    assert [unmet.code for unmet in entry.departures] == ["not_the_nominees_manager"]
    (noted,) = [event for event in entry.events if isinstance(event, DepartureNoted)]
    assert noted.task.what is TaskKind.PUT_RIGHT


@pytest.mark.proves("R95")
def test_nobody_agrees_to_their_own_proposal() -> None:
    world = World().planning()
    world.known = people(
        PersonFacts("p-lee", "a-trust", (Role.PRACTITIONER, Role.LINE_MANAGER), deputy="p-dee")
    )
    world.do(proposal(), "p-lee")
    assert world.why_not(world.agreeing(), "p-lee") == ["own_proposal"]
    world.do(world.agreeing(), "p-dee")
    assert world.nomination.agreed_by == "p-dee"


@pytest.mark.proves("C40", "R95")
def test_without_a_line_manager_the_nominees_own_answer_counts_and_the_arbiter_knows() -> None:
    world = World().proposed("p-solo")
    assert (world.nomination.asked, world.nomination.deputy) == ("p-solo", None)
    assert world.told("please_answer") == ["p-solo"]
    assert world.told("lead_proposed") == ["coordinator.northshire", "arbiter.northshire"]
    assert world.why_not(world.agreeing(), "p-ana") == ["not_the_nominees_manager"]
    world.do(world.agreeing(), "p-solo")
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("R298")
def test_of_two_answers_the_second_is_told_who_was_first_and_when() -> None:
    world = World().proposed()
    mine = world.agreeing()
    world.wait(minutes=3).do(mine, "p-lee")
    at = utc_text(world.now)
    answer = world.wait(seconds=1).ask(mine, "p-dee")
    assert isinstance(answer, Refused)
    (reason,) = answer.reasons
    assert reason.code == "answered_already"
    assert dict(reason.facts) == {"by": "p-lee", "at": at, "thing": "n3"}


@pytest.mark.proves("R298", "R103")
def test_of_two_late_answers_the_second_is_told_the_same() -> None:
    world = World().proposed().wait_until(LAPSE + timedelta(hours=1))
    mine = world.agreeing()
    world.do(mine, "p-lee")
    assert world.why_not(mine, "p-dee") == ["answered_already"]


@pytest.mark.proves("R298")
def test_an_answer_to_a_proposal_that_has_moved_on_says_to_which_version() -> None:
    world = World().proposed()
    mine = world.agreeing()
    world.do(world.objecting(), "p-dee")
    answer = world.ask(mine, "p-lee")
    assert isinstance(answer, Refused)
    assert [(r.code, dict(r.facts)["version"]) for r in answer.reasons] == [("moved_on", "4")]


def test_an_answer_to_a_proposal_that_is_not_there_is_refused() -> None:
    world = World().proposed()
    assert world.why_not(AgreeNomination(nomination="n9", seen=9), "p-lee") == ["no_such_thing"]


@pytest.mark.proves("R99")
def test_an_answer_given_before_the_question_makes_no_sense() -> None:
    world = World().proposed()
    early = recorded("p-lee", MONDAY - timedelta(minutes=1))
    assert world.why_not(world.agreeing(recorded=early), "p-cat") == ["answered_before_asked"]


@pytest.mark.proves("T14", "R97", "R98", "R99")
def test_a_concern_opens_a_discussion_and_does_not_start_the_clock_again() -> None:
    world = World().proposed().wait(days=1)
    before = next_deadline(world.case)
    world.do(world.objecting(others_involved=("p-jo",)), "p-lee")
    assert world.nomination.state is NominationState.IN_DISCUSSION
    assert next_deadline(world.case) == before
    assert world.told("managers_to_confer") == ["coordinator.northshire", "p-jo"]
    assert world.wait_until(LAPSE).nomination.state is NominationState.REFERRED


@pytest.mark.proves("T14", "I37")
def test_others_whom_the_directory_does_not_know_are_told_by_the_co_ordinator() -> None:
    world = World().proposed()
    world.do(world.objecting(others_involved=("somebody", "p-jo")), "p-lee")
    assert world.told("managers_to_confer") == ["coordinator.northshire", "p-jo"]


@pytest.mark.proves("T15")
def test_managers_who_conferred_may_still_agree_in_time() -> None:
    world = World().proposed()
    world.do(world.objecting(), "p-lee")
    world.wait(days=1).do(world.agreeing(), "p-lee")
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("R97")
def test_a_concern_must_say_what_it_is() -> None:
    world = World().proposed()
    assert world.why_not(world.objecting(concern="  "), "p-lee") == ["no_concern_stated"]


@pytest.mark.proves("R97", "R103")
def test_a_concern_spoken_in_time_is_kept_after_the_lapse_and_the_arbiter_hears_of_it() -> None:
    world = World().proposed().wait_until(LAPSE + timedelta(hours=2))
    spoken = recorded("p-lee", LAPSE - timedelta(hours=2))
    world.do(world.objecting(recorded=spoken), "p-cat")
    assert world.nomination.state is NominationState.REFERRED
    assert "arbiter.northshire" in world.told("managers_to_confer")


@pytest.mark.proves("R182")
def test_nobody_answers_about_a_case_that_has_closed() -> None:
    world = World().proposed()
    mine = world.agreeing()
    world.do(closing())
    assert world.why_not(replace(mine, seen=world.case.version), "p-lee") == ["not_from_here"]


@pytest.mark.proves("R97")
@pytest.mark.parametrize("kind", Objection)
def test_a_manager_who_does_not_agree_says_what_kind_of_no_it_is_and_decides_nothing(
    kind: Objection,
) -> None:
    world = World().proposed()
    entry = world.do(world.objecting(objection=kind), "p-lee")
    assert isinstance(entry.command, RaiseNominationConcern)
    assert entry.command.objection is kind
    assert world.nomination.state is NominationState.IN_DISCUSSION
    assert world.nomination.agreed_by is None
    assert "objection" not in plain(world.objecting())
