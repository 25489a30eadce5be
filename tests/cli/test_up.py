"""`baton up`, whole and real: starts, stops, resumes, and says clearly why it will not."""

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.house import POLICY, baton, left_over, ports

OPEN = ("open", "--as", "p-ana", "children=k-9f2c", "source=observation")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A working directory with a policy of one's own and two people; the data folder is `data`."""
    (tmp_path / "northshire.toml").write_text(POLICY)
    people = """
    [agencies]
    a-school = "Elm Park School"

    [people.p-ana]
    name = "Ana"
    agency = "a-school"
    roles = ["practitioner"]
    """
    (tmp_path / "people.toml").write_text(people)
    return tmp_path


async def test_it_starts_stops_cleanly_and_resumes_where_it_was(place: Path) -> None:
    data, policy = place / "data", {"BATON_POLICY": "northshire.toml"}
    line = ("up", "--data", "data", *ports())
    async with baton(*line, cwd=place, env=policy) as up:
        await up.is_up()
        assert "temporal workflow list --address" in up.text
        assert "Not fit" not in up.text
        assert data.stat().st_mode & 0o077 == 0
        assert [path.name for path in data.rglob("*") if path.lstat().st_mode & 0o077] == []
        people = ("people", "--data", "data", "--load", "people.toml")
        assert [row["id"] for row in await _answer(*people, cwd=place)] == ["p-ana"]
        case = (await _answer(*OPEN, "--data", "data", cwd=place))["case"]
        assert await up.stop() == 0
        assert up.said[-1] == "stopped"
    assert left_over(data) == []
    async with baton(*line, cwd=place, env=policy) as up:
        await up.is_up()
        shown = await _answer("show", case, "--data", "data", cwd=place)
        assert shown["next_step"]
        assert await up.stop() == 0
    assert left_over(data) == []


async def test_a_policy_unfit_for_live_use_starts_and_says_what_it_lacks(place: Path) -> None:
    async with baton("up", "--data", "data", *ports(), cwd=place) as up:
        await up.is_up()
        assert "Not fit for real families yet" in up.text
        assert "safety.front_door" in up.text
        assert await up.stop() == 0
    assert left_over(place / "data") == []


async def test_a_folder_in_use_is_named_with_the_remedy(place: Path) -> None:
    from gateway.devserver import dev_server

    async with dev_server(place / "data", None):
        async with baton("up", "--data", "data", *ports(), cwd=place) as up:
            assert await up.ended() == 7
        assert "in use by another Temporal server" in up.text
        assert str(place / "data") in up.text


@pytest.mark.parametrize(("which", "says"), [("--port", "--port"), ("--temporal-port", "Port")])
async def test_a_port_in_use_is_named_with_the_remedy(place: Path, which: str, says: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = dict(zip(*[iter(ports())] * 2, strict=True)) | {which: port}
        line = [word for pair in given.items() for word in pair]
        async with baton("up", "--data", "data", *line, cwd=place) as up:
            assert await up.ended() == 7
        assert f"Port {port}" in up.text
        assert says in up.text
    assert left_over(place / "data") == []


async def test_another_master_key_is_refused_and_a_lost_one_is_not_replaced(place: Path) -> None:
    data = place / "data"
    await _with_a_case_key(data)
    key = data / "master.key"
    held = key.read_text()
    key.write_text("00" * 32 + "\n")
    await _refused(place, "does not belong to this store")
    key.unlink()
    await _refused(place, "Restore the file")
    assert not key.exists()
    key.write_text(held)


async def test_a_pace_outside_a_demonstration_is_refused(place: Path) -> None:
    env = {"BATON_CALENDAR": "rehearsal"}
    async with baton("up", "--data", "data", *ports(), cwd=place, env=env) as up:
        assert await up.ended() == 2
    assert "rehearsal's pace" in up.text
    assert not (place / "data").exists()


async def _refused(place: Path, says: str) -> None:
    async with baton("up", "--data", "data", *ports(), cwd=place) as up:
        assert await up.ended() == 7
    assert says in up.text
    assert left_over(place / "data") == []


async def _with_a_case_key(data: Path) -> None:
    from readmodel.engine import migrate, open_store, sqlite_url
    from readmodel.vault import Vault, make_master_key

    data.mkdir(mode=0o700)
    await migrate(sqlite_url(data))
    store = await open_store(sqlite_url(data))
    await Vault(make_master_key(data / "master.key"), store).make("c1")
    await store.close()


async def _answer(*line: str, cwd: Path) -> Any:
    async with baton(*line, "-o", "json", cwd=cwd) as asked:
        out, err = await asyncio.wait_for(asked.process.communicate(), 40)
    assert asked.process.returncode == 0, err.decode()
    return json.loads(out)
