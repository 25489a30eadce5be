"""What operations staff may search running cases by: stage, waiting-on, authority; no more."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from gateway.connect import Unavailable
from workflows.attributes import KEYS

KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
SETTLING = timedelta(seconds=20)  # a server's caches may lag behind its own registration


class AttributeOfOtherType(Unavailable):
    """The server has an attribute of our name that is no keyword, and a type cannot be changed."""


async def register(client: Client) -> None:
    """Give the client's namespace our search attributes. Safe to do at every start, and at once.

    Returns when all can be searched by. Raises AttributeOfOtherType, or Unavailable when the server
    does not let us or does not follow.
    """
    missing = _missing(await _known(client), client.namespace)
    if missing:
        await _add(client, missing)
    try:
        async with asyncio.timeout(SETTLING.total_seconds()):
            while not await _searchable(client):  # noqa: ASYNC110 - a cache turns in silence
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Unavailable(
            f"The Temporal server does not yet search by {', '.join(key.name for key in KEYS)} in "
            f"namespace {client.namespace!r}. Try again in a minute."
        ) from None


async def _known(client: Client) -> Mapping[str, IndexedValueType.ValueType]:
    asked = ListSearchAttributesRequest(namespace=client.namespace)
    try:
        return (await client.operator_service.list_search_attributes(asked)).custom_attributes
    except RPCError as error:
        raise _not_allowed(error) from error


def _missing(known: Mapping[str, IndexedValueType.ValueType], namespace: str) -> list[str]:
    for key in KEYS:
        if known.get(key.name, KEYWORD) != KEYWORD:
            kind = IndexedValueType.Name(known[key.name]).removeprefix("INDEXED_VALUE_TYPE_")
            raise AttributeOfOtherType(
                f"The search attribute {key.name} of namespace {namespace!r} is of type "
                f"{kind.title()}, but Baton needs a Keyword, and a type cannot be changed. "
                "Remove it there (`temporal operator search-attribute remove`), or use another "
                "namespace (BATON_TEMPORAL_NAMESPACE)."
            )
    return [key.name for key in KEYS if key.name not in known]


async def _add(client: Client, names: list[str]) -> None:
    asked = AddSearchAttributesRequest(
        namespace=client.namespace, search_attributes=dict.fromkeys(names, KEYWORD)
    )
    try:
        await client.operator_service.add_search_attributes(asked)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:  # somebody started beside us
            raise _not_allowed(error) from error


async def _searchable(client: Client) -> bool:
    try:
        await client.count_workflows(" AND ".join(f'{key.name} = "none"' for key in KEYS))
    except RPCError as error:
        if error.status is RPCStatusCode.INVALID_ARGUMENT:
            return False
        raise _not_allowed(error) from error
    return True


def _not_allowed(error: RPCError) -> Unavailable:
    return Unavailable(
        f"The Temporal server does not let us register search attributes ({error.status.name}). "
        "Ask its administrator for " + ", ".join(f"{key.name} (Keyword)" for key in KEYS) + "."
    )
