"""The table whole: every row is reached, every guard answers both ways, no two rows compete."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from statemodel import Actor, Case, Entry, Hat, PersonFacts, Role, Stage
from statemodel.attempt import Asked
from statemodel.commands import (
    AnswerTask,
    EnterInError,
    LapseNomination,
    MarkMissed,
    Mistake,
    ParkDeadline,
    RecordOversight,
    ReferAgain,
    Remind,
    RequestChange,
)
from statemodel.decide import _asked
from statemodel.entry import Move
from statemodel.law import MachineName, Row
from statemodel.machines import KINDS
from statemodel.people import CLOCK
from statemodel.policy import Silence
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.table import COMMANDS, EVENTS, HAPPENS, TABLE, TELLS, rows
from statemodel.things import NominationState
from tests.beginnings import sharing
from tests.builders import LAPSE, PARENT, Tried, World, a_case, closing, pack, proposal
from tests.statemodel.leading_moves import too_early
from tests.statemodel.moves import WAYS, begun, surveyed, walks
from tests.statemodel.planning_moves import before_its_time

LATER = ("checking", "assessing", "triage", "routed", "stepped_down_in", "in_delivery", "in_review")


@cache
def everything_tried() -> tuple[Tried, ...]:
    """Every attempt of many histories, the clock's own among them, and a few from later stages."""
    worlds = walks(seed=1, histories=200, length=45)
    stood = [surveyed(begun(number)) for number in range(WAYS)]
    tried = [*worlds, *stood, *_parked(), *_rare()]
    return tuple(made for world in tried for made in world.tried)


def _parked() -> list[World]:
    """What the explorer proves unreachable, tried all the same: the clock is too early."""
    world = World().proposed()
    d, n = world.case.running[0].id, world.nomination.id
    for command in (LapseNomination(nomination=n), MarkMissed(deadline=d), Remind(deadline=d)):
        world.ask(command, CLOCK)
    for parked in (d, "d999"):
        world.ask(ParkDeadline(deadline=parked, reasons=("not_yet_due",)), CLOCK)
        world.ask(Remind(deadline=parked), CLOCK)
        world.ask(MarkMissed(deadline=parked), CLOCK)
    ahead = begun(12)
    too_early(ahead)
    return [world, ahead, *_rarely_met()]


def _rarely_met() -> list[World]:
    """Where walks seldom come: standing in is over, a sister has a lead, a lead answers for one."""
    asked = World().delivered()
    asked.do(RequestChange(by_whom="f-parent"))
    (task,) = asked.case.open_tasks
    asked.ask(AnswerTask(task=task.id, seen=task.version, done="Spoke"), "p-sam")
    return [begun(WAYS - 2).wait(days=8), begun(10).confirmed(), asked, before_its_time()]


def _rare() -> list[World]:
    """What chance seldom comes to: a lead for one of two, one who answers for herself, a gap."""
    asked_for = World().delivered()
    asked_for.do(RequestChange(by_whom=PARENT))
    task = asked_for.case.open_tasks[0]
    asked_for.ask(AnswerTask(task=task.id, seen=task.version, done="Seen to"), "p-sam")
    shared = World().opened()
    shared.do(sharing(), "p-cat")
    task = shared.case.open_tasks[0]
    shared.ask(AnswerTask(task=task.id, seen=task.version, done="Seen to"), "p-cat")
    return [begun(10).confirmed(), asked_for, shared, _left_without(), _agreed_late()]


def _left_without() -> World:
    """What would leave a clock in a closed case, if it were struck."""
    world = World().opened()
    world.do(closing())
    again = world.do(ReferAgain(why="More is needed"))
    world.do(RecordOversight(looked_at="The beginning"), "p-eve")
    world.ask(EnterInError(entry=again.version, mistake=Mistake.DID_NOT_HAPPEN))
    return world


def _agreed_late() -> World:
    """Where lateness only alerts, a manager agrees after her four days."""
    world = World(case=a_case(pack=pack(silence=Silence.ALERT_ONLY))).proposed()
    world.wait_until(LAPSE + timedelta(days=1)).do(world.agreeing(), "p-lee")
    return world


def asked(made: Tried) -> Asked[Any]:
    return _asked(made.case, made.command, made.context)[0]


def from_here(made: Tried) -> list[Row]:
    state = asked(made).state
    return [row for row in rows(type(made.command), 1) if state in [str(s) for s in row.source]]


def chosen(made: Tried) -> list[Row]:
    return [row for row in from_here(made) if all(when(asked(made)) for when in row.when)]


@pytest.mark.proves("R8")
def test_every_row_fires_in_some_history() -> None:
    fired = {id(chosen(made)[0]) for made in everything_tried() if isinstance(made.answer, Entry)}
    silent = [(row.command.kind, row.source, row.to) for row in TABLE if id(row) not in fired]
    assert silent == []


@pytest.mark.proves("R8")
def test_every_guard_is_seen_to_let_through_and_to_stop() -> None:
    seen: dict[str, set[bool]] = defaultdict(set)
    for made in everything_tried():
        for row in chosen(made):
            for guard in (*row.asks, *row.needs):
                seen[guard.__qualname__].add(guard(asked(made)) is None)
            for guard in row.asks:
                seen[guard.__qualname__].add(guard(replace(asked(made), command=None)) is None)
    guards = {guard.__qualname__ for row in TABLE for guard in (*row.asks, *row.needs)}
    assert {name: seen[name] for name in guards if seen[name] != {True, False}} == {}


@pytest.mark.proves("R8")
def test_every_selector_is_seen_to_choose_and_to_pass_over() -> None:
    seen: dict[Callable[..., bool], set[bool]] = defaultdict(set)
    for made in everything_tried():
        for row in from_here(made):
            for when in row.when:
                seen[when].add(when(asked(made)))
    selectors = {when for row in TABLE for when in row.when}
    assert {when for when in selectors if seen[when] != {True, False}} == set()


@pytest.mark.proves("R8")
def test_exactly_one_row_is_chosen_wherever_a_command_has_rows() -> None:
    for made in everything_tried():
        if asked(made).thing is not None or made.command.thing is None:
            assert len(chosen(made)) == bool(from_here(made)), made.command


@pytest.mark.proves("R8")
def test_what_an_entry_moves_is_what_its_row_says() -> None:
    for made in everything_tried():
        if isinstance(made.answer, Entry):
            row = chosen(made)[0]
            stage = made.case.stage
            along = [also.to for also in row.also if stage in also.source]
            to = [move.to for move in made.answer.moves]
            assert to == ([] if row.to is None else [row.to]) + along


def test_guards_that_need_no_form_answer_when_there_is_none() -> None:
    for made in everything_tried():
        blank = replace(asked(made), command=None)
        for row in from_here(made):
            for guard in row.asks:
                assert guard(blank) is None or isinstance(guard(blank), Unmet)


def test_every_row_starts_and_ends_at_states_its_machine_has() -> None:
    for row in TABLE:
        states = {state.value for state in KINDS[row.machine].states}
        assert {str(source) for source in row.source} <= states
        assert row.to is None or str(row.to) in states


def test_every_row_cites_its_rules_and_moves_one_machine_per_command() -> None:
    machines: dict[str, set[MachineName]] = defaultdict(set)
    for row in TABLE:
        assert row.rules, row.command.kind
        machines[row.command.kind].add(row.machine)
    assert {kind for kind, names in machines.items() if len(names) != 1} == set()


def test_every_command_has_rows_and_consequences_and_every_event_somewhere_to_go() -> None:
    assert {row.command for row in TABLE} == set(HAPPENS) == set(COMMANDS.values())
    assert set(TELLS) <= set(EVENTS.values())
    made = {type(event) for tried in everything_tried() for event in _events(tried)}
    assert made == set(EVENTS.values())


def _events(made: Tried) -> tuple[object, ...]:
    return made.answer.events if isinstance(made.answer, Entry) else ()


def test_every_reason_given_has_a_code_a_rule_and_an_authority() -> None:
    for made in everything_tried():
        if not isinstance(made.answer, Entry):
            for reason in made.answer.reasons:
                assert reason.code == reason.code.lower()
                assert reason.rules
                assert isinstance(reason.authority, Authority)


@pytest.mark.proves("R11")
def test_nothing_of_law_may_be_passed_with_a_reason() -> None:
    reasons = {reason for made in everything_tried() for reason in _reasons(made)}
    assert reasons
    lawful = [reason for reason in reasons if reason.authority is Authority.LAW]
    assert all(reason.strength is not Strength.ASK_WHY for reason in lawful)


def _reasons(made: Tried) -> tuple[Unmet, ...]:
    return made.answer.departures if isinstance(made.answer, Entry) else made.answer.reasons


@pytest.mark.parametrize("stage", LATER)
def test_only_where_help_is_planned_is_anybody_proposed_and_no_stage_breaks(stage: str) -> None:
    world = World(case=_at(World().planning().case, Stage(stage)))
    answer = world.ask(proposal())
    begun = stage in ("in_delivery", "in_review")
    assert isinstance(answer, Entry) == begun
    if not isinstance(answer, Entry):
        assert [reason.code for reason in answer.reasons] == ["planning_not_begun"]


def _at(case: Case, stage: Stage) -> Case:
    return replace(case, standing=replace(case.standing, stage=stage))


def test_a_move_names_the_machine_the_thing_and_both_ends() -> None:
    world = World().proposed().wait_until(LAPSE)
    assert [entry.moves for entry in world.entries if entry.moves] == [
        (Move("stage", "", Stage.NONE, Stage.IDENTIFIED),),
        (Move("stage", "", Stage.IDENTIFIED, Stage.PLANNING),),
        (Move("nomination", "n3", NominationState.NONE, NominationState.PROPOSED),),
        (Move("nomination", "n3", NominationState.PROPOSED, NominationState.REFERRED),),
    ]


def test_who_asks_decides_nothing_but_who_they_are() -> None:
    """The same person, wearing the clock's hat, may no longer ask what a person asks."""
    world = World().opened()
    assert "only_a_person_does_this" in world.why_not(proposal(), Actor(Hat.CLOCK, "p-ana"))
    world.known = (*world.known, PersonFacts("p-both", "a-school", (Role.OPERATIONS,)))
    assert "not_for_your_role" in world.why_not(proposal(), "p-both")
