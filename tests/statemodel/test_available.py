"""What may be done now: `available` and `decide` never tell two stories."""

from dataclasses import replace
from itertools import pairwise

import pytest

from statemodel import CURRENT_EDITION, Entry, Option, Refused, decide
from statemodel.commands import (
    AnswerTask,
    Command,
    EnterInError,
    Mistake,
    RaiseConcern,
)
from statemodel.tenure import Lead, Nomination
from tests.builders import (
    LAPSE,
    PEOPLE,
    World,
    a_case,
    agreement,
    closing,
    context,
    identify,
    pack,
    proposal,
)
from tests.statemodel.early_forms import forms_before_planning
from tests.statemodel.leading_forms import forms_about_leading
from tests.statemodel.moves import walks

WHY = "Agreed at the meeting"
ASKED = ("p-ana", "p-sam", "p-own", "p-lee", "p-dee", "p-cat", "p-art", "p-gone", "p-nobody")


def option(world: World, kind: str, by: str = "p-ana") -> Option:
    (found,) = [option for option in world.options(by) if option.command == kind]
    return found


def codes(found: Option) -> list[str]:
    return [reason.code for reason in found.why_not]


def forms(world: World, asked: Option) -> list[Command]:
    """Forms filled in as well as they can be for one option."""
    why = WHY if asked.asks_why else None
    known: dict[str, list[Command]] = {
        "identify_need": [identify()],
        "record_agreement": [agreement(), agreement(because=WHY)],
        "propose_lead": _proposals(world, why),
        "raise_concern": [RaiseConcern()],
        "answer_task": [AnswerTask(task=asked.thing, seen=asked.seen, done="Seen to")],
        "enter_in_error": [
            EnterInError(entry=number, mistake=Mistake.MISTYPED)
            for number in range(1, world.case.version + 1)
        ],
        "close_case": [closing()],
        **forms_before_planning(world, asked),
    }
    return known[asked.command] if asked.command in known else forms_about_leading(world, asked)


def _proposals(world: World, why: str | None) -> list[Command]:
    """For now and ever, for between two who are planned, and for after them all."""
    leads = [one for one in world.case.every(Lead) if one.live]
    others: list[Nomination | Lead] = [*world.case.nominations, *leads]
    edges = [edge for one in others for edge in (one.since, one.until) if edge]
    ahead = sorted({edge for edge in edges if edge > world.now})
    found: list[Command] = []
    for children in (_not_taken(world), *((child,) for child in world.case.children)):
        form = proposal("p-jo", children=children, because=why)
        found.extend(replace(form, since=edge) for edge in ahead)
        found.extend(replace(form, until=edge) for edge in ahead)
        found.extend(replace(form, since=a, until=b) for a, b in pairwise(ahead))
        found.append(form)
    return found


def _not_taken(world: World) -> tuple[str, ...]:
    taken = {child for n in world.case.nominations for child in n.children}
    free = tuple(child for child in world.case.children if child not in taken)
    return free or world.case.children or ("k-none",)


def test_every_option_is_true_for_everybody_at_any_point_of_any_history() -> None:
    compared = 0
    for world in walks(seed=5, histories=48, length=16):
        for by in ASKED:
            for offered in world.options(by):
                _compare(world, offered, by)
                compared += 1
    assert compared > 3_000


def _compare(world: World, offered: Option, by: str) -> None:
    asking = context(by, world.now)
    answers = [decide(world.case, form, asking) for form in forms(world, offered)]
    if not offered.why_not:
        assert any(isinstance(answer, Entry) for answer in answers), (offered, by, answers)
        return
    for answer in answers:
        assert isinstance(answer, Refused), (offered, by)
        given = {reason.code for reason in answer.reasons}
        if offered.command == EnterInError.kind:
            continue  # each entry has a reason of its own; the list says that none can be struck
        # rows are chosen by the form, so a refusal may know better than the list, never less
        each_its_own = offered.command == "enter_in_error"  # each entry says why it must stay
        told = {reason.code for reason in offered.why_not}
        assert each_its_own or given & told, (offered, answer)


def test_before_a_case_is_opened_only_opening_it_is_on_offer() -> None:
    allowed = [option.command for option in World().options() if not option.why_not]
    assert allowed == ["identify_need"]


def test_a_stage_that_is_not_the_right_one_is_named_with_the_option() -> None:
    found = option(World().planning(), "identify_need")
    assert codes(found) == ["not_from_here"]
    assert found.why_not[0].facts == (("state", "planning"),)


def test_every_reason_is_given_at_once_and_each_only_once() -> None:
    world = World().opened()
    found = option(world, "propose_lead", "p-lee")
    assert codes(found) == ["not_for_your_role", "planning_not_begun"]
    assert [reason.code for reason in found.asks_why] == ["nobody_agrees_to_take_part"]


@pytest.mark.proves("R31")
def test_a_pack_that_raises_a_recommendation_makes_it_stand_in_the_way() -> None:
    raised = pack(raised=("nobody_agrees_to_take_part",))
    found = option(World(case=a_case(pack=raised)).opened(), "propose_lead")
    assert "nobody_agrees_to_take_part" in codes(found)
    assert found.asks_why == ()


@pytest.mark.proves("R95")
def test_only_the_manager_asked_and_her_deputy_are_offered_the_answer() -> None:
    world = World().proposed()
    answers = {by.id: codes(option(world, "agree_nomination", by.id)) for by in PEOPLE if by.active}
    assert [by for by, why_not in answers.items() if not why_not] == ["p-lee", "p-dee"]
    assert "recorder_is_party" in answers["p-sam"]


def test_an_option_names_the_thing_and_the_version_to_answer_with() -> None:
    found = option(World().proposed(), "agree_nomination", "p-lee")
    assert (found.thing, found.seen) == ("n3", 3)


def test_once_answered_a_proposal_is_offered_as_no_question_to_anybody() -> None:
    world = World().proposed()
    world.do(world.agreeing(), "p-lee")
    assert codes(option(world, "agree_nomination", "p-dee")) == ["answered_already"]
    assert codes(option(world, "propose_lead")) == ["already_proposed"]


def test_a_second_child_can_still_be_proposed_for_while_the_first_waits() -> None:
    world = World()
    world.do(identify(children=("k-1", "k-2")))
    world.do(agreement())
    world.do(proposal(children=("k-1",)))
    assert codes(option(world, "propose_lead")) == []
    world.do(proposal("p-jo", children=("k-2",)))
    assert codes(option(world, "propose_lead")) == ["already_proposed"]
    assert world.why_not(proposal("p-jo", children=("k-2", "k-1"))) == ["already_proposed"]


def test_what_the_clock_does_is_offered_to_nobody() -> None:
    world = World().proposed().wait_until(LAPSE)
    offered = {option.command for option in world.options("p-cat")}
    assert offered.isdisjoint({"lapse_nomination", "remind", "mark_missed", "park_deadline"})


def test_a_command_that_the_cases_edition_does_not_know_is_neither_offered_nor_accepted() -> None:
    older = World(case=replace(a_case(), edition=CURRENT_EDITION - 1))
    assert older.options() == ()
    assert older.why_not(identify()) == ["not_from_here"]
