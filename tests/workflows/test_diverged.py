"""A case whose journal refuses it: what concerns a child's safety is told all the same, once."""

import asyncio

import pytest
from temporalio.testing import WorkflowEnvironment

from statemodel.commands import RaiseConcern
from tests import builders as b
from tests.workflows.bench import Bench, Ports, a_case, working
from tests.workflows.test_rolling import until

DIVERGED = {"diverged": 2, "why": "other_digest"}


async def _told(ports: Ports, number: int) -> None:
    async with asyncio.timeout(60):
        while len(ports.told) < number:
            await asyncio.sleep(0.02)


@pytest.mark.proves("F51", "I41")
async def test_a_diverged_case_still_tells_of_each_concern_once_and_of_nothing_else(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        await bench.start()
        await bench.ask(b.identify())
        await until(bench, 1)
        ports.broken = True
        await bench.ask(b.agreement())
        await bench.ask(RaiseConcern(what="Afraid"), by="p-lee")
        before, ports.told = ports.told, {}
        ports.broken, ports.says = False, DIVERGED
        await bench.handle.signal("nudge")
        await _told(ports, 2)
        await bench.ask(b.proposal())
        await bench.ask(RaiseConcern(what="Still afraid"), by="p-lee")
        await _told(ports, 4)
        await bench.handle.signal("nudge")
        await bench.ask(RaiseConcern(what="Very much so"), by="p-lee")
        await _told(ports, 6)
        assert all(message["safety"] for message in ports.told.values())
        assert [message["version"] for message in ports.told.values()] == [3, 3, 5, 5, 6, 6]
        assert not before.keys() & ports.told.keys()
        assert await bench.unrecorded() == 5


async def test_what_was_told_while_diverged_is_not_taken_for_the_message_of_another_entry(
    environment: WorkflowEnvironment,
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports):
        ports.says = DIVERGED
        await bench.start()
        await bench.ask(b.identify())
        await bench.ask(RaiseConcern(what="Afraid"))
        await _told(ports, 1)
        [first] = ports.told
        ports.says = None
        await bench.handle.signal("nudge")
        await until(bench, 2)
        await _told(ports, 2)
        _, recorded = ports.told
        assert recorded in bench.kept.recorded_messages
        assert first.startswith(f"{recorded}-")
