"""What holds after any history whatever: nobody is dropped, and the clock decides nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from

from statemodel import Case, Entry, Hat, Stage, next_deadline, summary
from statemodel.commands import StartPlannedLead
from statemodel.plain import canonical, plain
from statemodel.tenure import Agreement, Lead
from tests.builders import World
from tests.statemodel.moves import WAYS, attempts, begun, move, refolded, stuck, walked, walks

WITHOUT_A_THING = {"case", "lead", "review", "oversight"}


class AnyHistory(RuleBasedStateMachine):
    """People try whatever they like, sensible or not; time passes; everything is down at times."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.looked_at = 0

    @precondition(lambda self: not self.world.entries)
    @rule(number=integers(0, WAYS - 1))
    def begins(self, number: int) -> None:
        self.world = begun(number)

    @rule(choice=integers(0, 9_999))
    def somebody_tries_something(self, choice: int) -> None:
        move(self.world, choice)

    @rule(hours=sampled_from((1, 7, 24, 100, 700)))
    def everything_is_down_for_a_while(self, hours: int) -> None:
        self.world.leap_to(self.world.now + timedelta(hours=hours))

    @precondition(lambda self: self.world.case.running)
    @rule(late=sampled_from((-1, 0, 1)))
    def the_clock_comes_to_its_next_moment(self, late: int) -> None:
        owed = next_deadline(self.world.case)
        assert owed
        moment = owed.next_at + timedelta(microseconds=late)
        self.world.leap_to(max(self.world.now, moment)).tick()

    @invariant()
    def every_open_case_has_a_holder_a_next_step_and_a_deadline(self) -> None:
        assert stuck(self.world.case) == []
        columns = summary(self.world.case)
        assert not self.world.case.is_open or (columns.responsible and columns.next_step)

    @invariant()
    def an_open_stage_and_a_closing_date_never_stand_together(self) -> None:
        standing = self.world.case.standing
        assert (standing.closed_at is not None) == (standing.stage is Stage.CLOSED)
        assert standing.responsible is None or standing.stage is not Stage.CLOSED

    @invariant()
    def the_clock_is_never_refused(self) -> None:
        """Looks only at what is new since the last look."""
        new, self.looked_at = self.world.tried[self.looked_at :], len(self.world.tried)
        refused = [made for made in new if made.context.by.hat is Hat.CLOCK and _no(made.answer)]
        # one attempt of `moves` reports a lost message in the clock's hat, and must be refused
        assert [m.command.kind for m in refused if m.command.kind != "report_undelivered"] == []

    @invariant()
    def every_running_deadline_is_about_something_that_is_there(self) -> None:
        there = {thing.id for thing in self.world.case.things} | WITHOUT_A_THING
        assert {deadline.about for deadline in self.world.case.running} <= there

    @invariant()
    def a_child_has_at_most_one_lead(self) -> None:
        case = self.world.case
        for child in case.children:
            assert sum(lead.current for lead in case.leads(child)) <= 1

    @invariant()
    def while_nobody_leads_in_delivery_somebody_looks_for_a_lead(self) -> None:
        case = self.world.case
        delivered = case.stage in (Stage.IN_DELIVERY, Stage.IN_REVIEW)
        ahead = {child for lead in case.every(Lead) if lead.live for child in lead.children}
        if delivered and set(case.vacant) - ahead:
            assert "lead" in {owed.about for owed in case.running}

    @invariant()
    def delivery_never_goes_on_without_a_review_ahead(self) -> None:
        if self.world.case.stage in (Stage.IN_DELIVERY, Stage.IN_REVIEW):
            assert {"review", "oversight"} <= {owed.about for owed in self.world.case.running}

    @invariant()
    def the_state_stays_small(self) -> None:
        assert len(canonical(plain(self.world.case))) <= 128 * 1024

    def teardown(self) -> None:
        """Folding the journal again gives the very same case, and versions leave no gap."""
        entries = self.world.entries
        assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
        assert refolded(self.world, entries) == self.world.case


def _no(answer: Any) -> bool:
    return not isinstance(answer, Entry)


TestAnyHistory = pytest.mark.proves("I1", "R298", "R302")(AnyHistory.TestCase)
TestAnyHistory.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.night
@pytest.mark.proves("I1", "R298", "R302")
def test_very_many_histories_leave_nobody_out() -> None:
    many = settings(TestAnyHistory.settings, max_examples=500, derandomize=False)
    run_state_machine_as_test(AnyHistory, settings=settings(many, stateful_step_count=50))


@pytest.mark.proves("R101", "R181")
def test_the_clock_never_moves_a_stage_a_holder_or_an_agreement() -> None:
    """But for a lead whom people planned: on the day they named, she holds the case."""
    steps = planned = 0
    for world in walks(seed=3, histories=32, length=40):
        for made in world.tried:
            if made.context.by.hat is Hat.PERSON or not isinstance(made.answer, Entry):
                continue
            steps += 1
            after = refolded(World(case=made.case), [made.answer])
            if isinstance(made.command, StartPlannedLead):
                planned += 1
                lead = made.case.thing(Lead, made.command.lead)
                assert lead
                assert lead.since <= made.context.now
                assert after.stage is made.case.stage
            else:
                assert after.standing == made.case.standing
                assert _leading(after) == _leading(made.case)
            assert set(after.every(Agreement)) <= set(made.case.every(Agreement))  # makes room
            assert after.children == made.case.children
            lost = {n.id for n in made.case.nominations} - {n.id for n in after.nominations}
            assert lost == set()
    assert steps > 200
    assert planned


def _leading(case: Case) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(one.id, one.state, one.children) for one in case.every(Lead) if one.live}


@pytest.mark.proves("R298")
def test_a_history_given_the_same_attempts_twice_is_the_same_to_the_last_byte() -> None:
    numbers = [(7919 * step) % 10_007 for step in range(120)]
    first, again = walked(numbers, begun(3)), walked(numbers, begun(3))
    assert first.case.head == again.case.head
    assert [e.digest for e in first.entries] == [e.digest for e in again.entries]
    assert len(attempts(first)) == len(attempts(again))
