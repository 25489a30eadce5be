"""The floor is measured on the real engine: it runs, proves what it counts, says both ratios."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import wire
from benchmarks.cpu import Spent
from benchmarks.floor import prove
from benchmarks.load import Round
from benchmarks.script import STEPS, submission
from benchmarks.weight import SECRET, weigh
from readmodel.engine import migrate, open_store, sqlite_url
from statemodel import Stage
from tests import builders as b
from tests.architecture.source import ROOT
from workflows.held import Held
from workflows.run_state import CaseRun

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)
RATIO = r"ratio to {}: \d+\.\d\d \(\d+\.\d\d to \d+\.\d\d\)"
FEW = ("--rounds", "1", "--cases", "2", "--at-once", "2")


def test_the_floor_prints_both_ratios_with_every_update_journalled() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.floor", *FEW],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert told.returncode == 0, told.stderr
    for other in ("same shape", "bare"):
        assert re.search(RATIO.format(other), told.stdout), told.stdout
    assert "every update of ours is in the journal, every case has closed" in told.stdout


def test_the_script_takes_a_case_from_first_need_to_its_closing() -> None:
    case = b.a_case()
    held = Held(wire.encode(CaseRun(case, SECRET, opening=case)))
    versions = [
        held.take(wire.encode(submission(number, case.id, NOW)), NOW)["version"]
        for number in range(len(STEPS))
    ]
    assert versions == list(range(1, len(STEPS) + 1))
    assert held.case.stage is Stage.CLOSED


def test_the_same_shape_weighs_what_a_case_weighs() -> None:
    weight = weigh(b.a_case(), NOW)
    heavier = weigh(replace(b.a_case(), id="c" * 26), NOW)
    assert len(weight.steps) == len(STEPS)
    assert sum(step.shown is not None for step in weight.steps) == 7
    assert sum(step.messages > 0 for step in weight.steps) == 5
    assert heavier.steps[0].item > weight.steps[0].item


async def test_a_round_that_the_journal_does_not_have_is_no_figure(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    await migrate(url)
    store = await open_store(url)
    try:
        with pytest.raises(RuntimeError, match="journalled and closed"):
            await prove(store, "r0", Round("ours", 8, 1.0, (), Spent(0, 0, 0, 0, 0)))
    finally:
        await store.close()
