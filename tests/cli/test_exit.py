"""Leaving after a Temporal client was opened: the exact code every time (sdk-python#300)."""

import json
from pathlib import Path

import pytest

from gateway.devserver import dev_server
from tests.cli.house import baton


async def _codes(place: Path, runs: int) -> set[tuple[int, int]]:
    """Exit code and number of verdicts of `doctor`, over a server with nobody at work."""
    found = set()
    async with dev_server(place / "temporal", None) as server:
        env = {"BATON_TEMPORAL_ADDRESS": server.address}
        for _ in range(runs):
            line = ("doctor", "-o", "json", "--data", str(place / "data"))
            async with baton(*line, cwd=place, env=env) as doctor:
                out, _err = await doctor.process.communicate()
            found.add((doctor.process.returncode or 0, len(json.loads(out))))
    return found


async def test_six_short_commands_leave_with_their_code_and_their_whole_answer(
    tmp_path: Path,
) -> None:
    ((code, verdicts),) = await _codes(tmp_path, 6)
    assert code == 7
    assert verdicts > 5


@pytest.mark.night
async def test_thirty_short_commands_leave_with_their_code_and_their_whole_answer(
    tmp_path: Path,
) -> None:
    assert len(await _codes(tmp_path, 30)) == 1
