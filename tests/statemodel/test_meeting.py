"""The meeting: who came, what was agreed, and a date for the next one; then the plan stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from statemodel import Stage
from statemodel.assessing import Document, Where
from statemodel.commands import (
    AgreedAction,
    Came,
    CloseCase,
    Criterion,
    EnterInError,
    Invitee,
    Mistake,
    OpenReview,
    OwnerKind,
    ProposeLead,
    ReferAgain,
    Seat,
)
from statemodel.plain import plain
from statemodel.planning import Action, Plan, PlanState
from statemodel.policy import Order
from statemodel.things import DeadlineKind, TaskKind
from tests.builders import (
    CHILD,
    MONDAY,
    PARENT,
    World,
    a_case,
    agreement,
    closing,
    identify,
    meeting,
    pack,
    proposal,
    recorded,
)

NEXT = MONDAY + timedelta(days=42)
CHECK = AgreedAction("Developmental check", "p-sam", by=(MONDAY + timedelta(days=9)).date())


def running(world: World) -> dict[str, str]:
    return {owed.what.value: owed.owner.id for owed in world.case.running}


@pytest.mark.proves("R60", "R63", "R64")
def test_a_meeting_makes_the_plan_and_sets_the_day_of_the_review_where_it_is() -> None:
    world = World().planning()
    world.do(meeting(world, actions=(CHECK,)))
    (plan,) = world.case.every(Plan)
    assert (plan.id, plan.number, plan.held_at, plan.agreed_all) == ("p3", 1, MONDAY, True)
    assert world.case.stage is Stage.PLANNING
    assert running(world) == {"action": "p-sam", "lead_wanted": "coordinator.northshire"} | {
        "review": "p-ana"
    }
    review = next(owed for owed in world.case.running if owed.what is DeadlineKind.REVIEW)
    assert review.due.at == NEXT


@pytest.mark.proves("R64", "SC34")
def test_a_meeting_without_a_day_for_the_next_cannot_be_asked_and_can_be_recorded() -> None:
    world = World().planning()
    undated = meeting(world, next_review=None)
    assert world.why_not(undated) == ["no_next_review"]
    assert world.why_not(replace(undated, because="No diary")) == ["no_next_review"]
    world.do(replace(undated, recorded=recorded()))
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]
    assert "review" not in running(world)
    assert world.why_not(meeting(world, next_review=MONDAY)) == ["next_review_in_the_past"]


@pytest.mark.proves("R60", "R6")
def test_each_child_is_asked_or_it_is_said_why_not() -> None:
    world = World().planning()
    silent = meeting(world, why_no_child=" ")
    assert world.why_not(silent) == ["child_not_invited"]
    child = Seat(CHILD, Invitee.CHILD, Came.APOLOGIES)
    world.do(replace(silent, invited=(*silent.invited, child)))


@pytest.mark.proves("R60")
@pytest.mark.parametrize(
    ("came", "reasons"),
    [
        (Came.ATTENDED, []),
        (Came.REPRESENTED, []),
        (Came.APOLOGIES, ["family_not_at_meeting"]),
        (Came.ABSENT, ["family_not_at_meeting"]),
    ],
)
def test_somebody_of_the_family_is_heard_or_it_is_said_why(came: Came, reasons: list[str]) -> None:
    world = World().planning()
    held = meeting(world, invited=(Seat(PARENT, Invitee.FAMILY, came, represented_by="f-aunt"),))
    if reasons:
        assert world.why_not(held) == reasons
        held = replace(held, why_no_family="In hospital")
    assert world.do(held).departures == ()


@pytest.mark.proves("R67")
def test_a_child_named_twice_for_an_action_counts_once() -> None:
    world = World().planning()
    visit = AgreedAction("Visit", "p-sam", by=date(2026, 2, 1), children=(CHILD,) * 200)
    world.do(meeting(world, actions=(visit,)))
    assert [one.children for one in world.case.every(Action)] == [(CHILD,)]


@pytest.mark.proves("R62")
@pytest.mark.parametrize("left_out", ["needs_agreed", "outcomes_agreed", "parts_agreed"])
def test_needs_outcomes_and_parts_are_agreed_each_or_it_goes_ahead_with_a_reason(
    left_out: str,
) -> None:
    world = World().planning()
    held = meeting(world, **{left_out: False})
    assert world.why_not(held) == ["needs_and_parts_not_agreed"]
    entry = world.do(replace(held, because="The rest next week"))
    assert [unmet.code for unmet in entry.departures] == ["needs_and_parts_not_agreed"]
    assert not world.case.every(Plan)[-1].agreed_all


@pytest.mark.proves("R63")
@pytest.mark.parametrize(("many", "reasons"), [(0, ["no_priorities"]), (1, []), (10, [])])
def test_three_priorities_are_a_tip_and_no_rule(many: int, reasons: list[str]) -> None:
    world = World().planning()
    held = meeting(world, priorities=("housing",) * many)
    assert (world.why_not(held) if reasons else []) == reasons
    assert world.why_not(replace(held, priorities=("x",) * 11)) == ["too_many_priorities"]
    world.do(replace(held, because="All at once"))


def test_only_a_known_kind_of_need_is_kept_in_the_plan_and_every_word_in_the_entry() -> None:
    world = World().planning()
    entry = world.do(meeting(world, priorities=("Sleep, hers", "housing")))
    assert world.case.every(Plan)[-1].priorities == ("housing",)
    assert entry.command == meeting(world, priorities=("Sleep, hers", "housing"))


@pytest.mark.proves("R130", "R137", "R142")
def test_each_meeting_makes_the_next_version_of_the_plan_and_replaces_the_review_clock() -> None:
    world = World().delivered()
    world.do(meeting(world, next_review=NEXT))
    world.wait(days=7).do(OpenReview())
    minutes = Document(Where.THERE, "M-2", world.now.date(), "EHM", "p-ana")
    world.do(meeting(world, next_review=NEXT + timedelta(days=7), minutes=minutes))
    (plan,) = world.case.every(Plan)
    assert (plan.number, plan.version, plan.document) == (2, world.case.version, minutes)
    assert world.case.stage is Stage.IN_REVIEW
    reviews = [owed for owed in world.case.running if owed.what is DeadlineKind.REVIEW]
    assert [owed.due.at for owed in reviews] == [NEXT + timedelta(days=7)]


@pytest.mark.proves("R119", "R355")
def test_everybody_who_has_something_to_do_is_told_and_the_family_by_a_person() -> None:
    world = World().delivered()
    theirs = AgreedAction("Bedtime by eight", PARENT, OwnerKind.FAMILY, by=CHECK.by)
    twice = (CHECK, replace(CHECK, owner="p-jo"), replace(CHECK, what="Nursery"), theirs)
    world.do(meeting(world, actions=twice))
    assert world.told("meeting_recorded") == ["p-sam", "coordinator.northshire"]
    assert world.told("action_agreed") == ["p-sam", "p-jo"]
    assert PARENT not in {message.to.id for message in world.messages}


@pytest.mark.proves("R63", "T31", "T12")
def test_after_a_meeting_a_lead_is_looked_for_unless_somebody_is_proposed_for_every_child() -> None:
    world = World()
    world.do(identify(children=(CHILD, "k-2b77")))
    world.do(agreement())
    world.do(proposal(children=(CHILD,)))
    world.do(meeting(world))
    assert "lead_wanted" in running(world)
    other = World().proposed()
    other.do(meeting(other))
    assert "lead_wanted" not in running(other)


@pytest.mark.proves("C9", "R134")
def test_the_review_a_meeting_dated_is_convened_by_the_lead_who_begins_afterwards() -> None:
    world = World().planning()
    world.do(meeting(world))
    world.do(proposal())
    world.confirmed()
    reviews = [owed for owed in world.case.running if owed.what is DeadlineKind.REVIEW]
    assert [(owed.owner.id, owed.due.at) for owed in reviews] == [("p-sam", NEXT)]
    assert "lead_wanted" not in running(world)


@pytest.mark.proves("T12", "R62", "R63", "R81", "C11")
def test_where_an_assessment_comes_first_so_does_the_meeting_of_this_episode() -> None:
    world = World(case=a_case(pack=pack(order=Order.LEAD_FIRST))).planning()
    ordered = replace(world.case.pack, order=Order.ASSESS_FIRST)
    world.case = replace(world.case, pack=ordered)
    missing = ["no_meeting_held", "no_assessment_complete"]
    assert world.why_not(proposal()) == missing
    entry = world.do(proposal(because="She alone works with them"))
    assert [unmet.code for unmet in entry.departures] == missing
    world.do(EnterInError(entry=entry.version, mistake=Mistake.MISTYPED))
    world.do(meeting(world))
    assert world.why_not(proposal()) == missing[1:]


@pytest.mark.proves("R80")
def test_what_a_practitioner_was_chosen_for_is_kept_in_the_entry() -> None:
    world = World().planning()
    chosen = (Criterion.TRUST, Criterion.SKILLS_AND_CAPACITY)
    entry = world.do(proposal(criteria=chosen))
    assert isinstance(entry.command, ProposeLead)
    assert entry.command.criteria == chosen
    assert "criteria" not in plain(proposal())


@pytest.mark.proves("R8", "R60")
def test_a_meeting_may_be_held_and_written_down_by_whoever_works_on_the_case() -> None:
    for by in ("p-cat", "p-jo", "p-eve"):
        world = World().planning()
        assert world.do(meeting(world), by).departures == ()
    assert World().planning().why_not(meeting(World()), "p-lee") == ["not_for_your_role"]


@pytest.mark.proves("R21", "R63", "R187")
def test_a_plan_ends_with_its_episode_and_the_next_one_has_a_plan_of_its_own() -> None:
    world = World().planning()
    world.do(meeting(world))
    world.do(closing())
    assert [plan.state for plan in world.case.every(Plan)] == [PlanState.ENDED]
    world.do(ReferAgain(why="School reports a change"))
    world.do(agreement())
    world.do(meeting(world))
    ended, stands = world.case.every(Plan)
    assert (ended.state, stands.state, stands.number) == (PlanState.ENDED, PlanState.AGREED, 1)
    world.do(closing())
    first, second = world.case.every(Plan)
    assert (first, second.state) == (ended, PlanState.ENDED)  # what has ended ends once


@pytest.mark.proves("R352")
def test_a_meeting_struck_out_takes_its_plan_its_actions_and_their_clocks_with_it() -> None:
    world = World().planning()
    before = running(world)
    entry = world.do(meeting(world, actions=(CHECK,)))
    world.do(EnterInError(entry=entry.version, mistake=Mistake.WRONG_CASE))
    assert (world.case.every(Plan), world.case.every(Action)) == ((), ())
    assert running(world) == before


@pytest.mark.proves("R60", "R352")
def test_a_meeting_held_before_planning_is_written_down_and_its_stage_owes_what_it_owed() -> None:
    world = World().opened()
    owed = [one.id for one in world.case.running]
    world.do(meeting(world))
    assert world.case.stage is Stage.IDENTIFIED
    assert world.case.every(Plan)[-1].live
    assert [one.id for one in world.case.running if one.about == "case"] == owed
    assert "lead_wanted" not in running(world)


@pytest.mark.proves("R139")
def test_no_meeting_puts_the_next_review_off_for_more_than_a_year() -> None:
    world = World().planning()
    far = meeting(world, next_review=MONDAY + timedelta(days=367), recorded=recorded())
    assert world.why_not(far) == ["next_review_too_far_ahead"]
    world.do(replace(far, next_review=MONDAY + timedelta(days=366)))


@pytest.mark.proves("R182")
def test_no_meeting_is_held_about_a_case_that_is_closed() -> None:
    world = World().planning()
    end: CloseCase = closing()
    world.do(end)
    assert world.why_not(meeting(world)) == ["not_from_here"]


@pytest.mark.proves("R65", "R352")
def test_a_strangers_action_is_recorded_and_the_desk_has_its_clock() -> None:
    world = World().planning()
    strange = replace(CHECK, owner="p-gp")
    assert world.why_not(meeting(world, actions=(strange,))) == ["person_not_known"]
    entry = world.do(meeting(world, actions=(strange,), recorded=recorded()))
    assert [unmet.code for unmet in entry.departures] == ["person_not_known"]
    (owed,) = (one for one in world.case.running if one.what is DeadlineKind.ACTION)
    assert (owed.owner.id, world.told("action_agreed")) == ("coordinator.northshire", [])
