"""A deploy while cases run: a changed law is a new edition; no case changes meaning under way."""

import asyncio
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType

from gateway.answers import RefusedByCase
from readmodel.rebuild import refold
from statemodel import CURRENT_EDITION
from statemodel.commands import CloseCase, Code, Decider
from tests.architecture.fingerprint import fault, stamped
from tests.drills.journalled import entries_of
from tests.installation import LIVE, ROOT, Installation, installation

LAYERS = ("statemodel", "wire", "config", "readmodel", "workflows", "gateway", "activities")
PARTS = (*LAYERS, "worker.py")
NEW_GUARD = """

def it_was_planned_first(asked: Asked[CloseCase]) -> Unmet | None:
    return NOT_ALONE if asked.case.stage is Stage.IDENTIFIED else None


_OLD = CHAPTER.rows[0]
_NEW = replace(_OLD, needs=(*_OLD.needs, it_was_planned_first){since})
CHAPTER = replace(CHAPTER, rows=({rows}))
"""
CLOSING = CloseCase(
    code=Code.NO_FURTHER_ACTION, decided_by=Decider.PRACTITIONER, family_view="Content"
)


def _copy(tree: Path, *, new_edition: bool) -> Path:
    """The source as the next build has it: one guard more, with an edition of its own or not."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tree / part)
    closing, law = tree / "statemodel/pathway/closing.py", tree / "statemodel/law.py"
    rows = "replace(_OLD, until=1), _NEW" if new_edition else "_NEW,"
    text = NEW_GUARD.format(since=", since=2" if new_edition else "", rows=rows)
    closing.write_text(closing.read_text() + text)
    if new_edition:
        editions = law.read_text().replace("CURRENT_EDITION = 1", "CURRENT_EDITION = 2")
        law.write_text(editions.replace("KNOWN_EDITIONS = (1,)", "KNOWN_EDITIONS = (1, 2)"))
    return tree


@pytest.mark.proves("I42", "F33", "F34")
async def test_a_new_edition_is_deployed_while_cases_run_and_nothing_wedges(
    folder: Path, tmp_path: Path
) -> None:
    new = _copy(tmp_path / "next", new_edition=True)
    async with installation(folder, workers_here=False) as whole:
        old = await whole.start_worker()
        stays, rolls = await whole.open(LIVE), await whole.open(LIVE)
        lapses = await whole.proposed()
        await whole.kill(old, signal.SIGTERM)
        await whole.start_worker(root=new)
        await whole.submit(stays, CLOSING)  # the edition it runs under allowed it, and still does
        await _nudge(whole, rolls)
        with pytest.raises(RefusedByCase, match="closing_is_not_decided_alone"):
            await whole.submit(rolls, CLOSING)
        await asyncio.sleep(12)
        assert "lapse_nomination" in await _kinds(whole, lapses)
        assert await _kinds(whole, stays) == ["identify_need", "close_case"]
        assert await _kinds(whole, rolls) == ["identify_need"]
        for case_id in (stays, rolls, lapses):
            assert await _failed_tasks(whole, case_id) == 0


async def _nudge(whole: Installation, case_id: str) -> None:
    handle = whole.gateway.engine.client.get_workflow_handle(f"{case_id}.1")
    await handle.signal("nudge")
    async with asyncio.timeout(60):
        while (await whole.gateway.snapshot(case_id)).edition != 2:
            await asyncio.sleep(0.1)


async def _kinds(whole: Installation, case_id: str) -> list[str]:
    """The journal's commands, once it has them all; they fold to the case that runs."""
    async with asyncio.timeout(60):
        while (case := await whole.gateway.snapshot(case_id)).version > len(
            entries := await entries_of(whole, case_id)
        ):
            await asyncio.sleep(0.1)
    folded = await refold(whole.gateway.store, whole.gateway.vault, case_id)
    assert replace(folded, edition=case.edition) == case
    return [entry["command"]["kind"] for entry in entries]


async def _failed_tasks(whole: Installation, case_id: str) -> int:
    handle = whole.gateway.engine.client.get_workflow_handle(f"{case_id}.1")
    history = await handle.fetch_history()
    failed = EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
    return sum(event.event_type == failed for event in history.events)


@pytest.mark.proves("I42")
def test_the_same_change_without_an_edition_is_stopped_by_the_fingerprint(tmp_path: Path) -> None:
    changed = _copy(tmp_path / "next", new_edition=False)
    said = fault(changed / "statemodel", CURRENT_EDITION, stamped())
    assert "is not what edition 1 was stamped with" in said
    assert "CURRENT_EDITION = 2" in said
