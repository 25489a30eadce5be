"""A record that is away for long: bounded batches, no roll with too much in hand, and a pulse."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment

from rehearsals.memory import Document
from statemodel.commands import RaiseConcern
from statemodel.plain import canonical
from tests import builders as b
from tests.workflows.bench import Bench, Ports, a_case, working
from tests.workflows.builds import SoonFull
from tests.workflows.test_rolling import until
from workflows.answers import FULL

LONG_CONCERN = RaiseConcern(what="安" * 10_000, done="家" * 10_000)  # 60 KB; in ASCII 120 KB
MANY = 60
MEBIBYTE = 1024 * 1024


class Scales(Ports):
    """Weighs each batch that it is given; bytes."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Document] = []

    def written(self, batch: Document) -> None:
        self.batches.append(batch)


@pytest.mark.proves("F26", "I39")
async def test_sixty_long_concerns_in_an_outage_and_a_nudge_meanwhile_are_all_recorded_once(
    environment: WorkflowEnvironment,
) -> None:
    ports = Scales()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports):
        await bench.start()
        await bench.ask(b.identify())
        await until(bench, 1)
        ports.broken = True
        for number in range(MANY):
            await bench.ask(LONG_CONCERN)
            if number in (20, MANY - 1):
                await bench.handle.signal("nudge")
        assert await bench.runs() == 1, "more than 2 MiB can be handed to no run"
        assert await bench.unrecorded() == MANY
        ports.broken = False
        await bench.forward(timedelta(hours=7))
        await until(bench, MANY + 1)
        assert bench.kinds[1 : MANY + 1] == ["raise_concern"] * MANY
        weights = [len(canonical(batch)) for batch in ports.batches]
        assert max(weights) < MEBIBYTE + 64 * 1024
        assert len(weights) >= 4
        await _comes(bench.runs, 2)
        assert not bench.kept.wrong
        assert bench.kept.handed_on.keys() == bench.kept.recorded_messages.keys()


async def _comes(ask: Callable[[], Awaitable[int]], least: int) -> None:
    async with asyncio.timeout(60):
        while await ask() < least:
            await asyncio.sleep(0.05)


async def _press_until_refused(bench: Bench) -> None:
    for _ in range(MANY):
        await bench.ask(LONG_CONCERN)


async def test_a_run_too_long_to_go_on_and_too_heavy_to_roll_says_so_and_loses_nothing(
    environment: WorkflowEnvironment,
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, [SoonFull]):
        await bench.start()
        await bench.ask(b.identify(), command_id="p-ana/1")
        ports.broken = True
        with pytest.raises(WorkflowUpdateFailedError) as full:
            await _press_until_refused(bench)
        assert isinstance(full.value.cause, ApplicationError)
        assert full.value.cause.type == FULL
        taken = await bench.unrecorded()
        assert 17 < taken < MANY
        again = await bench.ask(b.identify(), command_id="p-ana/1")
        assert again == {"version": 1, "repeat": True}
        ports.broken = False
        await bench.forward(timedelta(hours=7))
        await until(bench, taken)
        await _comes(bench.runs, 2)
        await bench.ask(LONG_CONCERN)


@pytest.mark.proves("I29", "I42")
async def test_while_the_record_fails_for_hours_a_pulse_tells_each_hour_how_much_waits(
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
        await bench.ask(b.proposal())
        await bench.forward(timedelta(seconds=50))
        assert await bench.lags() == 0
        await bench.forward(timedelta(seconds=15))
        await _comes(bench.lags, 1)
        await bench.forward(timedelta(hours=1))
        await _comes(bench.lags, 2)
        pulses = [(pulse["version"], pulse["unrecorded"]) for pulse in bench.kept.pulses]
        assert pulses == [(3, 2), (3, 2)]
        ports.broken = False
        await bench.forward(timedelta(hours=7))
        await until(bench, 3)
        told = await bench.lags()
        await bench.forward(timedelta(hours=3))
        assert await bench.lags() == told
        assert not bench.kept.wrong


async def test_an_answer_that_nobody_can_read_lets_go_of_nothing(
    environment: WorkflowEnvironment, cached: int
) -> None:
    ports = Ports()
    bench = Bench(environment, ports, a_case())
    async with working(environment, ports, cached=cached):
        ports.says = {"unreadable": True}
        await bench.start()
        await bench.ask(b.identify())
        await asyncio.sleep(0.5)
        assert await bench.unrecorded() == 1
        assert not bench.kept.entries
        ports.says = None
        await bench.forward(timedelta(minutes=2))
        await until(bench, 1)
        assert await bench.unrecorded() == 0
