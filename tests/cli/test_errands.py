"""Commands against a running installation: one way in, every no in words, reads and upkeep."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from config.settings import as_environment
from gateway.spool import ASIDE
from gateway.stamps import prove_use
from readmodel.directory import put_on_duty
from statemodel import Desk, Role
from tests.installation import LIVE, Installation, installation

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("errands") / "data"
    folder.mkdir(mode=0o700)
    async with installation(folder) as made:
        await prove_use(made.gateway.store, demonstration=True)
        for role in (Role.DUTY_MANAGER, Role.EARLY_HELP_MANAGER, Role.COORDINATOR):
            await put_on_duty(made.gateway.store, Desk(role, "demonstration"), "p-dut")
        yield made


@pytest.fixture
def told(whole: Installation, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> "Terminal":
    for name, value in as_environment(whole.settings).items():
        monkeypatch.setenv(name, value)
    return Terminal(capsys)


class Terminal:
    """Runs a command line, and reads what it answered."""

    def __init__(self, capsys: Captured) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    async def run(self, *line: str) -> int:
        code = await asyncio.to_thread(run, line)
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code

    async def answer(self, *line: str) -> Any:
        assert await self.run(*line, "-o", "json") in (0, 3), self.err
        return json.loads(self.out)

    async def rows(self, *line: str) -> Any:
        """What it answers whatever its code."""
        await self.run(*line, "-o", "json")
        return json.loads(self.out)


OPEN = ("open", "--as", "p-ana", "children=k-9f2c", "source=observation")
ADDRESS = "BATON_TEMPORAL_ADDRESS"
NOWHERE = "127.0.0.1:9"


async def test_a_case_is_opened_moved_and_shown(told: Terminal) -> None:
    opened = await told.answer(*OPEN, "--id", "first")
    assert opened["recorded"] is True
    said = ("record_agreement", "giver=f-1", "answer=agreed", "form=verbal")
    moved = await told.answer("submit", opened["reference"], *said, "--as", "p-ana")
    assert moved["entry"] == 2
    shown = await told.answer("show", opened["case"])
    assert shown["reference"] == opened["reference"]
    assert "accepted on" in shown["responsible"]
    assert shown["deadlines"][0]["due"].startswith("due ")
    assert [line["entry"] for line in shown["history"]] == [1, 2]
    assert any(row["case"] == opened["case"] for row in await told.answer("cases"))


async def test_asked_again_under_one_id_it_is_done_once(told: Terminal) -> None:
    first, second = [await told.answer(*OPEN, "--id", "twice") for _ in "ab"]
    assert (first["case"], first["entry"]) == (second["case"], second["entry"])


async def test_a_refusal_gives_every_reason_whose_it_is_the_remedy_and_whom_to_ring(
    whole: Installation, told: Terminal
) -> None:
    case = await whole.open(LIVE)
    close = ("close_case", "code=nobody_leads", "decided_by=practitioner", "--as", "p-ana")
    assert await told.run("submit", case, *close) == 4
    assert "a case is never closed because nobody leads yet (guidance" in told.err
    assert "one practitioner alone does not decide" in told.err
    assert "Propose who is to be" in told.err
    assert told.err.rstrip().endswith("Do not wait for this system.")
    assert await told.run("submit", case, *close, "-o", "json") == 4
    assert {one["code"] for one in json.loads(told.out)["reasons"]} >= {
        "never_closed_for_want_of_a_lead",
        "closing_is_not_decided_alone",
    }


async def test_a_stranger_a_wrong_role_an_unknown_case_and_a_bad_field_have_codes_of_their_own(
    whole: Installation, told: Terminal
) -> None:
    case = await whole.proposed(LIVE)
    agree = ("agree_nomination", "nomination=n3", "seen=3")
    assert await told.run("submit", case, *agree, "--as", "p-jo") == 4
    agreed = ("record_agreement", "giver=f-1", "answer=agreed", "form=verbal")
    assert await told.run("submit", case, *agreed, "--as", "p-ops") == 5
    assert await told.run("submit", "cnosuchcase", *agreed, "--as", "p-ana") == 4
    assert await told.run("submit", case, "agree_nomination", "seen=x", "--as", "p-lee") == 2
    assert "seen: write a whole number" in told.err
    assert await told.run("submit", case, "lapse_nomination", "nomination=n3", "--as", "p-lee") == 5
    assert await told.run("show", "00000000*") in (2, 4)


async def test_what_may_be_done_is_listed_with_why_not(whole: Installation, told: Terminal) -> None:
    case = await whole.proposed(LIVE)
    rows = {row["command"]: row for row in await told.answer("available", case, "--as", "p-lee")}
    assert rows["agree_nomination"]["now"] == "yes"
    assert (rows["agree_nomination"]["about"], rows["agree_nomination"]["seen"]) == ("n3", 3)
    assert rows["raise_concern"]["now"] == "yes"
    assert rows["propose_lead"]["now"] == "not yet"
    assert "Ask the" in rows["propose_lead"]["why"]


async def test_a_private_concern_is_shown_to_duty_and_to_nobody_else(
    whole: Installation, told: Terminal
) -> None:
    case = await whole.open(LIVE)
    about = ("raise_concern", "what=Shouting", "about_a_professional=yes", "--as", "p-jo")
    assert await told.run("submit", case, *about) == 0
    seen = {by: await told.answer("show", case, "--as", by) for by in ("p-dut", "p-ana", "")}
    assert "Concern about a child" in [task["what"] for task in seen["p-dut"]["tasks"]]
    assert "What worries you: Shouting" in seen["p-dut"]["history"][1]["in_their_words"]
    for by in ("p-ana", ""):
        assert "oncern" not in json.dumps(seen[by])
        assert "Shouting" not in json.dumps(seen[by])
    stuck = await told.answer("stuck", "--as", "p-dut")
    assert case in [row["case"] for row in stuck]
    assert case not in [row["case"] for row in await told.answer("stuck")]


async def test_with_the_engine_down_a_concern_is_kept_and_everything_else_is_refused(
    whole: Installation, told: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await whole.open(LIVE)
    reference = (await told.answer("show", case))["reference"]
    monkeypatch.setenv(ADDRESS, NOWHERE)
    assert await told.run("submit", reference, "raise_concern", "--as", "nobody", "crying") == 0
    assert "Nobody has been told yet. Ring now." in told.err
    assert f"Whether {reference} is a case could not be checked." in told.err
    assert await told.run("submit", f"{reference}X", "raise_concern", "crying", "--as", "p-jo") == 0
    assert "it is probably mistyped" in told.err
    agreed = ("record_agreement", "giver=f-1", "answer=agreed", "form=verbal")
    assert await told.run("submit", reference, *agreed, "--as", "p-ana") == 7
    assert "No Temporal server answers" in told.err
    first, *_ = await told.answer("stuck")
    assert "store alone" in told.err
    assert "nobody has been told" in first["needs_a_person"]
    assert first["about"].startswith("2 in ")
    monkeypatch.setenv("BATON_DATABASE_URL", "sqlite:////no/such/store.db")
    assert await told.run("stuck") == 3
    assert "nobody has been told" in " ".join(told.out.split())
    assert "only what is on disk" in told.err
    await _delivered(whole, case)
    monkeypatch.delenv("BATON_DATABASE_URL")
    monkeypatch.setenv(ADDRESS, whole.settings.temporal_address)
    first, *_ = await told.answer("stuck")
    assert "names no case that is known" in first["needs_a_person"]
    for file in (whole.settings.data / "spool" / ASIDE).iterdir():
        file.unlink()  # somebody has read it, and rung


async def _delivered(whole: Installation, case: str) -> None:
    from gateway.spooling import drain

    assert await drain(whole.gateway) == 1
    held = await whole.gateway.snapshot(case)
    assert len(held.open_tasks) == 1


async def test_who_raises_a_concern_is_told_who_has_it_until_when_and_whom_to_ring(
    whole: Installation, told: Terminal
) -> None:
    case = await whole.open(LIVE)
    answer = await told.answer("submit", case, "raise-concern", "what=Afraid", "--as", "p-jo")
    assert answer["told"].startswith("duty manager (duty desk), answer due by ")
    assert await told.run("submit", "cnosuchcase", "raise_concern", "Afraid") == 4
    assert told.err.startswith("NOT TAKEN, and nobody has been told.")
    assert told.err.rstrip().endswith("Do not wait for this system.")


async def test_a_concern_needs_no_name_and_a_name_that_is_no_id_is_kept_in_its_words(
    whole: Installation, told: Terminal
) -> None:
    case = await whole.open(LIVE)
    assert await told.run("submit", case, "raise_concern", "crying") == 0
    assert await told.run("submit", case, "raise_concern", "x", "--as", "Mrs Unlisted") == 0
    _, unnamed, named = (await told.answer("show", case, "--as", "p-dut"))["history"][:3]
    assert unnamed["by"] == "somebody unknown"
    assert unnamed["in_their_words"] == "What worries you: crying"
    assert named["by"] == "somebody unknown"
    assert "Mrs Unlisted" in named["in_their_words"]
    record = ("record_agreement", "giver=f-1", "answer=agreed", "form=verbal")
    assert await told.run("submit", case, *record) == 2
    assert "--as: say who asks" in told.err


async def test_a_holder_nobody_knows_is_said_to_be_so(told: Terminal) -> None:
    assert await told.run("cases", "--holder", "p-anna") == 2
    assert "Did you mean p-ana?" in told.err
    assert await told.run("cases", "--holder", "p-ana") == 0
    assert await told.run("cases", "--holder", "coordinator.demonstration") == 0


async def test_upkeep_says_what_it_did(whole: Installation, told: Terminal) -> None:
    case = await whole.open(LIVE)
    agreed = ("record_agreement", "giver=f-1", "answer=agreed", "form=verbal")
    assert (await told.answer("submit", case, *agreed, "--as", "p-ana"))["recorded"] is True
    assert await told.run("verify") == 0, told.out
    assert "The record is whole" in told.out
    assert (await told.answer("rebuild", case))["rebuilt"] == 1
    assert (await told.answer("rebuild", "--dry-run"))["would_be_rebuilt"] >= 1
    assert await told.run("rebuild", "cnosuchcase") == 4
    assert (await told.answer("nudge", case))["nudged"] == 1
    assert (await told.answer("nudge", "--all", "--dry-run"))["would_be_nudged"] >= 1
    people = await told.answer("people")
    assert {row["id"] for row in people} >= {"p-ana", "p-lee"}


async def test_doctor_names_each_thing_its_state_and_the_remedy(
    told: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {row["what"]: row for row in await told.answer("doctor")}
    good = ("store", "master key", "Temporal server", "search attributes", "worker: cases")
    assert {rows[what]["state"] for what in good} == {"ok"}
    assert rows["watchdog"]["state"] == "attention"
    assert rows["use"]["says"] == "a demonstration"
    assert "baton up" in rows["watchdog"]["remedy"]
    assert "temporal workflow list" in rows["Temporal server"]["says"]
    monkeypatch.setenv("BATON_POLICY", "northshire.toml")
    use = {row["what"]: row for row in await told.rows("doctor")}["use"]
    assert use["state"] == "attention"
    assert "no case can be opened" in use["says"]
    monkeypatch.setenv("BATON_POLICY", "demonstration")
    monkeypatch.setenv(ADDRESS, NOWHERE)
    assert await told.run("doctor", "-o", "json") == 7
    faults = [row["what"] for row in json.loads(told.out) if row["state"] == "fault"]
    assert faults == ["Temporal server"]
