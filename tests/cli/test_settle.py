"""`baton settle`: who has looked at a divergence is kept, and what to do next is said."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.main import run
from readmodel import claims
from readmodel.claims import Claim
from readmodel.desks import desk_incident
from readmodel.directory import Listed, put_people
from readmodel.engine import Store, migrate, open_store, sqlite_url
from readmodel.incidents import IncidentKind, note
from statemodel.people import PersonFacts, Role
from tests.readmodel.office import NOW, Office

REFERENCE = claims.new_reference(b"12345")
BECAUSE = "The engine was restored from Sunday's copy"
GONE = PersonFacts("p-gone", "northshire", (Role.COORDINATOR,), active=False)
HERE = PersonFacts("p-cat", "northshire", (Role.COORDINATOR,), active=True)
DETAIL = {"case_id": "c1", "version": 3, "digest": "d1"}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store without an engine, in which a case has diverged."""
    await migrate(sqlite_url(tmp_path))
    made = await open_store(sqlite_url(tmp_path))
    await put_people(made, [Listed(GONE, "Gone"), Listed(HERE, "Cat")])
    await claims.claim(made, Claim("c1", "northshire", REFERENCE, "p-ana", NOW))
    async with made.writing() as connection:
        await connection.run_sync(note, IncidentKind.DIVERGED, DETAIL, NOW)
    yield made
    await made.close()


async def settling(folder: Path, case: str, by: str, because: str = BECAUSE) -> int:
    line = ("settle", case, "--as", by, "--because", because, "--data", str(folder), "-o", "json")
    return await asyncio.to_thread(run, line)


@pytest.mark.parametrize("said", ["c1", REFERENCE.lower()])
async def test_a_divergence_is_settled_once_with_who_and_why(
    store: Store, tmp_path: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await settling(tmp_path, said, "p-cat") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["case"], told["settled"]) == (REFERENCE, 1)
    assert f"baton nudge {REFERENCE}" in told["next"]
    [row] = await Office(store).rows(desk_incident)
    assert (row["settled_by"], row["settled_because"]) == ("p-cat", BECAUSE)
    assert row["settled_at"] > NOW
    assert await settling(tmp_path, said, "p-cat") == 4
    assert "No divergence of this case is open" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (("c1", "p-gone"), 5),
        (("c1", "p-nobody"), 5),
        (("c1", "p-cat", " "), 2),
        (("c1", "p-cat", "x" * 501), 2),
        (("c9", "p-cat"), 4),
        ((claims.new_reference(b"other"), "p-cat"), 4),
    ],
)
async def test_what_cannot_be_settled_stays_open(
    store: Store, tmp_path: Path, said: tuple[str, ...], code: int
) -> None:
    assert await settling(tmp_path, *said) == code
    [row] = await Office(store).rows(desk_incident)
    assert row["settled_at"] is None
