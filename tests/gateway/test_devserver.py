"""The Temporal server as our child, against the real one: it starts, refuses, survives, ends."""

import asyncio
import fcntl
import os
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from temporalio import workflow
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from config.settings import load_settings
from gateway.connect import NamespaceUnknown, ServerNotReachable, Unavailable, connect
from gateway.devserver import (
    DevServer,
    FolderInUse,
    PortInUse,
    ServerNotStarted,
    dev_server,
    free_port,
    list_line,
    prove_free,
)

PARENT = """
import asyncio, pathlib, sys
from gateway.devserver import dev_server
async def main():
    try:
        async with dev_server(pathlib.Path(sys.argv[1]), None) as server:
            print(server.pid, flush=True)
            await asyncio.sleep(60)
    finally:
        print("exit code", await server.wait(), flush=True)
asyncio.run(main())
"""


@workflow.defn
class TenNaps:
    @workflow.run
    async def run(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0.05)


async def client_of(server: DevServer) -> Client:
    return await connect(load_settings(temporal_address=server.address))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def is_locked(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def open_files(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}


async def gone(pid: int, within: float = 8) -> bool:
    until = monotonic() + within
    while is_alive(pid) and monotonic() < until:
        await asyncio.sleep(0.05)
    return not is_alive(pid)


@asynccontextmanager
async def parent_of_a_server(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, str(folder), stdout=-1, stderr=-1
    )
    assert parent.stdout is not None
    try:
        yield parent, int(await parent.stdout.readline())
    finally:
        if parent.returncode is None:
            parent.kill()
        await parent.communicate()


async def test_a_server_keeps_its_file_in_a_folder_whose_name_has_a_hash_and_spaces(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "early help #1 50%41?"
    async with dev_server(folder, None) as server:
        await client_of(server)
        assert names_in(tmp_path) == [folder.name]
        with sqlite3.connect(folder / "temporal.db") as file:
            assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        file.close()
        line = list_line(server.address, "default", "ExecutionStatus='Running'")
        listed = await asyncio.create_subprocess_shell(line)
        assert await listed.wait() == 0


async def test_closed_runs_can_be_read_for_thirty_days(tmp_path: Path) -> None:
    async with dev_server(tmp_path, None) as server:
        client = await client_of(server)
        told = await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace="default")
        )
    assert told.config.workflow_execution_retention_ttl.ToTimedelta() == timedelta(days=30)


async def test_of_two_starters_on_one_folder_the_second_is_told_which_folder_and_what_to_do(
    tmp_path: Path,
) -> None:
    async with dev_server(tmp_path, None) as first:
        with pytest.raises(FolderInUse, match="BATON_DATA") as caught:
            async with dev_server(tmp_path, None):
                pass
        assert str(tmp_path) in str(caught.value)
        await client_of(first)  # and the first goes on


async def test_a_port_in_use_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"Port {port} .* another port"):
            async with dev_server(tmp_path, port):
                pass
    assert names_in(tmp_path) == []
    assert not is_locked(tmp_path)


async def test_a_file_that_is_no_database_is_explained_by_the_servers_own_last_words(
    tmp_path: Path,
) -> None:
    (tmp_path / "temporal.log").write_text("Error: of long ago\n")
    (tmp_path / "temporal.db").write_bytes(b"not a database" * 100)
    with pytest.raises(ServerNotStarted, match=r"Error: .*not a database"):
        async with dev_server(tmp_path, None):
            pass


async def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="BATON_DATA"):
        async with dev_server(tmp_path / "file" / "data", None):
            pass


async def test_after_kill_9_the_same_server_starts_again_with_every_workflow_running(
    tmp_path: Path,
) -> None:
    async with dev_server(tmp_path, None) as server:
        client = await client_of(server)
        for number in range(4):
            await client.start_workflow("Idle", id=f"idle-{number}", task_queue="nobody")
        os.kill(server.pid, 9)
        assert await server.wait() == -9
        with pytest.raises(ServerNotStarted, match="not running"):
            assert server.pid
        await server.start()
        again = await client_of(server)
        running = {run.id async for run in again.list_workflows("ExecutionStatus='Running'")}
        assert running == {f"idle-{number}" for number in range(4)}


async def test_a_clean_stop_leaves_no_process_no_port_and_no_lock(tmp_path: Path) -> None:
    async with dev_server(tmp_path, None) as server:
        pid = server.pid
        assert is_locked(tmp_path)
    assert not is_alive(pid)
    prove_free(server.port)
    assert not is_locked(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
async def test_the_server_itself_holds_the_lock_so_that_it_lasts_as_long_as_the_server(
    tmp_path: Path,
) -> None:
    async with dev_server(tmp_path, None) as server:
        assert str(tmp_path) in open_files(server.pid)


async def test_sigterm_to_us_stops_the_server_too(tmp_path: Path) -> None:
    async with parent_of_a_server(tmp_path) as (parent, pid):
        parent.terminate()
        said, _ = await parent.communicate()
        assert said == b"exit code 0\n"  # the server was asked, and waited for
        assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="the tie to the parent is Linux's")
async def test_a_killed_parent_takes_the_server_with_it_and_the_folder_can_be_used_at_once(
    tmp_path: Path,
) -> None:
    async with parent_of_a_server(tmp_path) as (parent, pid):
        parent.kill()
        async with dev_server(tmp_path, None) as server:
            await client_of(server)
        assert await gone(pid)


async def test_fast_timers_fire_to_the_hundredth_of_a_second(tmp_path: Path) -> None:
    async with dev_server(tmp_path, None, fast_timers=True) as server:
        client = await client_of(server)
        runner = UnsandboxedWorkflowRunner()
        async with Worker(client, task_queue="q", workflows=[TenNaps], workflow_runner=runner):
            began = monotonic()
            await client.execute_workflow(TenNaps.run, id="naps", task_queue="q")
    assert monotonic() - began < 5  # with the server's own grain, each takes a second more


async def test_nobody_at_the_address_is_said_at_once_with_the_remedy() -> None:
    port = free_port()
    with pytest.raises(ServerNotReachable, match=rf"127.0.0.1:{port}.*baton up"):
        await connect(load_settings(temporal_address=f"127.0.0.1:{port}"))


async def test_a_silent_listener_is_given_up_within_five_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        began = monotonic()
        with pytest.raises(ServerNotReachable, match=address):
            await connect(load_settings(temporal_address=address))
    assert monotonic() - began < 5


async def test_a_namespace_the_server_lacks_is_named(tmp_path: Path) -> None:
    async with dev_server(tmp_path, None) as server:
        settings = load_settings(temporal_address=server.address, temporal_namespace="leeds")
        with pytest.raises(NamespaceUnknown, match=r"'leeds'.*BATON_TEMPORAL_NAMESPACE"):
            await connect(settings)
