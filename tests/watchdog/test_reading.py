"""The watchdog reads: it cannot write, never has, and what it looks at is one instant."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from readmodel.engine import migrate, open_store, sqlite_url
from tests.watchdog.kennel import Kennel
from tests.watchdog.plant import Planted
from watchdog.finding import Code, Finding, Place, Unreachable
from watchdog.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRITES = (
    "DELETE FROM view_case",
    "UPDATE desk_claim SET by_id = 'x'",
    "INSERT INTO desk_epoch VALUES ('x', 1)",
    "DROP TABLE view_deadline",
    "CREATE TABLE left_behind (id int)",
)


def hashes(folder: Path) -> dict[str, str]:
    """Every file that holds data: the shared-memory index is rewritten by readers too."""
    files = (file for file in folder.iterdir() if not file.name.endswith("-shm"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("statement", WRITES)
async def test_a_write_is_refused_by_the_database(
    planted: Planted, url: str, statement: str
) -> None:
    await planted.healthy()
    store = Store(make_url(url))
    with (
        pytest.raises(DBAPIError, match="read-?only"),
        store.engine.begin() as connection,
    ):
        connection.execute(text(statement))
    assert len(store.look(planted.now, []).live) == 1


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_ten_rounds_leave_the_file_as_it_was_to_the_byte(kennel: Kennel) -> None:
    await kennel.planted.healthy()
    kennel.later = timedelta(hours=2)
    folder = Path(make_url(kennel.url).database or "").parent
    before = hashes(folder)
    for _ in range(10):
        assert (await kennel.look()).since
    assert "baton.db" in before
    assert hashes(folder) == before


async def test_a_store_whose_last_writer_has_gone_is_read_and_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "early help #1 50%41?"
    folder.mkdir()
    store = Store(make_url("sqlite://").set(database=str(folder / "baton.db")))
    await migrate(sqlite_url(tmp_path))
    opened = await open_store(sqlite_url(tmp_path))
    await Planted(opened, NOW).healthy(responsible=None)
    await opened.close()
    (tmp_path / "baton.db").rename(folder / "baton.db")
    before = hashes(folder)["baton.db"]
    assert store.look(NOW, ["c1", "c2"]).findings == {Finding(Code.NOBODY_RESPONSIBLE, "c1")}
    assert hashes(folder)["baton.db"] == before


async def test_more_cases_than_fit_into_one_question_are_all_known(
    planted: Planted, url: str
) -> None:
    await planted.healthy("c0007", episode=3)
    await planted.claim("c1700")
    asked = [f"c{number:04}" for number in range(2_001)]
    assert Store(make_url(url)).look(planted.now, asked).known == {"c0007": 3, "c1700": 0}


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = Store(make_url(f"sqlite:///{tmp_path / 'baton.db'}"))
    with pytest.raises(Unreachable) as caught:
        store.look(NOW, [])
    assert (caught.value.place, caught.value.why) == (Place.DATABASE, "OperationalError")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_store_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "baton.db").write_bytes(b"not a database" * 100)
    with pytest.raises(Unreachable, match="DatabaseError"):
        Store(make_url(f"sqlite:///{tmp_path / 'baton.db'}")).look(NOW, [])


def test_a_server_that_is_not_there_is_unreachable_and_no_password_is_told() -> None:
    url = make_url("postgresql://baton:opensesame@127.0.0.1:1/baton")
    with pytest.raises(Unreachable) as caught:
        Store(url).look(NOW, [])
    assert "opensesame" not in str(caught.value)
