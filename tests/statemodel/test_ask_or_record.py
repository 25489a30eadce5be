"""Ask or record: what a rule stops, what a reason carries, what a fact only departs from."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Desk, Refused, Role, Stage
from statemodel.commands import AgreeNomination, FamilyWish, How, RaiseConcern, Wish
from statemodel.events import DepartureNoted
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import TaskKind, TaskState
from tests.builders import (
    MONDAY,
    World,
    a_case,
    agreement,
    closing,
    pack,
    proposal,
    recorded,
)

NAMED = FamilyWish(Wish.NAMED, named="p-jo")
CAT = Desk(Role.COORDINATOR, "northshire")


@pytest.mark.proves("R8")
def test_every_reason_is_given_at_once() -> None:
    world = World().opened()
    wish = FamilyWish(Wish.COULD_NOT_BE_ASKED)
    assert world.why_not(proposal("p-gone", children=("k-other",), wish=wish)) == [
        "planning_not_begun",
        "nobody_agrees_to_take_part",
        "child_not_in_case",
        "nominee_has_left",
        "wish_not_asked",
    ]


@pytest.mark.proves("R8", "R352")
def test_a_refusal_leaves_the_case_exactly_as_it_was() -> None:
    world = World().opened()
    before = world.case
    world.why_not(proposal())
    assert world.case is before


@pytest.mark.proves("R8", "R31")
def test_a_recommendation_not_met_stops_until_somebody_says_why() -> None:
    world = World().planning()
    command = proposal(wish=NAMED)
    assert world.why_not(command) == ["wish_not_met"]
    entry = world.do(replace(command, because="She is away until May"))
    assert [unmet.code for unmet in entry.departures] == ["wish_not_met"]
    assert world.case.departures == 1


@pytest.mark.proves("R8")
@pytest.mark.parametrize("because", ["", "   ", "\n"])
def test_an_empty_reason_is_no_reason(because: str) -> None:
    world = World().planning()
    assert world.why_not(proposal(wish=NAMED, because=because)) == ["wish_not_met"]


@pytest.mark.proves("R8")
def test_a_reason_given_where_none_was_asked_counts_as_nothing() -> None:
    world = World().opened()
    world.do(agreement(because="To be sure"))
    assert world.case.departures == 0


@pytest.mark.proves("R8")
def test_what_stops_is_not_carried_through_by_any_reason() -> None:
    world = World().opened()
    reasons = world.why_not(proposal(because="It is urgent"))
    assert reasons == ["planning_not_begun"]


@pytest.mark.proves("R431")
def test_a_pack_may_make_a_recommendation_its_rule() -> None:
    world = World(case=a_case(pack=pack(raised=("wish_not_met",)))).planning()
    assert world.why_not(proposal(wish=NAMED, because="Away until May")) == ["wish_not_met"]
    entry = world.do(proposal(wish=NAMED, recorded=recorded()))
    assert [unmet.code for unmet in entry.departures] == ["wish_not_met"]


@pytest.mark.proves("R11", "R352")
def test_a_fact_that_departs_from_a_rule_is_kept_with_an_owner_and_a_clock() -> None:
    world = World().opened().wait(days=1)
    entry = world.do(proposal(recorded=recorded(at=MONDAY, how=How.MEETING)))
    codes = ("planning_not_begun", "nobody_agrees_to_take_part")
    assert tuple(unmet.code for unmet in entry.departures) == codes
    (noted,) = [event for event in entry.events if isinstance(event, DepartureNoted)]
    assert noted.codes == noted.task.about == codes
    assert (noted.task.what, noted.task.owner) == (TaskKind.PUT_RIGHT, CAT)
    (owed,) = [owed for owed in world.case.running if owed.about == noted.task.id]
    assert (owed.owner, owed.due.started_at) == (CAT, world.now)
    assert world.told("please_put_right") == [CAT.id]
    assert (world.nomination.proposed_at, world.case.stage) == (MONDAY, Stage.IDENTIFIED)


@pytest.mark.proves("R352")
def test_a_fact_that_departs_from_nothing_leaves_nothing_to_put_right() -> None:
    world = World().planning()
    entry = world.do(proposal(recorded=recorded()))
    assert (entry.departures, world.case.open_tasks) == ((), ())


@pytest.mark.proves("R352")
def test_a_departure_that_nobody_puts_right_goes_up_and_stays_open() -> None:
    world = World().opened()
    world.do(proposal(recorded=recorded()))
    world.wait(days=30)
    (task,) = [task for task in world.case.open_tasks if task.what is TaskKind.PUT_RIGHT]
    assert task.state is TaskState.OPEN
    assert "early_help_manager.northshire" in world.told("passed_up")


@pytest.mark.proves("R352")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (proposal(children=("k-other",), recorded=recorded()), "child_not_in_case"),
        (proposal(children=(), recorded=recorded()), "child_not_in_case"),
        (proposal("p-nobody", recorded=recorded()), "person_not_known"),
        (proposal(recorded=recorded(at=MONDAY + timedelta(hours=1))), "happens_in_the_future"),
        (AgreeNomination(nomination="n9", seen=9, recorded=recorded()), "no_such_thing"),
    ],
)
def test_nonsense_is_refused_even_as_a_fact(command: AgreeNomination, code: str) -> None:
    assert code in World().planning().why_not(command, "p-cat")


@pytest.mark.proves("R1", "R102")
def test_a_second_proposal_may_be_recorded_but_not_without_end() -> None:
    world = World().planning()
    for _ in range(16):
        world.do(proposal("p-jo", recorded=recorded()))
    assert world.why_not(proposal("p-jo", recorded=recorded())) == ["already_proposed"]


@pytest.mark.proves("R182")
def test_a_closing_that_has_happened_is_recorded_and_what_is_open_stays_owed() -> None:
    world = World().planning()
    world.do(RaiseConcern(), "p-jo")
    assert world.why_not(closing()) == ["concern_open"]
    world.do(closing(recorded=recorded()))
    assert world.case.stage is Stage.CLOSED
    kinds = {task.what for task in world.case.open_tasks}
    assert kinds == {TaskKind.CONCERN, TaskKind.PUT_RIGHT}
    assert {owed.about for owed in world.case.running} == {t.id for t in world.case.open_tasks}


def test_a_reason_carries_its_particulars_in_a_settled_order() -> None:
    reason = Unmet("code", ("R1",), Authority.BATON).about(zeta="2", alpha="1")
    assert reason.facts == (("alpha", "1"), ("zeta", "2"))
    assert reason.strength is Strength.STOP


def test_who_is_not_known_is_named_by_id_in_the_reason() -> None:
    answer = World().planning().ask(proposal("p-nobody"))
    assert isinstance(answer, Refused)
    assert answer.reasons[0].facts == (("person", "p-nobody"),)
