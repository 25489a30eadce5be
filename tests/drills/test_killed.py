"""Worker and engine killed under load: every acknowledged command is in the journal, once."""

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from gateway.answers import Accepted, Unavailable, Unknown
from gateway.cases import Asking
from statemodel.commands import RaiseConcern
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation

CASES, COMMANDS = 20, 6
KILLS = 3


@pytest.mark.proves("I39", "I40", "F1", "F2", "F3")
async def test_every_acknowledged_command_is_journalled_once_though_worker_and_engine_are_killed(
    folder: Path,
) -> None:
    async with installation(folder, workers_here=False) as whole:
        await whole.start_worker()
        cases = [await whole.open(LIVE) for _ in range(CASES)]
        acknowledged: dict[str, list[tuple[int, str]]] = {case: [] for case in cases}
        load = [asyncio.create_task(_press(whole, case, acknowledged[case])) for case in cases]
        for _ in range(KILLS):
            await asyncio.sleep(1.0)
            await _kill_both(whole)
        await asyncio.gather(*load)
        for case in cases:
            entries = await caught_up(whole, case)
            journal = Counter((entry["version"], entry["command_id"]) for entry in entries)
            assert all(journal[one] == 1 for one in acknowledged[case])
            assert len(acknowledged[case]) == COMMANDS
            assert len({entry["command_id"] for entry in entries}) == len(entries)


async def _kill_both(whole: Installation) -> None:
    """The worker in the middle of its work, then the engine; both come back."""
    await whole.kill(whole.children[-1])
    os.kill(whole.server.pid, signal.SIGKILL)
    await whole.server.wait()
    await whole.server.start()
    await whole.start_worker()


async def _press(whole: Installation, case_id: str, acknowledged: list[tuple[int, str]]) -> None:
    """Somebody who presses again, with the same id, until there is an answer."""
    for number in range(COMMANDS):
        concern = RaiseConcern(what=f"worry {number}")
        asking = Asking("p-ana", f"{case_id}-{number}")
        version = await _until_answered(whole, case_id, concern, asking)
        acknowledged.append((version, asking.command_id(concern)))


async def _until_answered(
    whole: Installation, case_id: str, command: RaiseConcern, asking: Asking
) -> int:
    async with asyncio.timeout(90):
        while True:
            try:
                answer = await whole.gateway.submit(case_id, command, asking)
            except (Unavailable, Unknown):
                answer = None
            if isinstance(answer, Accepted):
                return answer.version
            await asyncio.sleep(0.2)
