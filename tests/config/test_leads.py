"""Who leads a child, said plainly: since when, who stands in, who is next, or that nobody does."""

from datetime import UTC, datetime

import pytest

from config.leads import leading
from statemodel.commands import CoverLead, EndLead, Reason
from tests.builders import CHILD, World, proposal


def names(person: str) -> str:
    return {"p-sam": "Sam Okoye", "p-jo": "Jo Brand"}.get(person, person)


def said(world: World) -> str:
    return leading(world.case, CHILD, who=names)


@pytest.mark.proves("R159")
def test_that_nobody_leads_is_said_before_somebody_does_and_after_they_have_left() -> None:
    world = World().proposed()
    assert said(world) == "Nobody leads yet"
    world = World().delivered()
    lead = world.lead
    world.do(EndLead(lead=lead.id, seen=lead.version, reason=Reason.CAPACITY))
    assert said(world) == "Nobody leads yet"


@pytest.mark.proves("R156")
def test_whoever_stands_in_is_named_beside_the_lead_and_until_when() -> None:
    world = World().delivered()
    assert said(world) == "Sam Okoye, since Mon 5 Jan 2026"
    lead = world.lead
    until = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)  # the first of September on the wall
    world.do(CoverLead(lead=lead.id, seen=lead.version, cover="p-jo", until=until))
    assert said(world) == (
        "Sam Okoye, since Mon 5 Jan 2026; Jo Brand stands in until Tue 1 Sep 2026"
    )


@pytest.mark.proves("R148")
def test_whoever_is_to_lead_later_stands_behind() -> None:
    turn = datetime(2026, 7, 22, 23, tzinfo=UTC)
    world = World().proposed(until=turn)
    world.confirmed()
    world.do(proposal("p-jo", since=turn))
    world.confirmed()
    assert said(world) == (
        "Sam Okoye, since Mon 5 Jan 2026, until Thu 23 Jul 2026; from Thu 23 Jul 2026 Jo Brand"
    )
