"""Whole installations for drills, on each kind of store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import FreshPostgres

StoreUrl = Callable[[], str | None]


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str | None:
    """None for the SQLite file of the data folder, or an empty PostgreSQL database."""
    if request.param == "sqlite":
        return None
    fresh: FreshPostgres = request.getfixturevalue("fresh_postgres")
    return fresh()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return data
