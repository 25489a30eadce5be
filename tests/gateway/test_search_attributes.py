"""Search attributes, registered with the real server at every start."""

import asyncio
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributePair, TypedSearchAttributes

from gateway.devserver import dev_server
from gateway.search_attributes import AttributeOfOtherType, register
from workflows.attributes import STAGE


async def test_they_can_be_searched_by_at_once_and_registering_again_changes_nothing(
    tmp_path: Path,
) -> None:
    async with dev_server(tmp_path, None) as server:
        first, second = [await Client.connect(server.address) for _ in range(2)]
        await asyncio.gather(register(first), register(second))
        await register(first)
        here = TypedSearchAttributes([SearchAttributePair(STAGE, "identified")])
        await first.start_workflow("Idle", id="c1", task_queue="nobody", search_attributes=here)
        found: list[str] = []
        for _ in range(100):  # what is shown follows what is stored within moments
            found = [run.id async for run in first.list_workflows('BatonStage="identified"')]
            if found:
                break
            await asyncio.sleep(0.05)
        assert found == ["c1"]


async def test_another_type_under_our_name_is_refused_in_words(tmp_path: Path) -> None:
    async with dev_server(tmp_path, None) as server:
        client = await Client.connect(server.address)
        kind = IndexedValueType.INDEXED_VALUE_TYPE_INT
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace="default", search_attributes={"BatonStage": kind})
        )
        with pytest.raises(AttributeOfOtherType, match=r"BatonStage .* type Int, .* a Keyword"):
            await register(client)
