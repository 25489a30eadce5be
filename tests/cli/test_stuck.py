"""What needs a person, in words: every condition, its particulars, and what waits on disk."""

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.main import run
from cli.stuck import FILE
from readmodel.conditions import Condition

WORDS = tomllib.loads(FILE.read_text())["condition"]
ON_DISK = {"waiting_on_disk", "set_aside"}


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """A data folder that holds a spool and nothing else: store, key and engine are gone."""
    folder = tmp_path / "spool"
    folder.mkdir()
    return folder


def test_every_condition_says_what_is_the_matter_and_what_to_do() -> None:
    assert set(WORDS) == {one.value for one in Condition} | ON_DISK
    assert [code for code, one in WORDS.items() if not (one["says"] and one["remedy"])] == []


def test_a_concern_on_disk_is_listed_with_its_moment_though_store_and_engine_are_gone(
    spool: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = spool / "r1.concern"
    file.write_bytes(b"sealed")
    kept = datetime(2026, 1, 5, 9, 30, tzinfo=UTC).timestamp()
    os.utime(file, (kept, kept))
    assert run(["stuck", "--data", str(spool.parent), "-o", "csv"]) == 3
    told = capsys.readouterr()
    assert "nobody has been told,,2026-01-05 09:30" in told.out
    assert "Tell the duty manager now" in told.out
    assert "holds no Baton data" in told.err
    assert "only what is on disk" in told.err


def test_a_concern_that_names_no_case_comes_before_those_that_only_wait(
    spool: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aside = spool / "nowhere-to-go"
    aside.mkdir()
    for file in (spool / "r1.concern", aside / "r2.concern"):
        file.write_bytes(b"sealed")
    assert run(["stuck", "--data", str(spool.parent), "-o", "csv"]) == 3
    _, first, second, *_ = capsys.readouterr().out.splitlines()
    assert "names no case that is known" in first
    assert f"1 in {aside}" in first
    assert "nobody has been told" in second


def test_with_nothing_on_disk_a_missing_store_is_unavailable(spool: Path) -> None:
    assert run(["stuck", "--data", str(spool.parent)]) == 7
