"""The way to the Temporal server: connecting within bounded time."""

import asyncio
import os
from datetime import timedelta

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)
from temporalio.service import GrpcCompression, RPCError, RPCStatusCode

from config.settings import Settings
from gateway.leaving import Unavailable, leave, run_and_leave
from workflows.payloads import Payloads

__all__ = [
    "NamespaceUnknown",
    "ServerNotReachable",
    "Unavailable",
    "connect",
    "data_converter",
    "leave",
    "run_and_leave",
]

PATIENCE = timedelta(seconds=4)  # for the whole of connecting; a silent listener would hang 30 s


class ServerNotReachable(Unavailable):
    """No Temporal server answered at the address in time."""


class NamespaceUnknown(Unavailable):
    """A Temporal server answered, but it does not have our namespace."""


def data_converter(codec: PayloadCodec | None = None) -> DataConverter:
    """How values travel. Failure text is encoded as well: it may quote what a person wrote."""
    return DataConverter(
        payload_converter_class=Payloads,
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
                grpc_compression=GrpcCompression.NONE,  # what is encrypted does not compress
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
