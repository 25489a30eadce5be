"""`python -m watchdog`, as it is run: what it prints, leaves and ends with."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gateway.devserver import free_port
from tests.watchdog.kennel import Kennel
from watchdog.settings import InvalidSetting, read

Process = asyncio.subprocess.Process
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@asynccontextmanager
async def watchdog(
    kennel: Kennel, folder: Path, *options: str, **more: str
) -> AsyncIterator[Process]:
    given = {
        "BATON_DATA": str(folder),
        "BATON_DATABASE_URL": kennel.url,
        "BATON_TEMPORAL_ADDRESS": kennel.address,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "watchdog",
        *options,
        env=os.environ | given | more,
        stdout=-1,
        stderr=-1,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def once(
    kennel: Kennel, folder: Path, **more: str
) -> tuple[int | None, list[dict[str, Any]]]:
    async with watchdog(kennel, folder, "--once", **more) as process:
        out, err = await process.communicate()
    assert err == b""
    lines = [json.loads(line) for line in out.splitlines()]
    return process.returncode, [{k: v for k, v in one.items() if k != "at"} for one in lines]


async def test_once_says_nothing_and_ends_with_0_when_nothing_is_wrong(
    kennel: Kennel, tmp_path: Path
) -> None:
    assert await once(kennel, tmp_path / "data") == (0, [])
    assert not (tmp_path / "data").exists()


async def test_once_says_what_it_found_and_ends_with_3(kennel: Kennel, tmp_path: Path) -> None:
    await kennel.planted.healthy("n5")
    found = {"event": "found", "code": "open_without_run", "case": "n5", "about": "absent"}
    assert await once(kennel, tmp_path) == (3, [found])


@SQLITE
@pytest.mark.night
async def test_thirty_of_them_leave_with_their_code(kennel: Kennel, tmp_path: Path) -> None:
    """After a Temporal client, about one interpreter in six would crash at its end."""
    assert [(await once(kennel, tmp_path))[0] for _ in range(30)] == [0] * 30


async def test_once_says_which_store_it_could_not_reach_and_ends_with_7(
    kennel: Kennel, tmp_path: Path
) -> None:
    nowhere = {"BATON_TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}"}
    code, lines = await once(kennel, tmp_path, **nowhere)
    assert (code, [line["place"] for line in lines]) == (7, ["temporal"])
    nowhere |= {"BATON_DATABASE_URL": "", "BATON_DATA": str(tmp_path / "empty")}
    code, lines = await once(kennel, tmp_path, **nowhere)
    assert (code, [line["place"] for line in lines]) == (7, ["database", "temporal"])


@pytest.mark.parametrize(
    ("url", "number"),
    [("sqlite", signal.SIGTERM), ("postgresql", signal.SIGINT)],
    indirect=["url"],
)
async def test_it_is_ready_tells_each_change_once_keeps_its_page_and_ends_when_told(
    kennel: Kennel, tmp_path: Path, number: signal.Signals
) -> None:
    page = tmp_path / "data" / "watchdog.json"
    await kennel.planted.healthy("n6")
    await kennel.start("n6.1")
    async with watchdog(kennel, page.parent, "--every", "0.2") as process:
        assert process.stdout is not None
        lines = process.stdout
        assert await lines.readline() == b"ready\n"
        await kennel.planted.sql("UPDATE view_case SET responsible = NULL")
        found = json.loads(await lines.readline())
        await asyncio.sleep(1)  # four more rounds, in which nothing changes
        seen = json.loads(page.read_text("utf-8"))
        await kennel.planted.sql("UPDATE view_case SET responsible = 'p-ana'")
        gone = json.loads(await lines.readline())
        process.send_signal(number)
        out, err = await process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")
    told = {"code": "nobody_responsible", "case": "n6", "about": "assessing"}
    assert found == {"at": found["at"], "event": "found", **told}
    assert gone == {"at": gone["at"], "event": "gone", **told}
    assert found["at"] < seen["at"] < gone["at"]
    assert seen["findings"] == [told | {"since": found["at"]}]
    assert seen["counts"] == {"live": 1, "runs": 1, "findings": {"nobody_responsible": 1}}


@SQLITE
async def test_it_is_ready_and_goes_on_while_neither_store_is_there(
    kennel: Kennel, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    nowhere = {
        "BATON_TEMPORAL_ADDRESS": f"127.0.0.1:{free_port()}",
        "BATON_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}",
    }
    async with watchdog(kennel, tmp_path / "file", "--every", "0.2", **nowhere) as process:
        assert process.stdout is not None
        lines = [await process.stdout.readline() for _ in range(5)]
        process.terminate()
        assert await process.wait() == 0
    told = [(line := json.loads(one))["event"] + line.get("place", "") for one in lines[1:]]
    assert lines[0] == b"ready\n"
    assert told == ["unreachabledatabase", "unreachabletemporal", *["page_not_kept"] * 2]


@SQLITE
@pytest.mark.parametrize("options", [("--every", "0"), ("--every", "nan"), ("--sometimes",)])
async def test_an_option_it_does_not_know_ends_it_with_2(
    kennel: Kennel, tmp_path: Path, options: tuple[str, ...]
) -> None:
    async with watchdog(kennel, tmp_path, *options) as process:
        _, err = await process.communicate()
    assert process.returncode == 2
    assert b"usage: watchdog" in err


@SQLITE
@pytest.mark.parametrize(
    "bad", ["mysql://a:opensesame@b/c", "opensesame", "postgresql://a:b@c:opensesame/d"]
)
async def test_a_setting_that_cannot_be_used_ends_it_with_2_and_is_not_quoted(
    kennel: Kennel, tmp_path: Path, bad: str
) -> None:
    async with watchdog(kennel, tmp_path, BATON_DATABASE_URL=bad) as process:
        _, err = await process.communicate()
    assert process.returncode == 2
    assert err.startswith(b"BATON_DATABASE_URL: ")
    assert b"opensesame" not in err


def test_an_empty_variable_counts_as_not_set_and_the_folder_is_whole() -> None:
    settings = read({"BATON_DATA": "", "BATON_DATABASE_URL": ""})
    assert settings.page == Path.cwd() / "baton-data" / "watchdog.json"
    assert settings.database.database == str(Path.cwd() / "baton-data" / "baton.db")
    assert (settings.temporal_address, settings.temporal_namespace) == ("127.0.0.1:7233", "default")
    with pytest.raises(InvalidSetting, match="BATON_DATA"):
        read({"BATON_DATA": "~nobody-by-this-name/data"})
