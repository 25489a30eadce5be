"""The clock's timer: at once, once, and never before its time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from workflows.alarm import Alarm

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
SOON = timedelta(seconds=0.01)


async def _rung(alarm: Alarm) -> None:
    async with asyncio.timeout(60):
        while not alarm.has_rung:
            await asyncio.sleep(0.005)


async def test_it_rings_once_for_what_it_was_set_for_last() -> None:
    alarm = Alarm()
    alarm.set(NOON + timedelta(hours=1), NOON)
    alarm.set(NOON + SOON, NOON)
    await _rung(alarm)
    alarm.check(NOON + SOON)
    alarm.set(None, NOON + SOON)
    assert not alarm.has_rung


@pytest.mark.proves("I7", "F27")
async def test_a_time_before_the_timers_own_fails_the_task_and_is_not_lived_by() -> None:
    alarm = Alarm()
    alarm.set(NOON + SOON, NOON)
    await _rung(alarm)
    with pytest.raises(RuntimeError, match="behind its own timer"):
        alarm.check(NOON - timedelta(days=1))
