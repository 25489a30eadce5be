"""Managers talk: on this person or another, on the clock that runs already, or not at all."""

from datetime import timedelta

import pytest

from statemodel import Desk, Person, Role, Stage, status
from statemodel.commands import AcceptNomination, DeclareDeadlock, How, ManagersAgree
from statemodel.policy import Silence
from statemodel.tenure import NominationState
from statemodel.things import Deadline, DeadlineKind, DeadlineState, TaskKind
from tests.builders import LAPSE, MONDAY, World, a_case, pack, proposal, recorded

ARBITER = Desk(Role.ARBITER, "northshire")


def discussed() -> World:
    world = World().proposed()
    world.wait(days=1).do(world.objecting(others_involved=("p-jo", "p-ana")), "p-lee")
    return world


def agreeing(world: World, nominee: str = "p-jo", **changes: object) -> ManagersAgree:
    held = world.nomination
    form = {"conferred": ("p-lee", "p-head"), "channel": How.PHONE, "nominee": nominee} | changes
    return ManagersAgree(nomination=held.id, seen=held.version, **form)  # type: ignore[arg-type]


def deadlock(world: World, positions: str = "Neither has hours") -> DeclareDeadlock:
    held = world.nomination
    return DeclareDeadlock(nomination=held.id, seen=held.version, positions=positions)


@pytest.mark.proves("T15", "R98", "R99", "R102")
def test_managers_may_settle_on_somebody_else_and_the_clock_is_not_started_again() -> None:
    world = discussed()
    due = world.nomination.due
    world.wait(days=2).do(agreeing(world), "p-lee")
    held = world.nomination
    assert (held.state, held.nominee, held.due) == (NominationState.AGREED, "p-jo", due)
    assert (held.agreed_by, held.late) == ("p-lee", False)
    assert {owed.what for owed in world.case.running} == {"first_meeting", "family_confirmation"}
    assert {"p-jo", "p-lee", "p-ana"} <= set(world.told("managers_agreed"))


@pytest.mark.proves("R102", "R92", "R105")
def test_the_other_person_is_asked_herself_and_so_is_the_family() -> None:
    world = World().proposed()
    world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    world.do(world.objecting(), "p-lee")
    world.do(agreeing(world), "p-lee")
    assert world.why_not(world.family()) == ["nominee_has_not_accepted"]
    world.do(AcceptNomination(nomination=world.nomination.id), "p-jo")
    world.do(world.family())
    assert (world.lead.person, world.case.stage) == ("p-jo", Stage.IN_DELIVERY)


@pytest.mark.proves("R99")
def test_settling_on_the_same_person_keeps_what_she_has_said_already() -> None:
    world = World().proposed()
    world.do(AcceptNomination(nomination=world.nomination.id), "p-sam")
    world.do(world.objecting(), "p-lee")
    world.do(agreeing(world, "p-sam"), "p-lee")
    world.do(world.family())
    assert world.lead.person == "p-sam"


@pytest.mark.proves("R95", "R102")
def test_nobody_is_agreed_on_over_the_head_of_her_own_manager() -> None:
    world = discussed()
    assert world.why_not(agreeing(world, "p-own"), "p-lee") == ["nominees_manager_not_among_them"]
    world.do(agreeing(world, "p-own", conferred=("p-lee", "p-eve")), "p-lee")
    assert world.nomination.agency == "northshire"


@pytest.mark.proves("R98")
def test_managers_who_did_not_talk_have_not_agreed() -> None:
    world = discussed()
    assert world.why_not(agreeing(world, conferred=()), "p-lee") == ["nobody_conferred"]


@pytest.mark.proves("R95")
@pytest.mark.parametrize("by", ["p-head", "p-cat", "p-art"])
def test_only_the_manager_asked_speaks_for_the_round(by: str) -> None:
    world = discussed()
    assert world.why_not(agreeing(world), by) == ["not_the_nominees_manager"]
    assert world.why_not(deadlock(world), by) == ["not_the_nominees_manager"]


@pytest.mark.proves("R82", "R93")
@pytest.mark.parametrize(
    ("nominee", "code"),
    [
        ("p-nobody", "person_not_known"),
        ("p-gone", "nominee_has_left"),
        ("p-lee", "nominee_not_practitioner"),
    ],
)
def test_managers_can_settle_on_a_working_practitioner_only(nominee: str, code: str) -> None:
    world = discussed()
    assert code in world.why_not(agreeing(world, nominee), "p-lee")


@pytest.mark.proves("R103", "R298")
def test_what_managers_agreed_in_time_counts_when_it_is_written_down_late() -> None:
    world = discussed()
    world.wait_until(LAPSE + timedelta(days=1))
    assert status(world.case) == "lp_referred"
    spoken = recorded("p-lee", LAPSE - timedelta(hours=1))
    entry = world.do(agreeing(world, recorded=spoken), "p-cat")
    assert "lapse_withdrawn" in {event.kind for event in entry.events}
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("R99", "R103")
def test_after_the_four_days_the_decision_is_the_arbiters_even_as_a_record() -> None:
    world = discussed()
    world.wait_until(LAPSE + timedelta(days=1))
    assert world.why_not(agreeing(world), "p-lee") == ["decision_is_the_arbiters"]
    spoken = recorded("p-lee", world.now)
    assert world.why_not(agreeing(world, recorded=spoken), "p-cat") == ["decision_is_the_arbiters"]


@pytest.mark.proves("C5")
def test_where_lateness_only_alerts_managers_may_agree_late() -> None:
    world = World(case=a_case(pack=pack(silence=Silence.ALERT_ONLY))).proposed()
    world.do(world.objecting(), "p-lee")
    world.wait_until(LAPSE + timedelta(days=1)).do(agreeing(world), "p-lee")
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("T16", "R100", "R101")
def test_a_deadlock_goes_to_the_arbiter_at_once_and_no_breach_follows() -> None:
    world = discussed()
    world.wait(days=1).do(deadlock(world), "p-lee")
    assert world.nomination.state is NominationState.REFERRED
    assert {(owed.what, owed.owner) for owed in world.case.running} == {
        (DeadlineKind.FIRST_MEETING, Person("p-ana")),
        (DeadlineKind.ARBITER_DECISION, ARBITER),
    }
    asked = [d for d in world.case.every(Deadline) if d.what is DeadlineKind.MANAGER_ANSWER]
    assert [deadline.state for deadline in asked] == [DeadlineState.WITHDRAWN]
    world.wait_until(LAPSE + timedelta(days=9))
    assert world.told("please_decide") == [ARBITER.id]
    assert all(entry.command.kind != "lapse_nomination" for entry in world.entries)


@pytest.mark.proves("R100")
def test_a_deadlock_says_what_each_manager_holds() -> None:
    world = discussed()
    assert world.why_not(deadlock(world, " "), "p-lee") == ["no_positions_given"]


@pytest.mark.proves("R101")
def test_a_manager_asked_late_may_confer_or_pass_it_on_as_well() -> None:
    for ends_in in (NominationState.AGREED, NominationState.REFERRED):
        world = World().planning().leap_to(LAPSE + timedelta(hours=3))
        world.do(proposal(recorded=recorded(at=MONDAY)))
        world.tick()
        assert status(world.case) == "lp_asked_late"
        settled = ends_in is NominationState.AGREED
        world.do(agreeing(world) if settled else deadlock(world), "p-lee")
        assert world.nomination.state is ends_in
        assert TaskKind.ASK_AGAIN not in {task.what for task in world.case.open_tasks}
