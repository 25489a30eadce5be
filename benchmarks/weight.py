"""What one case weighs on the wire: bytes of all it sends, found with neither engine nor store."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import wire
from benchmarks.script import STEPS, submission
from statemodel import Case
from workflows import attributes
from workflows.held import Held
from workflows.run_state import CaseRun

SECRET = "0" * 64


@dataclass(frozen=True, slots=True)
class Step:
    """Bytes of one update and of what follows from it; `shown` only where it is upserted."""

    asked: int
    item: int
    messages: int
    summary: int
    shown: attributes.Shown | None


@dataclass(frozen=True, slots=True)
class Weight:
    """`given` starts the case, and `opening` goes with its first entry; bytes."""

    given: int
    opening: int
    steps: tuple[Step, ...]


def weigh(case: Case, now: datetime) -> Weight:
    """Return what the script weighs for a case that nobody has opened yet."""
    given = wire.encode(CaseRun(case, SECRET, opening=case))
    return Weight(size(given), size(given["opening"]), tuple(_steps(Held(given), now)))


def size(document: Any) -> int:
    """Return the bytes of a plain document as the data converter writes it."""
    return len(json.dumps(document, separators=(",", ":")).encode())


def _steps(held: Held, now: datetime) -> Iterator[Step]:
    for number in range(len(STEPS)):
        before = attributes.of(held.case)
        document = wire.encode(submission(number, held.case.id, now))
        held.take(document, now)
        batch, shown = held.batch(), attributes.of(held.case)
        item = batch["items"][0]
        held.recorded(1)
        told = size(item["messages"]) if item["messages"] else 0
        changed = shown if shown != before else None
        yield Step(size(document), size(item), told, size(batch["summary"]), changed)
