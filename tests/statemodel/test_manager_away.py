"""A manager who is away when her answer is due: said at the proposal, and no date moves (D36)."""

from dataclasses import replace
from datetime import date

import pytest

from statemodel.people import Away
from tests.builders import LAPSE, PEOPLE, World, people, proposal

LEE = next(one for one in PEOPLE if one.id == "p-lee")


def proposed(since: int, until: int, deputy: str | None = "p-dee") -> World:
    """A case with a proposal, its manager away between two days of January 2026."""
    world = World().planning()
    away = (Away(date(2026, 1, since), date(2026, 1, until)),)
    world.known = people(replace(LEE, away=away, deputy=deputy))
    world.do(proposal())
    return world


@pytest.mark.proves("R99")
@pytest.mark.parametrize(("since", "until"), [(6, 9), (9, 9), (5, 30), (9, 12)])
def test_co_ordinator_and_deputy_are_told_if_she_is_away_that_day(since: int, until: int) -> None:
    world = proposed(since, until)
    assert world.told("manager_away") == ["coordinator.northshire"]
    assert world.told("please_answer_instead") == ["p-dee"]
    assert world.told("please_answer") == ["p-lee"]
    assert world.nomination.due.at == LAPSE, "the date stays"


@pytest.mark.parametrize(("since", "until"), [(5, 8), (10, 30)])
def test_nobody_is_warned_if_she_is_there_that_day(since: int, until: int) -> None:
    world = proposed(since, until)
    assert world.told("manager_away") == world.told("please_answer_instead") == []


def test_without_a_deputy_the_co_ordinator_alone_is_told() -> None:
    world = proposed(6, 12, deputy=None)
    assert world.told("manager_away") == ["coordinator.northshire"]
    assert world.told("please_answer_instead") == []
