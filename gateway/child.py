"""A child process that does not outlive us, and how it is ended."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta

# Linux ends the child with us, even when we are killed and no code of ours runs. It is asked for by
# a launcher that then becomes the program: Python code between fork and exec may deadlock in a
# process with threads, and ours has Temporal's.
_TIED = (
    "import ctypes, os, signal, sys\n"
    "ctypes.CDLL(None).prctl(1, signal.SIGKILL)\n"
    "if os.getppid() == int(sys.argv[1]):\n"
    "    os.execv(sys.argv[2], sys.argv[2:])\n"
)


def tied_to_us(argv: Sequence[str]) -> list[str]:
    """The same command, ended by the system when this process ends. Elsewhere than on Linux: as is.

    The program must be given by its full path. Start it from the main thread: the tie is to the
    thread that starts it.
    """
    if not sys.platform.startswith("linux"):
        return list(argv)
    return [sys.executable, "-I", "-S", "-c", _TIED, str(os.getpid()), *argv]


async def end(process: asyncio.subprocess.Process, patience: timedelta) -> None:
    """SIGTERM, then SIGKILL after `patience`, or at once when this very stopping is cancelled."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), patience.total_seconds())
    except (TimeoutError, asyncio.CancelledError) as impatient:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if isinstance(impatient, asyncio.CancelledError):
            raise


@contextmanager
def sigterm_like_ctrl_c() -> Iterator[None]:
    """Within, SIGTERM unwinds us as Ctrl-C does: by itself it would leave the stopping to nobody.

    Does nothing where somebody has already decided about SIGTERM, or outside the main thread.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
