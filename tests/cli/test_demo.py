"""`baton demo --exit`, whole and real: the story told, the table shown, nothing left running."""

import signal
from pathlib import Path

from tests.cli.house import baton, left_over


async def test_the_story_is_told_the_table_shown_and_everything_stopped(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with baton("demo", "--exit", "--data", "data", cwd=tmp_path) as demo:
        assert await demo.ended(120) == 0, demo.text
    told = " ".join(demo.text.split())
    assert "DEMONSTRATION" in told
    assert "A date is near" in told
    assert "Not agreed in time: pass it on" in told
    assert "No decision has been made" in told
    assert "4 working days from" in told
    assert "working day = 3 s" in told
    assert "accepted on" in told
    assert "Carry out what was agreed" in told
    assert "Jo Marsh, school nurse has not said yes" in told
    assert "a case is never closed because nobody leads yet" in told
    assert "0 dead" in told
    assert "call 999" in told
    assert f"Letters are in {data / 'outbox'}" in told
    assert "http://127.0.0.1:" not in told  # nothing answers there any more
    assert "keep a copy" not in told
    assert left_over(data) == []
    await _takes_no_live_case(tmp_path)


async def _takes_no_live_case(place: Path) -> None:
    async with baton("up", "--data", "data", cwd=place) as up:
        assert await up.ended() == 7
    assert "stamped DEMONSTRATION" in up.text


async def test_told_to_stop_while_it_starts_it_leaves_nothing(tmp_path: Path) -> None:
    async with baton("demo", "--data", "data", cwd=tmp_path) as demo:
        await demo.until("worker ready")
        assert await demo.stop(signal.SIGTERM) == 0
    assert left_over(tmp_path / "data") == []
