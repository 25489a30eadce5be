"""Leaving: the one door by which each process of ours ends, with the code its ending has."""

import asyncio
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, NoReturn

FAULT, INTERRUPTED, PIPE_CLOSED = 1, 130, 141


class Unavailable(Exception):
    """Something we stand on is not there: the text names it and what to do. 503, exit 7."""

    exit_code: ClassVar[int] = 7


def leave(code: int) -> NoReturn:
    """End this process now, with `code`. Nothing registered with `atexit` runs: close it before.

    After a Temporal client was opened, about one short process in six aborts while the interpreter
    shuts down (temporalio/sdk-python#300), long after its work was done; so we do not shut it down.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def run_and_leave(main: Callable[[], int | None]) -> NoReturn:
    """Run a root's `main` and leave with what it returned, or with the code its ending stands for.

    An error with an `exit_code` of its own has that one (InvalidSettings 2, Unavailable 7) and says
    its text alone; Ctrl-C 130, a reader who has gone (`| head`) 141, a bug 1.
    """
    leave(code_of(main))


def code_of(main: Callable[[], int | None]) -> int:
    """Run `main`; return the code to leave with, once its last words are said."""
    try:
        code = main() or 0
        sys.stdout.flush()  # here, where a full disk or a closed pipe is still heard
    except SystemExit as error:
        code = _asked_for(error)
    except (KeyboardInterrupt, asyncio.CancelledError):
        code = INTERRUPTED
    except BrokenPipeError:
        code = PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - whatever it was, the process leaves by one door
        code = _told(error)
    return code


def _asked_for(error: SystemExit) -> int:
    """What `sys.exit(x)` means: None is 0, a number itself, and anything else a last word and 1."""
    if error.code is None or isinstance(error.code, int):
        return error.code or 0
    _say(str(error.code))
    return FAULT


def _told(error: Exception) -> int:
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        _say(str(error))
        return code
    _say("".join(traceback.format_exception(error)))
    return FAULT


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        print(text.rstrip("\n"), file=sys.stderr)  # noqa: T201 - a process's last words
