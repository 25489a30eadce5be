"""The arbiter decides where managers did not: for the authority's own staff, with reasons."""

import pytest

from statemodel import Role, Stage
from statemodel.commands import AcceptNomination, DecideReferral
from statemodel.tenure import NominationState
from tests.builders import LAPSE, World, a_case, pack, people, recorded
from tests.northshire import PEOPLE


def referred(**choices: bool) -> World:
    return World(case=a_case(pack=pack(**choices))).proposed().wait_until(LAPSE)


def deciding(world: World, nominee: str = "p-own", **changes: object) -> DecideReferral:
    held = world.nomination
    form = {"nominee": nominee, "reasons": "Knows the family; hours are found"} | changes
    return DecideReferral(nomination=held.id, seen=held.version, **form)  # type: ignore[arg-type]


@pytest.mark.proves("T17", "R100", "R105")
def test_the_arbiter_names_who_leads_and_nominee_and_family_are_still_asked() -> None:
    world = referred()
    world.do(deciding(world), "p-art")
    held = world.nomination
    assert (held.state, held.nominee, held.agreed_by) == (NominationState.AGREED, "p-own", "p-art")
    assert {owed.what for owed in world.case.running} == {"first_meeting", "family_confirmation"}
    assert {"p-lee", "p-own", "p-ana"} <= set(world.told("arbiter_decided"))
    assert world.why_not(world.family()) == ["nominee_has_not_accepted"]
    world.do(AcceptNomination(nomination=held.id), "p-own")
    world.do(world.family())
    assert (world.lead.person, world.case.stage) == ("p-own", Stage.IN_DELIVERY)


@pytest.mark.proves("R100", "R328")
def test_the_arbiter_cannot_bind_another_employers_staff_not_even_as_a_record() -> None:
    world = referred()
    assert world.why_not(deciding(world, "p-sam"), "p-art") == ["arbiter_cannot_bind"]
    written = deciding(world, "p-sam", recorded=recorded("p-art", world.now))
    assert world.why_not(written, "p-cat") == ["arbiter_cannot_bind"]


@pytest.mark.proves("R103")
def test_an_employer_that_agreed_too_late_is_endorsed_by_the_arbiter() -> None:
    world = referred().wait(days=1)
    world.do(world.agreeing(), "p-lee")
    assert (world.nomination.state, world.nomination.late) == (NominationState.REFERRED, True)
    assert world.why_not(deciding(world, "p-jo"), "p-art") == ["arbiter_cannot_bind"]
    world.do(deciding(world, "p-sam"), "p-art")
    assert world.nomination.state is NominationState.AGREED


@pytest.mark.proves("R431")
def test_where_partners_have_signed_that_the_arbiter_binds_all_she_does() -> None:
    world = referred(arbiter_binds_all=True)
    world.do(deciding(world, "p-sam"), "p-art")
    assert world.nomination.nominee == "p-sam"


@pytest.mark.proves("R100", "R312")
@pytest.mark.parametrize("by", ["p-lee", "p-cat", "p-eve", "p-ana"])
def test_nobody_else_decides_a_referral(by: str) -> None:
    world = referred()
    assert "not_the_arbiter" in world.why_not(deciding(world), by)


@pytest.mark.proves("R117")
def test_an_arbiter_who_is_a_party_decides_nothing() -> None:
    both = (Role.ARBITER, Role.LINE_MANAGER, Role.PRACTITIONER)
    lee = next(person for person in PEOPLE if person.id == "p-lee")
    own = next(person for person in PEOPLE if person.id == "p-own")
    world = referred()
    for party in (lee, own):
        arbiter = type(party)(party.id, party.agency, both, party.line_manager)
        world.known = people(arbiter)
        assert "arbiter_is_party" in world.why_not(deciding(world), party.id)


@pytest.mark.proves("R100", "R352")
def test_an_arbiter_gives_reasons() -> None:
    world = referred()
    assert world.why_not(deciding(world, reasons=" "), "p-art") == ["no_reasons_given"]


@pytest.mark.proves("R100")
def test_there_is_nothing_to_decide_before_the_managers_time_is_up() -> None:
    world = World().proposed()
    assert world.why_not(deciding(world), "p-art") == ["not_from_here"]


@pytest.mark.proves("R101", "R107")
def test_an_arbiter_who_does_not_decide_is_passed_over_upward_and_nothing_is_decided() -> None:
    world = referred().wait(days=30)
    assert world.nomination.state is NominationState.REFERRED
    assert "coordinator.northshire" in world.told("passed_up")
    assert "early_help_manager.northshire" in world.told("passed_up")
