"""Worker and engine killed under load: every acknowledged command is in the journal, once."""

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from gateway.answers import Accepted, No, Unavailable, Unknown
from gateway.cases import Asking
from statemodel.commands import (
    AnyCommand,
    EnterInError,
    Mistake,
    RaiseConcern,
    RaiseNominationConcern,
)
from tests import builders as b
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation

CASES, KILLS = 20, 3
PRESSED: tuple[tuple[str, AnyCommand], ...] = (
    ("p-ana", b.agreement()),
    ("p-ana", b.proposal()),
    ("p-jo", RaiseConcern(what="Afraid to go home")),
    ("p-lee", RaiseNominationConcern(nomination="n3", seen=3, concern="No hours until May")),
    ("p-ana", RaiseConcern(what="Seen at the station at night")),
    ("p-cat", EnterInError(entry=3, mistake=Mistake.MISTYPED)),
)


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
            assert len(acknowledged[case]) == len(PRESSED) - 1, "all but the strike that is refused"
            assert len({entry["command_id"] for entry in entries}) == len(entries)


async def _kill_both(whole: Installation) -> None:
    """The worker in the middle of its work, then the engine; both come back."""
    await whole.kill(whole.children[-1])
    os.kill(whole.server.pid, signal.SIGKILL)
    await whole.server.wait()
    await whole.server.start()
    await whole.start_worker()


async def _press(whole: Installation, case_id: str, acknowledged: list[tuple[int, str]]) -> None:
    """People who press again, with the same id, until there is an answer: yes, or a plain no."""
    for number, (by, command) in enumerate(PRESSED):
        asking = Asking(by, f"{case_id}-{number}")
        version = await _until_answered(whole, case_id, command, asking)
        if version:
            acknowledged.append((version, asking.command_id(command)))


async def _until_answered(
    whole: Installation, case_id: str, command: AnyCommand, asking: Asking
) -> int:
    async with asyncio.timeout(120):
        while True:
            try:
                answer = await whole.gateway.submit(case_id, command, asking)
            except (Unavailable, Unknown):
                answer = None
            except No:
                return 0
            if isinstance(answer, Accepted):
                return answer.version
            await asyncio.sleep(0.2)
