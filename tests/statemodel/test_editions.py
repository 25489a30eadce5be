"""Editions: a case keeps the law it was decided under, beside cases that have the new one."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from statemodel import CURRENT_EDITION, KNOWN_EDITIONS
from statemodel.law import Row
from statemodel.table import TABLE, rows
from tests.architecture.source import ROOT
from tests.builders import World, a_case, closing, identify

NEW_LAW = """
_FIRST = CHAPTER.rows[0]  # from edition 2 on, the family's view is no longer asked for
CHAPTER = replace(
    CHAPTER,
    rows=(replace(_FIRST, until=1), replace(_FIRST, since=2, needs=_FIRST.needs[:-1])),
)
"""
HISTORY = """
import json, sys
from tests.builders import World, a_case, closing
from statemodel import Entry, KNOWN_EDITIONS, available
world = World(case=a_case(edition=int(sys.argv[1]))).proposed().wait(days=9)
answer = world.ask(closing(family_view=""))
said = [] if isinstance(answer, Entry) else [reason.code for reason in answer.reasons]
print(json.dumps({
    "known": KNOWN_EDITIONS, "said": said, "edition": world.case.edition,
    "editions": sorted({entry.edition for entry in world.entries}),
    "digests": [entry.digest for entry in world.entries],
}))
"""


def deployed(folder: Path, edition: int) -> dict[str, Any]:
    """Run one history under a copy of the house, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", HISTORY, str(edition)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def next_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with one rule changed, the honest way: old until 1, new since 2."""
    folder = tmp_path_factory.mktemp("next-build")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "statemodel", folder / "statemodel", ignore=ignored)
    (folder / "tests").mkdir()
    (folder / "tests" / "__init__.py").touch()
    for name in ("builders.py", "northshire.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests")
    law, closes = folder / "statemodel/law.py", folder / "statemodel/pathway/closing.py"
    text = law.read_text("utf-8").replace("CURRENT_EDITION = 1", "CURRENT_EDITION = 2")
    law.write_text(text.replace("KNOWN_EDITIONS = (1,)", "KNOWN_EDITIONS = (1, 2)"), "utf-8")
    closes.write_text(closes.read_text("utf-8") + NEW_LAW, "utf-8")
    return folder


@pytest.mark.proves("I22")
def test_under_the_next_build_an_older_case_goes_on_under_its_own_law(next_build: Path) -> None:
    world = World(case=a_case(edition=1)).proposed().wait(days=9)
    world.why_not(closing(family_view=""))
    found = deployed(next_build, 1)
    assert found["known"] == [1, 2]
    assert found["said"] == ["family_view_missing"]
    assert (found["edition"], found["editions"]) == (1, [1])
    assert found["digests"] == [entry.digest for entry in world.entries]


@pytest.mark.proves("I22")
def test_under_the_next_build_a_newer_case_has_the_newer_law(next_build: Path) -> None:
    found = deployed(next_build, 2)
    assert found["said"] == []
    assert (found["edition"], found["editions"]) == (2, [2])


@pytest.mark.parametrize(
    ("since", "until", "editions"),
    [(1, None, [1, 2, 3, 4]), (2, None, [2, 3, 4]), (1, 2, [1, 2]), (3, 3, [3]), (2, 1, [])],
)
def test_a_row_holds_from_its_first_edition_to_its_last(
    since: int, until: int | None, editions: list[int]
) -> None:
    row: Row = replace(TABLE[0], since=since, until=until)
    assert [edition for edition in (1, 2, 3, 4) if row.holds_in(edition)] == editions


def test_every_row_holds_in_an_edition_that_this_build_knows() -> None:
    assert [row for row in TABLE if not any(map(row.holds_in, KNOWN_EDITIONS))] == []


def test_every_command_has_its_rows_in_the_present_edition() -> None:
    for row in TABLE:
        assert row in rows(row.command, CURRENT_EDITION)


def test_an_entry_says_under_which_edition_it_was_decided_and_the_case_follows_it() -> None:
    world = World()
    entry = world.do(identify())
    assert entry.edition == world.case.edition == CURRENT_EDITION
