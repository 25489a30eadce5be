"""Our processes as one group, with trivial children: ready in order, kept, stopped in reverse."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from time import monotonic

import pytest
from rich.console import Console

from cli.ending import until_told
from cli.processes import Child, ChildFailed, Group, Restarts, children_of, running
from config.settings import load_settings
from gateway.devserver import dev_server

SERVES = """
import signal, sys, time
def stop(*_):
    open("stops", "a").write(sys.argv[1] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open("starts", "a").write(sys.argv[1] + "\\n")
print("warming up")
print(sys.argv[2])
while True: time.sleep(60)
"""
DIES = "print('ready'); raise SystemExit(9)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=1)"
UP = """
import asyncio, pathlib, sys
from rich.console import Console
from cli.ending import until_told
from cli.processes import Child, running
async def main():
    console = Console()
    children = [Child(name, (sys.executable, "-c", sys.argv[1], name, "ready")) for name in "ab"]
    with until_told(console):
        async with running(children, pathlib.Path("logs"), console) as group:
            print(*(child.pid for child in group.children), flush=True)
            await group.wait()
asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the children write there what they saw


def child(name: str, program: str = SERVES, says: str = "ready") -> Child:
    return Child(name, (sys.executable, "-c", program, name, says))


def heard() -> tuple[Console, StringIO]:
    output = StringIO()
    return Console(file=output, width=200), output


def seen(name: str) -> list[str]:
    return Path(name).read_text().split()


def pids(group: Group) -> list[int]:
    return [child.pid for child in group.children if child.pid]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


async def until(true: Callable[[], bool], within: float = 8) -> None:
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.02)


async def test_children_are_ready_in_order_and_stopped_in_reverse(tmp_path: Path) -> None:
    console, output = heard()
    children = [child("one"), child("two", says='{"event": "ready", "level": "info"}')]
    async with running(children, tmp_path / "logs", console) as group:
        alive = pids(group)
        assert len({os.getpgid(pid) for pid in alive}) == 1  # one group,
        assert os.getpgid(alive[0]) != os.getpgid(0)  # which is not ours
    assert (seen("starts"), seen("stops")) == (["one", "two"], ["two", "one"])
    assert [line.partition(" after")[0] for line in output.getvalue().splitlines()] == [
        "one ready",
        "two ready",
    ]
    assert (tmp_path / "logs" / "one.log").read_text() == "warming up\nready\n"
    assert not any(is_alive(pid) for pid in alive)


async def test_a_child_that_dies_is_said_and_started_again(tmp_path: Path) -> None:
    console, output = heard()
    async with running([child("one"), child("two")], tmp_path, console) as group:
        first = pids(group)
        os.kill(first[0], signal.SIGKILL)
        await until(lambda: "one ready again" in output.getvalue())
        assert "one ended unexpectedly (-9); starting it again" in output.getvalue()
        again = pids(group)
        assert again[0] != first[0]
        assert again[1] == first[1]
        assert len({os.getpgid(pid) for pid in again}) == 1
    assert not any(is_alive(pid) for pid in [*first, *again])


async def test_a_child_that_keeps_dying_is_given_up_and_the_others_are_stopped(
    tmp_path: Path,
) -> None:
    console, output = heard()
    with pytest.raises(ChildFailed, match="two ended 6 times within a minute"):
        async with running([child("one"), child("two", DIES)], tmp_path, console) as group:
            await group.wait()
    assert output.getvalue().count("starting it again") == 5
    assert seen("stops") == ["one"]


async def test_a_child_that_ends_before_it_is_ready_is_explained_and_those_before_it_stopped(
    tmp_path: Path,
) -> None:
    broken = child("two", "print('starting'); raise SystemExit('no master key')")
    with pytest.raises(ChildFailed, match=r"two ended \(1\) .* no master key .*two.log"):
        async with running([child("one"), broken, child("three")], tmp_path, heard()[0]):
            pass
    assert (seen("starts"), seen("stops")) == (["one"], ["one"])


async def test_a_child_that_is_never_ready_is_given_up_in_bounded_time(tmp_path: Path) -> None:
    silent = child("one", says="not ready")
    with pytest.raises(ChildFailed, match=r"did not become ready in time\. not ready"):
        async with running([silent], tmp_path, heard()[0], ready_within=timedelta(seconds=0.5)):
            pass
    assert seen("stops") == ["one"]


async def test_what_an_earlier_run_logged_does_not_count_as_ready(tmp_path: Path) -> None:
    (tmp_path / "one.log").write_text("ready\n")
    with pytest.raises(ChildFailed, match="It said nothing"):
        async with running([child("one", "pass")], tmp_path, heard()[0]):
            pass


async def test_a_program_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="ghost ended"):
        async with running([Child("ghost", ("/nonexistent",))], tmp_path, heard()[0]):
            pass


async def test_told_twice_to_stop_it_does_not_wait_for_a_deaf_child(tmp_path: Path) -> None:
    deaf = child("deaf", DEAF + "\ntime.sleep(60)")
    began = monotonic()
    with until_told(heard()[0]):
        async with running([child("one"), deaf], tmp_path, heard()[0]) as group:
            alive = pids(group)
            loop = asyncio.get_running_loop()
            loop.call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
            loop.call_later(0.6, os.kill, os.getpid(), signal.SIGTERM)
            await group.wait()
    assert 0.5 < monotonic() - began < 8
    assert not any(is_alive(pid) for pid in alive)


async def test_a_temporal_server_that_is_killed_is_started_again_too(tmp_path: Path) -> None:
    console, output = heard()
    async with dev_server(tmp_path, None) as server, running([], tmp_path, console) as group:
        group.keep(server)
        first = server.pid
        os.kill(first, signal.SIGKILL)
        await until(lambda: "temporal ready again" in output.getvalue())
        assert server.pid != first


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_all_and_the_command_ends_with_success(
    which: signal.Signals,
) -> None:
    up = await asyncio.create_subprocess_exec(sys.executable, "-c", UP, SERVES, stdout=-1)
    assert up.stdout is not None
    lines = [await up.stdout.readline() for _ in range(3)]
    up.send_signal(which)
    rest, _ = await up.communicate()
    assert (up.returncode, rest) == (0, b"stopping\n")
    assert seen("stops") == ["b", "a"]
    assert not any(is_alive(int(pid)) for pid in lines[-1].split())


@pytest.mark.skipif(sys.platform != "linux", reason="the tie to the parent is Linux's")
async def test_killing_the_command_leaves_no_child_running() -> None:
    up = await asyncio.create_subprocess_exec(sys.executable, "-c", UP, SERVES, stdout=-1)
    assert up.stdout is not None
    lines = [await up.stdout.readline() for _ in range(3)]
    up.kill()
    await up.communicate()
    await until(lambda: not any(is_alive(int(pid)) for pid in lines[-1].split()))


def test_five_restarts_a_minute_are_allowed_and_then_one_as_each_is_a_minute_old() -> None:
    restarts = Restarts()
    assert [restarts.allow(at) for at in (0, 1, 2, 3, 4, 5, 59, 60, 60.5, 61)] == [
        *(True,) * 5,
        *(False, False, True, False, True),
    ]


def test_the_four_processes_get_the_settings_as_environment_and_not_the_working_directory() -> None:
    children = children_of(load_settings(web_port=8123))
    assert [child.name for child in children] == ["worker", "post", "web", "watchdog"]
    assert {child.env["BATON_WEB_PORT"] for child in children} == {"8123"}
    assert all(child.argv[1] == "-P" for child in children)
