"""The DEMONSTRATION stamp, on a real store: never put on one with cases, never taken off."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.calendar_files import load_calendar
from config.policies import load_pack
from gateway.answers import NotValid
from gateway.asking import Opening
from gateway.stamps import WrongStore, guard_opening, is_stamped, prove_use
from readmodel.claims import Claim, claim
from readmodel.engine import Store, migrate, open_store, sqlite_url
from tests import builders as b


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    await migrate(sqlite_url(tmp_path))
    opened = await open_store(sqlite_url(tmp_path))
    yield opened
    await opened.close()


async def test_an_empty_store_is_stamped_for_a_demonstration_and_stays_so(store: Store) -> None:
    await prove_use(store, demonstration=True)
    await prove_use(store, demonstration=True)
    assert await is_stamped(store)
    with pytest.raises(WrongStore, match="takes no real case"):
        await prove_use(store, demonstration=False)


async def test_a_store_with_a_case_is_never_stamped(store: Store) -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    await claim(store, Claim("c1", "northshire", "00000000", "p-ana", at))
    with pytest.raises(WrongStore, match="data folder of its own"):
        await prove_use(store, demonstration=True)
    assert not await is_stamped(store)
    await prove_use(store, demonstration=False)


def test_a_pace_is_refused_on_a_live_store_and_live_policy_in_a_demonstration() -> None:
    paced = Opening(load_pack("demonstration"), load_calendar("rehearsal", 2026))
    live = Opening(b.pack(live=True), load_calendar("england", 2026))
    guard_opening(paced, demonstration=True)
    guard_opening(live, demonstration=False)
    with pytest.raises(NotValid, match="pace"):
        guard_opening(paced, demonstration=False)
    with pytest.raises(NotValid, match="live use"):
        guard_opening(live, demonstration=True)
