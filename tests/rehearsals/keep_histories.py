"""Plays some rehearsals and keeps their histories: `python -m tests.rehearsals.keep_histories`.

To be run when an edition is released, so that later code is held to what earlier code promised.
What is kept already is left alone: a history is a promise, not a snapshot to be refreshed.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

import rehearsals
from gateway.connect import run_and_leave
from rehearsals.player import case_id
from statemodel import CURRENT_EDITION

HERE = Path(__file__).parents[1]
HISTORIES = HERE / "histories"
WORKED_CASES = HERE.parent / "rehearsals"
CHOSEN = (
    "a-concern-about-the-manager-herself",
    "a-manager-asked-late",
    "an-entry-in-error",
    "cover-in-august",
    "sc07-p1-the-manager-agrees",
    "sc07-p3-nobody-answers",
    "sc15-looked-for-until-found",
    "sc35-asked-twice-and-a-worker-lost",
    "spoken-in-time-recorded-later",
    "two-children-two-leads",
)


def file_of(name: str) -> Path:
    return HISTORIES / f"edition-{CURRENT_EDITION}-{name}.json"


async def keep() -> int:
    """Write what is not kept yet; return 1 when a rehearsal failed, and keep nothing."""
    wanted = [name for name in CHOSEN if not file_of(name).exists()]
    loaded = [rehearsals.load(WORKED_CASES / f"{name}.toml") for name in wanted]
    with tempfile.TemporaryDirectory() as folder:
        outcomes = await rehearsals.play(loaded, "temporal", told=print, histories=Path(folder))
        if not all(outcome.passed for outcome in outcomes):
            return 1
        HISTORIES.mkdir(exist_ok=True)
        for name in wanted:
            written = f"{case_id(f'{name}.toml/1')}.1.json"
            shutil.copyfile(Path(folder) / written, file_of(name))
            print(f"kept {file_of(name).name}")
    return 0


if __name__ == "__main__":
    run_and_leave(lambda: asyncio.run(keep()))
