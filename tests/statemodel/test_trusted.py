"""Whom a child trusts: the child's own word, beside the lead and never instead of one."""

from dataclasses import replace

import pytest

from statemodel.commands import EnterInError, Mistake, NameTrustedPerson
from statemodel.tenure import Trusted
from tests.builders import CHILD, World, closing, proposal

CARER = NameTrustedPerson(child=CHILD, person="f-carer", sharing="By phone, each Friday")


@pytest.mark.proves("R169", "SC23")
def test_whom_a_child_trusts_is_kept_beside_the_lead_and_leads_nothing() -> None:
    world = World().delivered()
    before = world.case.standing, world.case.leads(CHILD)
    world.do(CARER)
    (named,) = world.case.every(Trusted)
    assert (named.child, named.person, named.live) == (CHILD, "f-carer", True)
    assert (world.case.standing, world.case.leads(CHILD)) == before
    assert world.told("trusted_person_named") == ["p-sam"]


@pytest.mark.proves("R169", "SC23", "R82")
def test_a_carer_is_trusted_and_cannot_be_proposed_to_lead() -> None:
    world = World().planning()
    world.do(CARER)
    assert world.told("trusted_person_named") == []
    assert world.why_not(proposal("f-carer")) == ["person_not_known"]


@pytest.mark.proves("R169")
def test_how_the_two_share_what_they_know_is_said() -> None:
    world = World().delivered()
    assert world.why_not(replace(CARER, sharing=" ")) == ["sharing_not_said"]
    assert world.why_not(replace(CARER, sharing="", because="Later")) == ["sharing_not_said"]
    assert world.why_not(replace(CARER, child="k-other")) == ["child_not_in_case"]


@pytest.mark.proves("R169", "R352")
def test_a_child_has_one_such_person_and_a_mistake_brings_the_earlier_one_back() -> None:
    world = World().opened()
    world.do(CARER)
    entry = world.do(replace(CARER, person="p-jo"))
    assert [one.person for one in world.case.every(Trusted) if one.live] == ["p-jo"]
    world.do(EnterInError(entry=entry.version, mistake=Mistake.WRONG_PERSON))
    assert [one.person for one in world.case.every(Trusted) if one.live] == ["f-carer"]


def test_once_help_has_ended_nobody_is_named() -> None:
    world = World().planning()
    world.do(closing())
    assert world.why_not(CARER) == ["not_from_here"]
