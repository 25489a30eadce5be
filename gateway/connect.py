"""The way to the Temporal server: connecting within bounded time, and leaving without a crash."""

import asyncio
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import NoReturn

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)
from temporalio.service import RPCError, RPCStatusCode

from config.settings import InvalidSettings, Settings

PATIENCE = timedelta(seconds=4)  # for the whole of connecting; a silent listener would hang 30 s

INVALID, UNAVAILABLE, INTERRUPTED, PIPE_CLOSED = 2, 7, 130, 141


class Unavailable(Exception):
    """Something we stand on is not there: the text names it and what to do. 503, exit 7."""


class ServerNotReachable(Unavailable):
    """No Temporal server answered at the address in time."""


class NamespaceUnknown(Unavailable):
    """A Temporal server answered, but it does not have our namespace."""


def data_converter(codec: PayloadCodec | None = None) -> DataConverter:
    """How values travel. Failure text is encoded as well: it may quote what a person wrote."""
    return DataConverter(
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(
    settings: Settings, *, codec: PayloadCodec | None = None, identity: str | None = None
) -> Client:
    """A client of the settings' server and namespace, in at most five seconds.

    Raises ServerNotReachable or NamespaceUnknown, each with its remedy. `identity` is how the
    server names this process; by default no machine's name is told.
    """
    address, namespace = settings.temporal_address, settings.temporal_namespace
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            client = await Client.connect(
                address,
                namespace=namespace,
                data_converter=data_converter(codec),
                identity=identity or f"baton-{os.getpid()}",
                connect_timeout=PATIENCE,
            )
            await _prove(client)
    except (TimeoutError, RuntimeError) as error:
        raise ServerNotReachable(_unreachable(address)) from error
    except RPCError as error:
        raise _explained(error, address, namespace) from error
    return client


async def _prove(client: Client) -> None:
    """One question with an answer: connecting alone does not look whether the namespace exists."""
    await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=client.namespace), timeout=PATIENCE
    )


def _explained(error: RPCError, address: str, namespace: str) -> Unavailable:
    if error.status is RPCStatusCode.NOT_FOUND:
        return NamespaceUnknown(
            f"The Temporal server at {address} has no namespace {namespace!r}. Create it, or set "
            "BATON_TEMPORAL_NAMESPACE to one it has."
        )
    return ServerNotReachable(f"{_unreachable(address)} It answered: {error.status.name}.")


def _unreachable(address: str) -> str:
    return (
        f"No Temporal server answers at {address}. Start one with `baton up`, or set "
        "BATON_TEMPORAL_ADDRESS to the address of yours."
    )


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

    InvalidSettings 2, Unavailable 7, Ctrl-C 130, a reader who has gone (`| head`) 141, a bug 1.
    """
    leave(_code_of(main))


def _code_of(main: Callable[[], int | None]) -> int:
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
    return 1


def _told(error: Exception) -> int:
    known = {InvalidSettings: INVALID, Unavailable: UNAVAILABLE}
    for kind, code in known.items():
        if isinstance(error, kind):
            _say(str(error))
            return code
    _say("".join(traceback.format_exception(error)))
    return 1


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        print(text.rstrip("\n"), file=sys.stderr)  # noqa: T201 - a process's last words
