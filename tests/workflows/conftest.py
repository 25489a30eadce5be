"""The engine that skips time, one for all of these tests, and the two sizes of cache."""

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from gateway.connect import data_converter
from gateway.devserver import TIME_SKIPPING, temporal_binary
from workflows.attributes import KEYS


@pytest.fixture(scope="session")
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=100_000),
        data_converter=data_converter(),
        search_attributes=KEYS,
        dev_server_existing_path=temporal_binary(),
        dev_server_log_level="never",
        dev_server_extra_args=[
            word for flag in TIME_SKIPPING for word in ("--dynamic-config-value", flag)
        ],
    ) as environment:
        yield environment


@pytest.fixture(params=[1000, 0], ids=["cached", "uncached"])
def cached(request: pytest.FixtureRequest) -> int:
    """Zero: every task replays from the start, so that whatever is not deterministic shows."""
    size: int = request.param
    return size
