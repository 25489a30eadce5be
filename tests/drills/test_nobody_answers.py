"""No worker to answer: people hear so in bounded time, a concern is kept, and nothing hangs."""

import asyncio
from pathlib import Path

import pytest

from gateway.answers import Spooled, Unknown
from gateway.spooling import drain
from statemodel.commands import RaiseConcern
from tests import builders as b
from tests.drills.journalled import caught_up
from tests.installation import LIVE, installation

BOUND = 16.0


@pytest.mark.proves("F10", "F32")
async def test_without_a_worker_a_press_is_unknown_in_time_and_a_concern_is_kept_and_delivered(
    folder: Path,
) -> None:
    async with installation(folder, workers_here=False) as whole:
        worker = await whole.start_worker()
        case_id = await whole.open(LIVE)
        await whole.kill(worker)
        asking = whole.asking("p-ana")
        async with asyncio.timeout(BOUND):
            with pytest.raises(Unknown):
                await whole.gateway.submit(case_id, b.agreement(), asking)
        async with asyncio.timeout(BOUND):
            kept = await whole.gateway.submit(
                case_id, RaiseConcern(what="Afraid"), whole.asking("p-ana")
            )
        assert isinstance(kept, Spooled)
        assert whole.gateway.spool.state().waiting == 1
        await whole.start_worker()
        await whole.gateway.submit(case_id, b.agreement(), asking)  # asked again, the same id
        assert await drain(whole.gateway) == 1
        kinds = [entry["command"]["kind"] for entry in await caught_up(whole, case_id)]
        assert sorted(kinds) == ["identify_need", "raise_concern", "record_agreement"]


@pytest.mark.proves("F10")
async def test_whoever_stops_waiting_is_let_go_at_once(folder: Path) -> None:
    async with installation(folder, workers_here=False) as whole:
        worker = await whole.start_worker()
        case_id = await whole.open(LIVE)
        await whole.kill(worker)
        press = asyncio.create_task(whole.submit(case_id, b.agreement()))
        await asyncio.sleep(1)
        press.cancel()
        done, _ = await asyncio.wait([press], timeout=8)
        assert done
        assert press.cancelled()
