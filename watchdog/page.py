"""The page the watchdog leaves in the data folder: what it last saw, for whoever shows it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from watchdog.rounds import Seen

MOST = 1_000  # findings shown in full; all are counted


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def document(seen: Seen, every: float) -> dict[str, Any]:
    """Return the page: `at` and each `since` in UTC, `every` in seconds; codes and ids only."""
    shown = sorted(seen.since.items())[:MOST]
    findings = [
        {
            "code": one.code.value,
            "case": one.case_id,
            "about": one.about,
            "since": written(since),
        }
        for one, since in shown
    ]
    return {
        "at": written(seen.at),
        "every": every,
        "unreachable": {place.value: why for place, why in sorted(seen.lost.items())},
        "counts": seen.counts,
        "findings": findings,
    }


def keep(file: Path, page: dict[str, Any]) -> None:
    """Replace the page whole: a reader sees the last one or this one. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_suffix(".new")
    with new.open("w", encoding="utf-8") as opened:
        json.dump(page, opened)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
