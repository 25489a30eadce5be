"""The console over an office: everything real but the engine, which remembers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.app import make_console
from console.given import Given
from tests.api.office import Browser, Office, an_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with an_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def console(office: Office) -> Browser:
    given = Given(office.gateway, office.opening, office.new_id, demonstration=True)
    return Browser(make_console(given))
