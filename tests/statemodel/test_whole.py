"""The law whole: nothing that has happened breaks a case that no longer holds what it is about."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import pytest

from statemodel import Case, Entry
from statemodel.assessing import Check, Checks, Finding
from statemodel.calendar import instant, local
from statemodel.event import Event
from statemodel.planning import Action, ActionState, OwnerKind, Plan, PlanState
from statemodel.table import EVENTS, FOLDS, TELLS
from tests.builders import calendar
from tests.statemodel.test_table import everything_tried


@cache
def everything_happened() -> dict[type[Event], tuple[tuple[Case, Event, Entry], ...]]:
    """Of each kind of event a few that really happened, with the case as it stood before."""
    found: dict[type[Event], list[tuple[Case, Event, Entry]]] = {}
    for made in everything_tried():
        if isinstance(made.answer, Entry):
            for event in made.answer.events:
                found.setdefault(type(event), []).append((made.case, event, made.answer))
    return {kind: tuple(happened[:20]) for kind, happened in found.items()}


def carried(value: Any) -> Iterator[str]:
    """Every id that stands in an event: the things it brings with it."""
    if is_dataclass(value):
        yield from (id_ for field in fields(value) for id_ in carried(getattr(value, field.name)))
    elif isinstance(value, tuple):
        yield from (id_ for one in value for id_ in carried(one))
    elif isinstance(value, str):
        yield value


@pytest.mark.proves("R352", "I12")
@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_an_event_about_what_is_gone_invents_nothing_and_still_tells_whom_it_can(kind: str) -> None:
    happened = everything_happened()[EVENTS[kind]]
    for case, event, entry in happened:
        bare = replace(case, things=(), undos=())
        after = FOLDS[EVENTS[kind]](bare, event, entry)
        assert {thing.id for thing in after.things} <= set(carried(event))
        assert after.undos == ()
        if EVENTS[kind] in TELLS:
            told = TELLS[EVENTS[kind]](after, event, entry)
            assert isinstance(told, tuple)


def test_checks_are_open_until_each_has_an_answer() -> None:
    begun = Checks("q2", found=((Check.LEAD_IN_PLACE, Finding.NO),))
    assert set(begun.open) == set(Check) - {Check.LEAD_IN_PLACE}
    assert Checks("q2", found=tuple((check, Finding.NOT_KNOWN) for check in Check)).open == ()


def test_a_plan_lives_once_it_is_agreed_and_an_action_while_it_waits_or_is_open() -> None:
    plan = Plan("p3", 3, PlanState.NONE, held_at=datetime(2026, 1, 5, tzinfo=UTC))
    lively = {state for state in PlanState if replace(plan, state=state).live}
    assert lively == {PlanState.AGREED}
    action = Action("a3.1", 3, ActionState.OPEN, "p-sam", OwnerKind.PRACTITIONER, date(2026, 1, 9))
    lively_ones = {state for state in ActionState if replace(action, state=state).live}
    assert lively_ones == {ActionState.OPEN, ActionState.WAITING}


@pytest.mark.proves("R103")
@pytest.mark.parametrize("month", [1, 7])
def test_where_clocks_never_change_the_wall_says_what_the_world_says(month: int) -> None:
    unshifted = replace(calendar(), shifts=())
    day, nine = date(2026, month, 15), time(9)
    at = datetime.combine(day, nine, UTC)
    assert instant(unshifted, day, nine) == at
    assert local(unshifted, at) == at.replace(tzinfo=None)
