"""The tests' own PostgreSQL is real, and gives each test an empty database."""

import psycopg

from tests.conftest import FreshPostgres


def test_each_call_gives_an_empty_database_of_its_own(fresh_postgres: FreshPostgres) -> None:
    first, second = fresh_postgres(), fresh_postgres()
    with psycopg.connect(first) as one, psycopg.connect(second) as two:
        one.execute("CREATE TABLE only_here (id int)")
        one.commit()
        assert _tables(one) == 1
        assert _tables(two) == 0


def test_a_database_can_be_made_from_a_prepared_one(fresh_postgres: FreshPostgres) -> None:
    prepared = fresh_postgres()
    with psycopg.connect(prepared) as connection:
        connection.execute("CREATE TABLE prepared (id int)")
    copy = fresh_postgres(template=prepared.split("?")[0].rsplit("/", 1)[1])
    with psycopg.connect(copy) as connection:
        assert _tables(connection) == 1


def _tables(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    ).fetchone()
    assert row is not None
    return int(row[0])
