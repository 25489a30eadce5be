"""The assessment: one at a time, brought up to date, complete by reference, and nobody's office."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from statemodel import Person, Stage
from statemodel.assessing import Assessment, AssessmentKind, AssessmentState, Part
from statemodel.commands import EnterInError, Mistake, ReferAgain
from statemodel.tenure import Lead
from statemodel.things import DeadlineKind, TaskKind
from tests.beginnings import (
    HERE,
    THERE,
    Early,
    an_earlier_one,
    begin,
    checks,
    first,
    route,
    sharing,
)
from tests.builders import (
    MONDAY,
    World,
    a_case,
    agreement,
    closing,
    meeting,
    pack,
    proposal,
    recorded,
)

UPDATE = AssessmentKind.UPDATE


def owed(world: World) -> list[tuple[str, str, str]]:
    return [(one.what, one.about, one.owner.id) for one in world.case.running]


def led(world: World) -> bool:
    return any(lead.current for lead in world.case.every(Lead))


@pytest.mark.proves("R37", "R40")
def test_whoever_begins_assesses_and_leads_nothing_by_that() -> None:
    world = first().assessing()
    held = world.assessment
    assert (held.assessor, held.state, held.number) == ("p-ana", AssessmentState.UNDER_WAY, 1)
    assert owed(world) == [(DeadlineKind.ASSESSMENT, "case", "p-ana")]
    assert not led(world)


@pytest.mark.proves("R37", "R47")
def test_under_way_in_planning_or_delivery_it_has_a_date_of_its_own_and_the_lead_stays() -> None:
    world = Early().delivered()
    stage, holder = world.case.stage, world.case.standing.responsible
    world.do(begin(recorded=recorded("p-jo", world.now)), "p-cat")
    held = world.case.every(Assessment)[-1]
    assert (DeadlineKind.ASSESSMENT, held.id, "p-jo") in owed(world)
    assert (world.case.stage, world.case.standing.responsible) == (stage, holder)
    assert led(world)


@pytest.mark.proves("R37")
@pytest.mark.parametrize("way", ["opened", "checking", "checked"])
def test_it_does_not_begin_before_somebody_agreed_but_what_was_begun_is_recorded(way: str) -> None:
    world = getattr(first(), way)()
    assert world.why_not(begin()) == ["not_time_to_assess"]
    world.do(begin(recorded=recorded(at=MONDAY)))
    assert world.assessment.begun_at == MONDAY
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]


@pytest.mark.proves("R38", "R43")
def test_there_is_one_at_a_time() -> None:
    world = first().assessing()
    for kind in AssessmentKind:
        assert world.why_not(begin(kind, recorded=recorded())) == ["assessment_under_way"]
    world.do(world.completing())
    assert world.case.every(Assessment)[-1].state is AssessmentState.COMPLETE


@pytest.mark.proves("R38", "C31")
def test_an_earlier_one_that_is_over_a_year_old_may_be_followed_by_a_new_one() -> None:
    world = Early().planning()
    world.do(checks(an_earlier_one((MONDAY - timedelta(days=366)).date())))
    assert world.do(begin()).departures == ()
    assert world.assessment.number == 2
    world.do(world.completing())
    assert world.wait(days=365).why_not(begin()) == ["earlier_assessment_known"]
    assert world.wait(days=1).do(begin()).departures == ()


@pytest.mark.proves("R38")
def test_an_earlier_one_found_by_a_check_is_brought_up_to_date() -> None:
    world = Early().planning()
    world.do(checks(an_earlier_one(date(2025, 6, 2))))
    assert world.why_not(begin()) == ["earlier_assessment_known"]
    world.do(begin(UPDATE))
    assert (world.assessment.number, world.assessment.what) == (2, UPDATE)


@pytest.mark.proves("R38")
def test_so_is_one_that_was_completed_here_and_each_version_keeps_its_number() -> None:
    world = first().assessed()
    world.do(route())
    assert world.why_not(begin()) == ["earlier_assessment_known"]
    world.do(begin(because="Another child, another need"))
    world.do(world.completing(document=THERE))
    world.do(begin(UPDATE))
    assert [one.number for one in world.case.every(Assessment)] == [1, 2, 3]
    assert [one.document for one in world.case.every(Assessment)] == [HERE, THERE, None]


@pytest.mark.proves("T8", "R42")
def test_complete_it_goes_on_to_where_what_follows_is_decided() -> None:
    world = first().assessed()
    held = world.assessment
    assert world.case.stage is Stage.ROUTED
    assert (held.state, held.document, held.completed_at) == (
        AssessmentState.COMPLETE,
        HERE,
        world.now,
    )
    assert owed(world) == [(DeadlineKind.ROUTE, "case", "p-ana")]
    assert world.told("assessment_complete") == ["coordinator.northshire"]


@pytest.mark.proves("R47")
@pytest.mark.parametrize("way", ["planning", "delivered", "reviewing"])
def test_complete_in_a_later_stage_it_moves_nothing_but_its_own_date(way: str) -> None:
    world = Early()
    getattr(world, way)()
    before, stage = owed(world), world.case.stage
    world.do(begin())
    world.do(world.completing())
    assert (owed(world), world.case.stage) == (before, stage)


@pytest.mark.proves("R42")
def test_it_can_be_found_and_somebody_vouches_for_what_is_held_elsewhere() -> None:
    world = first().assessing()
    nowhere = replace(HERE, reference=" ")
    assert world.why_not(world.completing(document=nowhere)) == ["document_without_reference"]
    for gap in ({"system": ""}, {"attested_by": None}):
        unsure = replace(THERE, **gap)
        assert world.why_not(world.completing(document=unsure)) == ["document_not_attested"]
    tomorrow = replace(HERE, on=MONDAY.date() + timedelta(days=1))
    assert world.why_not(world.completing(document=tomorrow)) == ["document_dated_ahead"]
    world.do(world.completing(document=THERE))


@pytest.mark.proves("R42")
@pytest.mark.parametrize("missing", list(Part))
def test_it_shows_all_six_or_it_is_said_why_not(missing: Part) -> None:
    world = first().assessing()
    shows = tuple(part for part in Part if part is not missing)
    assert world.why_not(world.completing(shows=shows)) == ["assessment_parts_missing"]
    world.do(world.completing(shows=shows, because="Told at the meeting"))
    assert world.case.stage is Stage.ROUTED


def test_whoever_looked_at_an_older_version_is_told_so_and_completes_nothing_twice() -> None:
    world = first().assessing()
    assert world.why_not(world.completing(seen=1)) == ["moved_on"]
    world.do(world.completing())
    assert world.why_not(world.completing()) == ["not_from_here"]


@pytest.mark.proves("R31", "R44", "SC1")
def test_others_add_to_it_each_with_a_name_and_a_day_and_lead_nothing_by_that() -> None:
    world = first().assessing()
    for agency in ("a-trust", "a-school", "a-trust"):
        world.do(world.contributing(agency=agency))
    assert world.assessment.contributors == ("a-trust", "a-school")
    world.do(world.completing())
    world.do(world.contributing(agency="a-late"))
    assert (world.assessment.contributors[-1], world.case.stage) == ("a-late", Stage.ROUTED)
    assert not led(world)


@pytest.mark.proves("R31", "R44")
def test_nobody_adds_to_it_unless_somebody_agreed_or_sharing_was_decided() -> None:
    world = Early(case=a_case(pack=pack())).opened()
    world.do(begin(recorded=recorded(at=MONDAY)))
    assert isinstance(world, Early)
    assert world.why_not(world.contributing()) == ["contribution_not_agreed"]
    world.do(sharing("a-other"))
    assert world.why_not(world.contributing()) == ["contribution_not_agreed"]
    world.do(world.contributing(agency="a-other"))
    world.do(agreement())
    world.do(world.contributing())


@pytest.mark.proves("R44")
def test_what_was_added_is_of_no_day_to_come() -> None:
    world = first().assessing()
    ahead = world.contributing(on=date(2026, 1, 6), recorded=recorded())
    assert world.why_not(ahead) == ["contribution_dated_ahead"]


@pytest.mark.proves("R45", "R53", "SC7")
def test_where_the_assessment_comes_first_nobody_is_proposed_without_one() -> None:
    world = first().assessing()
    world.do(world.completing())
    world.do(route())
    world.do(meeting(world))
    world.do(proposal())
    early = first().assessing()
    codes = ["planning_not_begun", "no_meeting_held", "no_assessment_complete"]
    assert early.why_not(proposal()) == codes
    strict = first(raised=("no_assessment_complete",)).assessing()
    missing = ["planning_not_begun", "no_assessment_complete"]
    assert strict.why_not(proposal(because="On the list")) == missing


@pytest.mark.proves("R45")
def test_where_somebody_leads_first_the_assessment_is_no_condition() -> None:
    World().planning().do(proposal())


@pytest.mark.proves("R186")
def test_a_new_episode_brings_the_assessment_of_the_old_one_up_to_date() -> None:
    world = Early().planning()
    world.do(begin())
    world.do(world.completing())
    world.do(closing())
    world.do(ReferAgain(why="School reports a change"))
    world.do(agreement())
    assert world.why_not(begin()) == ["earlier_assessment_known"]
    world.do(begin(UPDATE))
    assert world.assessment.number == 2


@pytest.mark.proves("R186")
def test_a_closed_case_is_not_assessed_and_what_was_open_is_left_with_the_help() -> None:
    world = Early().planning()
    world.do(begin())
    world.do(closing())
    assert world.assessment.state is AssessmentState.LEFT
    assert world.why_not(world.completing(recorded=recorded())) == ["not_from_here"]
    assert world.why_not(world.contributing(recorded=recorded())) == ["not_from_here"]
    assert "case_not_open" in world.why_not(begin(recorded=recorded()))
    world.do(ReferAgain(why="School reports a change"))
    world.do(agreement())
    world.do(begin())
    world.do(world.completing())
    assert (world.assessment.state, world.assessment.number) == (AssessmentState.COMPLETE, 1)


def test_an_assessment_begun_in_error_takes_its_date_along() -> None:
    world = Early().planning()
    before = owed(world)
    world.do(begin())
    world.do(EnterInError(entry=world.case.version, mistake=Mistake.WRONG_CASE))
    assert (world.case.every(Assessment), owed(world)) == ((), before)


def test_fifty_versions_do_not_fill_the_case_and_the_newest_is_never_forgotten() -> None:
    world = Early().planning()
    for number in range(1, 51):
        world.do(begin(UPDATE))
        world.do(world.completing())
        assert world.assessment.number == number
    assert len(world.case.every(Assessment)) <= 40
    assert world.case.standing.responsible == Person("p-ana")
