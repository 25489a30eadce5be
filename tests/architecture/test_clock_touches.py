"""Whatever Baton does by itself, it leaves alone what people decide; a planted act is seen.

Appointing, removing, closing, sharing, agreeing and setting a level of need are people's (D5).
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from statemodel import Actor, Case, Context, Entry, Facts, Hat, Person, PersonFacts, Role, evolve
from statemodel.assessing import (
    Assessment,
    AssessmentKind,
    AssessmentState,
    Basis,
    Check,
    Checks,
    Finding,
    Sharing,
)
from statemodel.attempt import Asked
from statemodel.authority import may
from statemodel.case import Stage
from statemodel.command import Automatic
from statemodel.commands import RaiseConcern
from statemodel.event import Event
from statemodel.people import CLOCK, POST
from statemodel.planning import Action, ActionState, OwnerKind, Plan, PlanState
from statemodel.reasons import named_by
from statemodel.table import COMMANDS, HAPPENS
from statemodel.tenure import Agreement, AgreementAnswer, Form, Lead, Nomination
from statemodel.things import Deadline, Task, Thing
from tests.architecture.test_clock_decides_nothing import AUTOMATIC, MAY_CAUSE, walks_of_leads
from tests.builders import PARENT, World

NOON = datetime(2026, 2, 2, 12, tzinfo=UTC)
STARTS = {"state", "since", "ended_at", "because", "children", "cover", "cover_since"}
OWN = (Deadline, Task)  # clocks and work for desks are what it is there for
MAY_CHANGE: dict[tuple[str, type[Any]], set[str]] = {
    ("lapse_nomination", Nomination): {"state"},
    ("report_undelivered", Nomination): {"delivered"},
    ("start_planned_lead", Lead): STARTS,
}
MAY_CLEAR: dict[tuple[str, type[Any]], set[str]] = {
    ("end_cover", Lead): {"cover", "cover_since", "cover_until"}
}
MAY_PASS = {"start_planned_lead": {"responsible", "accepted_at"}}  # as named people had dated it


def decided(before: Case, after: Case, kind: str) -> list[str]:
    """What changed between two states that this command of Baton's own may not change."""
    held, now = ({thing.id: thing for thing in case.things} for case in (before, after))
    found = [f"made {thing.kind}" for name, thing in now.items() if name not in held | _own(now)]
    for name in held.keys() & now.keys():
        found += _changed(held[name], now[name], kind)
    found += [f"lost {held[name].kind}" for name in held.keys() - now.keys() if _stands(held[name])]
    passed = MAY_PASS.get(kind, set())
    found += [part for part in _differs(before.standing, after.standing) if part not in passed]
    return found + [part for part in ("children", "episode", "opened_at")
                    if getattr(before, part) != getattr(after, part)]  # fmt: skip


def _changed(thing: Thing, now: Thing, kind: str) -> list[str]:
    if isinstance(thing, OWN):
        return []
    may = MAY_CHANGE.get((kind, type(thing)), set())
    cleared = {
        part for part in MAY_CLEAR.get((kind, type(thing)), ()) if getattr(now, part) is None
    }
    return [f"{thing.kind}.{part}" for part in _differs(thing, now) if part not in may | cleared]


def _own(things: dict[str, Thing]) -> dict[str, Thing]:
    return {name: thing for name, thing in things.items() if isinstance(thing, OWN)}


def _differs(one: Any, other: Any) -> Iterator[str]:
    for field in fields(one):
        if getattr(one, field.name) != getattr(other, field.name):
            yield field.name


def _stands(thing: Thing) -> bool:
    """Settled clocks and old answers are forgotten in time, whoever's entry it is (decision 6)."""
    return not isinstance(thing, (*OWN, Agreement)) and thing.live


def steps() -> Iterator[tuple[Case, Entry, Case]]:
    for world in walks_of_leads():
        case = world.start
        for entry in world.entries:
            before, case = case, evolve(case, entry)
            yield before, entry, case


@pytest.mark.proves("R101", "R181", "I33")
def test_it_leaves_alone_all_that_people_decide() -> None:
    seen = set()
    for before, entry, after in steps():
        if entry.by.hat is not Hat.PERSON:
            seen.add(entry.command.kind)
            assert decided(before, after, entry.command.kind) == [], entry.command.kind
    assert seen >= AUTOMATIC - {"park_deadline"}


@pytest.mark.proves("R101")
@pytest.mark.parametrize(
    "event",
    [
        "need_identified",
        "agreement_recorded",
        "lead_proposed",
        "nomination_agreed",
        "managers_agreed",
        "referral_decided",
        "lead_confirmed",
        "lead_ended",
        "lead_covered",
        "case_closed",
        "referred_again",
    ],
)
def test_what_people_decide_would_be_seen_if_the_clock_did_it(event: str) -> None:
    theirs = [
        (before, after)
        for before, entry, after in steps()
        if entry.by.hat is Hat.PERSON and event in {one.kind for one in entry.events}
    ]
    assert theirs
    for before, after in theirs:
        for kind in AUTOMATIC - {"start_planned_lead"}:
            assert decided(before, after, kind), f"{event} as {kind}"


PLANTED: dict[str, Thing] = {
    "agrees": Agreement("g9", PARENT, AgreementAnswer.AGREED, Form.VERBAL, NOON),
    "shares": Sharing("h9", ("a-health",), Basis.PUBLIC_TASK, "p-ana", NOON),
    "answers a check": Checks("q9", found=((Check.LEAD_IN_PLACE, Finding.NO),)),
    "sets a level": Assessment(
        "s9", 9, AssessmentState.COMPLETE, AssessmentKind.NEW, "p-ana", completed_at=NOON
    ),
    "makes a plan": Plan("p9", 9, PlanState.AGREED, NOON),
    "drops an action": Action(
        "a9", 9, ActionState.DROPPED, "p-sam", OwnerKind.PRACTITIONER, date(2026, 2, 9)
    ),
}


@pytest.mark.proves("R101")
@pytest.mark.parametrize("kind", sorted(AUTOMATIC))
@pytest.mark.parametrize("act", PLANTED)
def test_a_planted_act_of_the_clock_is_seen_whichever_command_it_hides_in(
    act: str, kind: str
) -> None:
    before = World().delivered().case
    thing = PLANTED[act]
    assert decided(before, replace(before, things=(*before.things, thing)), kind)


@pytest.mark.proves("R101")
@pytest.mark.parametrize("kind", sorted(AUTOMATIC))
def test_appointing_removing_routing_and_closing_are_seen_in_every_command(kind: str) -> None:
    world = World().delivered()
    before, lead = world.case, world.lead
    others = tuple(thing for thing in before.things if thing != lead)
    elsewhere = replace(before.standing, responsible=Person("p-jo"), stage=Stage.ROUTED)
    for after in (
        replace(before, things=(*others, replace(lead, person="p-jo"))),
        replace(before, things=(*before.things, replace(lead, id="l99"))),
        replace(before, things=others),
        replace(before, standing=elsewhere),
        replace(before, standing=replace(before.standing, stage=Stage.CLOSED)),
        replace(before, children=()),
    ):
        assert decided(before, after, kind)


@pytest.mark.proves("R101")
@pytest.mark.parametrize("kind", sorted(AUTOMATIC))
def test_the_code_behind_it_cannot_even_name_an_event_that_decides(kind: str) -> None:
    named = {one for one in named_by(HAPPENS[COMMANDS[kind]]) if _is_event(one)}
    assert named == MAY_CAUSE[kind]


def _is_event(one: Any) -> bool:
    return isinstance(one, type) and issubclass(one, Event) and one is not Event


@pytest.mark.proves("R101", "I33")
def test_what_baton_may_submit_is_this_list_whatever_roles_it_is_given() -> None:
    """A concern moves nothing and is taken from anybody, so from Baton too (practice D1)."""
    for actor in (CLOCK, POST, Actor(Hat.CLOCK, "p-all"), Actor(Hat.POST, "p-all")):
        known = Facts(NOON, (PersonFacts(actor.id, "a-some", tuple(Role)),))
        context = Context(NOON, NOON, actor, known)
        asked = Asked[Any](World().delivered().case, None, context, "none")
        let = {kind for kind, command in COMMANDS.items() if may(asked, command) is None}
        post = {"report_undelivered"}
        mine = post if actor.hat is Hat.POST else AUTOMATIC - post
        assert let == mine | {RaiseConcern.kind}
    assert {kind for kind, one in COMMANDS.items() if issubclass(one, Automatic)} == AUTOMATIC
