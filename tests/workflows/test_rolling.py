"""A case rolls into its next run whatever is under way: nothing lost, nothing done twice."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import WorkflowEnvironment

from statemodel import CURRENT_EDITION
from statemodel.commands import RaiseConcern
from tests import builders as b
from tests.workflows.bench import Bench, Ports, a_case, working


async def until(bench: Bench, version: int) -> None:
    async with asyncio.timeout(60):
        while len(bench.kept.entries) < version:
            await asyncio.sleep(0.02)


@pytest.mark.proves("F26", "I39", "I40")
async def test_a_roll_with_a_record_pending_loses_nothing_and_records_each_entry_once(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        await bench.start()
        await bench.ask(b.identify())
        ports.broken = True
        await bench.ask(b.agreement())
        for _ in range(3):
            await bench.handle.signal("nudge")
            await bench.ask(RaiseConcern(what="Afraid"))
        ports.broken = False
        await bench.forward(timedelta(hours=12))
        await until(bench, 5)
        assert bench.kinds[:5] == ["identify_need", "record_agreement", *["raise_concern"] * 3]
        assert not bench.kept.wrong
        assert await bench.runs() >= 2


@pytest.mark.proves("I40", "F22", "F23")
async def test_a_command_asked_again_after_a_roll_is_answered_from_the_ledger(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        await bench.start()
        first = await bench.ask(b.identify(), command_id="p-ana/1")
        await bench.handle.signal("nudge")
        again = await bench.ask(b.identify(), command_id="p-ana/1")
        assert (first, again) == ({"version": 1, "repeat": False}, {"version": 1, "repeat": True})
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await bench.ask(b.agreement(), command_id="p-ana/1")
        assert "same_id_other_content" in str(refused.value.cause)
        assert (await bench.seen()).version == 1


@pytest.mark.proves("I13", "R298")
async def test_a_running_deadline_keeps_its_instant_over_a_roll(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case(calendar=b.calendar(pace=86_400)))
    async with working(environment, ports, cached=cached):
        await bench.start()
        for command in (b.identify(), b.agreement(), b.proposal()):
            await bench.ask(command)
        due = (await bench.seen()).nominations[0].due.at
        await bench.handle.signal("nudge")
        assert (await bench.seen()).nominations[0].due.at == due
        await bench.forward(due - await bench.now() - timedelta(seconds=5))
        assert "lapse_nomination" not in bench.kinds
        await bench.forward(timedelta(seconds=6))
        await until(bench, 5)
        assert bench.kinds[3:5] == ["remind", "lapse_nomination"]


@pytest.mark.proves("I42")
async def test_a_nudged_case_says_at_once_that_it_is_alive(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        await bench.start()
        await bench.ask(b.identify())
        await bench.handle.signal("nudge")
        async with asyncio.timeout(60):
            while not bench.kept.pulses:
                await asyncio.sleep(0.02)
        head = (await bench.seen()).head
        told = {"case_id": bench.case.id, "version": 1, "head": head, "edition": CURRENT_EDITION}
        assert bench.kept.pulses[0] == told | {"unrecorded": 0}
