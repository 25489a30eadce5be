"""Engine and store restored from different nights: marked diverged, and nothing dropped."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.wiring import utc_now
from readmodel import queries
from readmodel.desks import desk_incident
from statemodel.commands import RaiseConcern
from tests import builders as b
from tests.drills.journalled import caught_up, entries_of
from tests.installation import LIVE, Installation, installation

ENGINE, STORE = "temporal.db", "baton.db"


@pytest.mark.parametrize("restored", [ENGINE, STORE])
@pytest.mark.proves("F51", "I39", "I41")
async def test_a_case_whose_two_stores_are_from_different_nights_is_marked_and_nothing_is_dropped(
    folder: Path, restored: str
) -> None:
    async with installation(folder) as whole:
        case_id = await whole.planned(LIVE)
        await caught_up(whole, case_id)
    _keep(folder, restored)
    async with installation(folder) as whole:
        await whole.submit(case_id, b.proposal())
        await whole.submit(case_id, RaiseConcern(what="Afraid"))
        kept = await caught_up(whole, case_id)
    _restore(folder, restored)
    async with installation(folder) as whole:
        version = await whole.submit(case_id, RaiseConcern(what="Still afraid"))
        await _marked(whole, case_id)
        journal = await entries_of(whole, case_id)
        run = await whole.gateway.snapshot(case_id)
    assert [entry["digest"] for entry in journal] == _digests(kept)[: len(journal)]
    assert len(journal) == (4 if restored == ENGINE else 2)
    assert run.version == version, (
        "what was acknowledged stays in the run, for a person to bring home"
    )


def _digests(entries: Sequence[dict[str, object]]) -> list[object]:
    return [entry["digest"] for entry in entries]


async def _marked(whole: Installation, case_id: str) -> None:
    """The divergence is an incident, and on the list of what needs a person."""
    mine = select(desk_incident).where(desk_incident.c.case_id == case_id)
    async with asyncio.timeout(60):
        while True:
            async with whole.gateway.store.reading() as connection:
                found = (await connection.execute(mine)).all()
            if found:
                break
            await asyncio.sleep(0.1)
    listed = await queries.needs_a_person(whole.gateway.store, utc_now())
    assert ("diverged", case_id) in {(stuck.condition, stuck.case_id) for stuck in listed}


def _keep(folder: Path, name: str) -> None:
    for file in folder.glob(f"{name}*"):
        shutil.copy2(file, folder / f"night-{file.name}")


def _restore(folder: Path, name: str) -> None:
    for file in folder.glob(f"{name}*"):
        file.unlink()
    for file in folder.glob(f"night-{name}*"):
        shutil.copy2(file, folder / file.name.removeprefix("night-"))
