"""An office with everybody in the directory, on a store in a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from readmodel.directory import Listed, put_people
from readmodel.engine import migrate, open_store, sqlite_url
from tests import builders as b
from tests.readmodel.office import Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    await migrate(sqlite_url(tmp_path))
    store = await open_store(sqlite_url(tmp_path))
    await put_people(store, [Listed(person, person.id) for person in b.people()])
    yield Office(store)
    await store.close()
