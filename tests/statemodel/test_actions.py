"""Actions: their owners are asked, never the lead; the family's own have no clock at all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from statemodel import Hat, PersonFacts, Refused, Role, Stage
from statemodel.calendar import local
from statemodel.commands import (
    Aside,
    Code,
    OpenReview,
    Outcome,
    OwnerKind,
    RecordReview,
)
from statemodel.planning import Action, ActionState
from statemodel.things import Deadline, DeadlineKind, DeadlineState, TaskKind
from tests.builders import (
    MONDAY,
    World,
    closing,
    meeting,
    recorded,
)
from tests.statemodel.agreed import (
    BEDTIME,
    CHECK,
    SOON,
    TERM,
    VISITS,
    WISHED,
    action,
    agreed,
    aside,
    clocks,
    done,
)


@pytest.mark.proves("R4", "R65", "R119")
def test_an_action_runs_to_the_end_of_its_day_with_its_owner_and_never_with_the_lead() -> None:
    world = agreed(CHECK)
    assert clocks(world) == [("p-jo", SOON)]
    (owed,) = (d for d in world.case.running if d.what is DeadlineKind.ACTION)
    assert f"{local(world.case.calendar, owed.due.at):%H:%M}" == "23:59"
    world.wait_until(owed.due.at - timedelta(minutes=1))
    assert world.told("due_soon") == ["p-jo"]
    before = len(world.messages)
    world.wait(days=14)
    passed = [made.to.id for made in world.messages[before:] if made.about == "a7.1"]
    assert passed[:2] == ["coordinator.northshire", "early_help_manager.northshire"]
    owners = {made.owner.id for made in world.case.every(Deadline) if made.about == "a7.1"}
    assert "p-sam" not in owners


@pytest.mark.proves("R77")
def test_what_the_family_does_is_tracked_and_never_chased() -> None:
    world = agreed(BEDTIME)
    assert (action(world).state, clocks(world)) == (ActionState.OPEN, [])
    world.wait(days=30)
    assert "a7.1" not in {message.about for message in world.messages}
    world.do(done(world), "p-sam")
    assert action(world).state is ActionState.DONE


@pytest.mark.proves("R66")
def test_what_recurs_is_done_again_and_again_and_each_time_has_its_day() -> None:
    world = agreed(VISITS)
    old = done(world)
    world.do(old, "p-jo")
    assert (action(world).state, clocks(world)) == (ActionState.OPEN, [("p-jo", date(2026, 1, 28))])
    assert world.why_not(old, "p-sam") == ["moved_on"]
    world.wait(days=60).do(done(world), "p-jo")
    assert clocks(world) == [("p-jo", date(2026, 3, 11))]
    assert action(world).by == date(2026, 3, 11)


@pytest.mark.proves("R66")
def test_what_recurs_without_a_first_day_begins_its_count_at_the_meeting() -> None:
    assert clocks(agreed(replace(VISITS, by=None))) == [("p-jo", date(2026, 1, 19))]


@pytest.mark.proves("R118")
def test_its_owner_the_lead_and_whoever_is_at_casework_say_how_it_went_and_nobody_else() -> None:
    for by in ("p-jo", "p-sam", "p-cat", "p-ana"):
        world = agreed(CHECK)
        world.do(done(world), by)
        assert action(world).state is ActionState.DONE
    world = agreed(CHECK)
    assert world.why_not(done(world), "p-lee") == ["not_your_action"]
    world.do(replace(done(world), recorded=recorded("p-jo", world.now)), "p-lee")
    world = agreed(replace(CHECK, owner="p-lee"))
    world.do(done(world), "p-lee")


@pytest.mark.proves("R119", "R121")
def test_what_is_done_reaches_the_lead_without_the_lead_asking() -> None:
    world = agreed(CHECK)
    world.do(done(world), "p-jo")
    assert world.told("action_completed") == ["p-sam"]
    assert clocks(world) == []


@pytest.mark.proves("R65")
@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (Aside.NOT_NEEDED, ActionState.DROPPED),
        (Aside.FAMILY_DECLINED, ActionState.DROPPED),
        (Aside.PASSED_ON, ActionState.DROPPED),
        (Aside.NOT_POSSIBLE, ActionState.NOT_DONE),
        (Aside.OTHER, ActionState.NOT_DONE),
    ],
)
def test_what_is_set_aside_has_a_reason_and_no_clock(reason: Aside, state: ActionState) -> None:
    world = agreed(CHECK)
    world.do(aside(world, reason))
    assert (action(world).state, clocks(world)) == (state, [])
    (owed,) = (d for d in world.case.every(Deadline) if d.what is DeadlineKind.ACTION)
    assert owed.state is DeadlineState.WITHDRAWN  # nobody has done it
    assert world.told("action_set_aside") == ["p-sam"]
    assert world.why_not(done(world)) == ["not_from_here"]


@pytest.mark.proves("R65", "R67")
@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"owner": ""}, ["action_incomplete"]),
        ({"what": " "}, ["action_incomplete"]),
        ({"by": None}, ["action_incomplete"]),
        ({"owner": "p-nobody"}, ["person_not_known"]),
        ({"owner": "p-nobody", "owner_kind": OwnerKind.FAMILY}, []),
        ({"children": ("k-other",)}, ["child_not_in_case"]),
        ({"by": date(2026, 1, 4)}, ["action_makes_no_sense"]),
        ({"by": date(2036, 3, 1)}, ["action_makes_no_sense"]),
        ({"since": date(2026, 1, 20)}, ["action_makes_no_sense"]),
        ({"every_weeks": 0}, ["action_makes_no_sense"]),
        ({"every_weeks": 53}, ["action_makes_no_sense"]),
        ({"every_weeks": 52}, []),
    ],
)
def test_an_action_has_an_owner_a_what_and_a_day_or_a_condition(
    changes: dict[str, Any], reasons: list[str]
) -> None:
    world = World().delivered()
    held = meeting(world, actions=(BEDTIME, replace(CHECK, **changes)))
    answer = world.ask(held)
    given = [reason.code for reason in answer.reasons] if isinstance(answer, Refused) else []
    assert given == reasons


@pytest.mark.proves("R65")
def test_an_action_agreed_without_an_owner_is_the_co_ordinators_to_find_one_for() -> None:
    world = World().delivered()
    ownerless = replace(CHECK, owner="")
    world.do(meeting(world, actions=(ownerless,), because="The clinic says who"))
    assert clocks(world) == [("coordinator.northshire", SOON)]


@pytest.mark.proves("I30")
def test_twenty_at_a_meeting_and_forty_at_a_time_are_the_most() -> None:
    world = World().delivered()
    assert world.why_not(meeting(world, actions=(BEDTIME,) * 21)) == ["too_many_actions"]
    for _ in range(2):
        world.do(meeting(world, actions=(BEDTIME,) * 20))
    assert world.why_not(meeting(world, actions=(BEDTIME,))) == ["too_many_actions"]
    world.do(aside(world))
    world.do(meeting(world, actions=(BEDTIME,)))


@pytest.mark.proves("R77", "R184")
def test_help_ends_when_practitioners_have_said_how_each_of_theirs_went() -> None:
    world = agreed(CHECK, WISHED, BEDTIME)
    assert world.why_not(closing()) == ["actions_open"]
    world.do(OpenReview())
    ends = RecordReview(
        outcome=Outcome.CLOSE,
        code=Code.OUTCOMES_ACHIEVED,
        family_experience="It helps",
        childs_view="School is better",
        both_considered=True,
        actions_reviewed=True,
    )
    assert world.why_not(ends) == ["actions_open"]
    world.do(done(world), "p-jo")
    world.do(ends)
    assert world.case.stage is Stage.CLOSED
    assert [one.state for one in world.case.every(Action)] == ["done", "dropped", "dropped"]


@pytest.mark.proves("R184", "R352")
def test_an_ending_recorded_over_open_actions_says_that_they_were_not_done() -> None:
    world = agreed(CHECK)
    world.do(closing(recorded=recorded(at=world.now)))
    assert action(world).state is ActionState.NOT_DONE
    assert [task.what for task in world.case.open_tasks] == [TaskKind.PUT_RIGHT]
    assert clocks(world) == []


@pytest.mark.proves("R101", "R302")
def test_the_clock_moves_no_action() -> None:
    world = agreed(CHECK, WISHED, TERM, VISITS, BEDTIME)
    before = world.case.every(Action)
    world.wait(days=400)
    assert world.case.every(Action) == before
    assert any(entry.by.hat is Hat.CLOCK for entry in world.entries)


@pytest.mark.proves("R119")
def test_a_lead_from_another_desk_may_say_how_an_action_went() -> None:
    world = agreed(CHECK)
    changed = PersonFacts("p-sam", "a-trust", (Role.LINE_MANAGER,), line_manager="p-lee")
    world.known = tuple(changed if one.id == "p-sam" else one for one in world.known)
    world.do(done(world), "p-sam")
    assert action(world).state is ActionState.DONE
    assert world.now >= MONDAY
