"""From a need seen to a lead proposed: who holds the case, what is asked, whom it concerns."""

from dataclasses import replace
from datetime import timedelta

import pytest

from statemodel import Person, PersonFacts, Role, Stage, next_deadline, status, summary
from statemodel.commands import FamilyWish, How, Wish
from statemodel.things import Agreement, AgreementAnswer, DeadlineKind, Form, NominationState
from tests.builders import (
    CHILD,
    LAPSE,
    MONDAY,
    World,
    agreement,
    identify,
    people,
    proposal,
    recorded,
    refusal,
)


@pytest.mark.proves("T1", "R16", "R17", "I1")
def test_a_case_begins_in_the_hands_of_whoever_saw_the_need() -> None:
    world = World().opened()
    standing = world.case.standing
    assert (standing.stage, standing.responsible) == (Stage.IDENTIFIED, Person("p-ana"))
    assert standing.accepted_at == world.case.opened_at == MONDAY
    assert world.case.children == (CHILD,)
    owed = next_deadline(world.case)
    assert owed
    assert (owed.what, owed.owner) == (DeadlineKind.AGREEMENT, Person("p-ana"))


@pytest.mark.proves("R16")
def test_a_case_opened_for_a_colleague_is_the_colleagues_from_when_they_saw_it() -> None:
    world = World()
    seen = recorded("p-jo", MONDAY - timedelta(days=3), how=How.PHONE)
    world.do(identify(recorded=seen), "p-cat")
    assert world.case.standing.responsible == Person("p-jo")
    owed = next_deadline(world.case)
    assert owed
    assert owed.due.started_at == MONDAY - timedelta(days=3)


@pytest.mark.proves("R16", "R352")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("p-nobody", "person_not_known"),
        ("p-gone", "actor_has_left"),
        ("p-lee", "not_for_your_role"),
        ("p-ops", "not_for_your_role"),
        ("p-dut", "not_for_your_role"),
    ],
)
def test_a_case_is_opened_by_somebody_who_works_with_families(by: str, code: str) -> None:
    assert World().why_not(identify(), by) == [code]


@pytest.mark.proves("R16")
def test_a_case_is_about_somebody_and_in_the_hands_of_somebody_known() -> None:
    assert World().why_not(identify(children=())) == ["no_child_named"]
    stranger = identify(recorded=recorded("p-nobody"))
    assert World().why_not(stranger) == ["person_not_known"]


@pytest.mark.proves("T5", "R31", "R32")
def test_an_agreement_lets_planning_begin_and_says_by_when_to_meet() -> None:
    world = World().opened()
    world.do(agreement(form=Form.WRITTEN))
    assert world.case.stage is Stage.PLANNING
    assert [owed.what for owed in world.case.running] == [DeadlineKind.FIRST_MEETING]
    (kept,) = world.case.every(Agreement)
    assert (kept.id, kept.giver, kept.form) == ("g2", "f-parent", Form.WRITTEN)


@pytest.mark.proves("R16", "R1")
def test_a_child_named_twice_counts_once() -> None:
    world = World()
    world.do(identify(children=(CHILD, CHILD, "k-2b77")))
    assert world.case.children == (CHILD, "k-2b77")
    world.do(agreement())
    world.do(proposal(children=(CHILD,) * 200))
    assert world.nomination.children == (CHILD,)


@pytest.mark.proves("R31")
def test_an_agreement_recorded_later_is_dated_when_it_was_given() -> None:
    world = World().opened().wait(days=2)
    world.do(agreement(recorded=recorded(at=MONDAY + timedelta(hours=1))))
    (kept,) = world.case.every(Agreement)
    assert kept.at == MONDAY + timedelta(hours=1)


@pytest.mark.proves("R23")
def test_the_service_is_explained_first_or_it_is_said_why_not() -> None:
    world = World().opened()
    assert world.why_not(agreement(explained=False)) == ["service_not_explained"]
    world.do(agreement(explained=False, because="They have been with us before"))
    assert world.case.stage is Stage.PLANNING


@pytest.mark.proves("T6", "R34")
def test_each_persons_answer_is_their_own_and_a_later_one_counts() -> None:
    world = World().opened()
    world.do(refusal(giver="f-father"))
    assert world.entries[-1].moves == ()
    world.do(agreement(giver="f-mother"))
    world.do(agreement(giver="f-father"))
    world.do(refusal(giver="f-mother"))
    latest = {one.giver: one.answer for one in world.case.every(Agreement)}
    assert latest == {"f-father": AgreementAnswer.AGREED, "f-mother": AgreementAnswer.REFUSED}
    assert world.case.stage is Stage.PLANNING


@pytest.mark.proves("R31", "R105")
def test_when_everybody_has_withdrawn_a_lead_is_proposed_only_with_a_reason() -> None:
    world = World().planning()
    world.do(refusal())
    assert world.why_not(proposal()) == ["nobody_agrees_to_take_part"]
    world.do(proposal(because="The school asks on its own account"))
    assert world.nomination.state is NominationState.PROPOSED


@pytest.mark.proves("T12", "R93")
def test_the_proposal_keeps_who_proposed_whom_for_which_child_and_whom_it_asks() -> None:
    world = World().proposed()
    held = world.nomination
    assert (held.id, held.children, held.nominee, held.agency) == (
        "n3",
        (CHILD,),
        "p-sam",
        "a-trust",
    )
    assert (held.proposer, held.asked, held.deputy) == ("p-ana", "p-lee", "p-dee")
    assert world.told("please_answer") == ["p-lee"]
    assert world.told("you_are_proposed") == ["p-sam"]


@pytest.mark.proves("T12", "R53", "R60")
def test_no_lead_is_proposed_before_planning_has_begun() -> None:
    assert "planning_not_begun" in World().opened().why_not(proposal())


@pytest.mark.proves("R82", "C42")
@pytest.mark.parametrize(
    ("nominee", "code"),
    [
        ("p-lee", "nominee_not_practitioner"),
        ("p-gone", "nominee_has_left"),
        ("p-nobody", "person_not_known"),
    ],
)
def test_the_nominee_is_a_practitioner_who_works_here(nominee: str, code: str) -> None:
    assert World().planning().why_not(proposal(nominee)) == [code]


@pytest.mark.proves("R87")
@pytest.mark.parametrize(
    "wish",
    [FamilyWish(Wish.COULD_NOT_BE_ASKED), FamilyWish(Wish.COULD_NOT_BE_ASKED, reason=" ")],
)
def test_a_family_not_asked_needs_a_reason(wish: FamilyWish) -> None:
    world = World().planning()
    assert world.why_not(proposal(wish=wish)) == ["wish_not_asked"]
    world.do(proposal(wish=replace(wish, reason="In hospital, she cannot speak yet")))


@pytest.mark.proves("R87", "R88")
def test_a_family_that_named_somebody_gets_them_or_a_reason() -> None:
    world = World().planning()
    assert world.why_not(proposal(wish=FamilyWish(Wish.NAMED))) == ["wish_not_asked"]
    assert world.why_not(proposal(wish=FamilyWish(Wish.NAMED, named="p-jo"))) == ["wish_not_met"]
    entry = world.do(proposal("p-jo", wish=FamilyWish(Wish.NAMED, named="p-jo")))
    assert entry.departures == ()


@pytest.mark.proves("R1", "R102")
def test_one_child_has_one_proposal_at_a_time() -> None:
    world = World().proposed()
    assert world.why_not(proposal("p-jo")) == ["already_proposed"]


@pytest.mark.proves("R93")
def test_a_manager_the_directory_does_not_know_is_asked_all_the_same() -> None:
    world = World().planning()
    world.known = people(PersonFacts("p-new", "a-gp", (Role.PRACTITIONER,), line_manager="p-far"))
    world.do(proposal("p-new"))
    assert (world.nomination.asked, world.nomination.deputy) == ("p-far", None)
    assert world.told("please_answer") == ["p-far"]


@pytest.mark.proves("T1", "T5", "T12", "T14", "T16")
def test_screens_call_each_point_of_the_way_by_the_rule_books_name() -> None:
    world, names = World(), [status(World().case)]
    for step in (world.opened, lambda: world.do(agreement()), lambda: world.do(proposal())):
        step()
        names.append(status(world.case))
    world.do(world.objecting(), "p-lee")
    names.append(status(world.case))
    names.append(status(world.wait_until(LAPSE).case))
    assert names == [
        "none",
        "awaiting_agreement",
        "planning",
        "lp_proposed",
        "lp_in_discussion",
        "lp_referred",
    ]


def test_the_columns_of_a_list_say_who_what_next_and_by_when() -> None:
    world = World().proposed()
    columns = summary(world.case)
    assert (columns.responsible, columns.waits_on) == (Person("p-ana"), Person("p-lee"))
    assert (columns.next_step, columns.next_due) == ("manager_answer", LAPSE)
    assert (columns.version, columns.head) == (3, world.case.head)
    empty = summary(World().case)
    assert (empty.next_step, empty.next_due, empty.waits_on) == ("", None, None)
