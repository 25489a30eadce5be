"""Leaving: the exact code, and every byte of output, after a Temporal client was opened."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import InvalidSettings
from gateway.connect import ServerNotReachable
from gateway.devserver import dev_server
from gateway.leaving import code_of

CLIENT = """
import asyncio, sys
from config.settings import load_settings
from gateway.connect import connect, run_and_leave
async def main():
    client = await connect(load_settings(temporal_address=sys.argv[1]))
    print(await client.count_workflows(""), "x" * 100_000)
    return 3
run_and_leave(lambda: asyncio.run(main()))
"""
TALKER = """
from gateway.connect import run_and_leave
run_and_leave(lambda: print("x" * int(1e6)))
"""


def ending(error: BaseException) -> Callable[[], int]:
    def main() -> int:
        raise error

    return main


async def codes_of_short_clients(folder: Path, runs: int) -> list[tuple[int, int]]:
    """Exit code and length of output of each run."""
    async with dev_server(folder, None) as server:
        command = [sys.executable, "-c", CLIENT, server.address]
        done = [subprocess.run(command, capture_output=True, check=False) for _ in range(runs)]  # noqa: ASYNC221 - the loop has nothing else to do
    return [(run.returncode, len(run.stdout) // 100_000) for run in done]


async def test_six_short_clients_leave_with_their_code_and_their_whole_output(
    tmp_path: Path,
) -> None:
    assert await codes_of_short_clients(tmp_path, 6) == [(3, 1)] * 6


@pytest.mark.night
async def test_thirty_short_clients_leave_with_their_code_and_their_whole_output(
    tmp_path: Path,
) -> None:
    assert await codes_of_short_clients(tmp_path, 30) == [(3, 1)] * 30


@pytest.mark.parametrize(
    ("main", "code", "words"),
    [
        (lambda: 4, 4, ""),
        (lambda: None, 0, ""),
        (ending(SystemExit()), 0, ""),
        (ending(SystemExit(5)), 5, ""),
        (ending(SystemExit("no such case")), 1, "no such case\n"),
        (ending(InvalidSettings("BATON_X: no such setting")), 2, "BATON_X: no such setting\n"),
        (ending(ServerNotReachable("nobody there")), 7, "nobody there\n"),
        (ending(KeyboardInterrupt()), 130, ""),
        (ending(BrokenPipeError()), 141, ""),
    ],
)
def test_each_way_of_ending_has_its_code_and_no_traceback(
    main: Callable[[], int | None],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert code_of(main) == code
    assert capsys.readouterr().err == words


def test_a_bug_ends_with_one_and_shows_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_of(ending(KeyError("stage"))) == 1
    assert "KeyError: 'stage'" in capsys.readouterr().err


def test_a_reader_who_has_gone_is_141_and_silent() -> None:
    talker = subprocess.Popen(
        [sys.executable, "-c", TALKER], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert talker.stdout is not None
    assert talker.stderr is not None
    talker.stdout.close()
    assert (talker.wait(), talker.stderr.read()) == (141, b"")
    talker.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to write to is Linux's")
def test_a_full_disk_is_not_success() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", TALKER], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert b"No space left" in done.stderr
