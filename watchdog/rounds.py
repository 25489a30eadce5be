"""One round after the other: look at both stores, judge, and tell what has changed since."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from watchdog.finding import NEEDS_BOTH, Finding, Place, Unreachable
from watchdog.judge import Sides, case_of, compared, suspects
from watchdog.runs import Runs
from watchdog.store import Kept, Store


@dataclass(frozen=True, slots=True)
class Seen:
    """What one round saw. `since` is when each finding was first seen; `lost` place → code."""

    at: datetime
    since: Mapping[Finding, datetime] = field(default_factory=dict)
    lost: Mapping[Place, str] = field(default_factory=dict)
    live: int | None = None
    runs: int | None = None

    @property
    def counts(self) -> dict[str, Any]:
        """Live cases and running runs (None: not known this time), and findings by code."""
        by_code = Counter(finding.code.value for finding in self.since)
        return {"live": self.live, "runs": self.runs, "findings": dict(sorted(by_code.items()))}


class Watch:
    """Remembers the last round; what cannot be judged this time stays as it was last seen."""

    def __init__(self, store: Store, runs: Runs) -> None:
        self._store, self._runs = store, runs
        self._before: Mapping[Finding, datetime] = {}

    async def round(self, now: datetime) -> Seen:
        """Look once; never raises for a store that is away, but says so in what was seen."""
        lost: dict[Place, str] = {}
        # Temporal first: a case that opens between the two looks then lacks nothing.
        listed = await _asked(self._runs.running(), lost)
        cases = {case_of(run) for run in listed or ()}
        kept = await _asked(asyncio.to_thread(self._store.look, now, cases), lost)
        both = await _asked(self._compared(kept, listed, now), lost)
        found = self._standing(kept, both)
        self._before = {one: self._before.get(one, now) for one in found}
        return Seen(
            at=now,
            since=self._before,
            lost=lost,
            live=None if kept is None else len(kept.live),
            runs=None if listed is None else len(listed),
        )

    async def _compared(
        self, kept: Kept | None, listed: Mapping[str, datetime] | None, now: datetime
    ) -> frozenset[Finding] | None:
        if kept is None or listed is None:
            return None
        states = await self._runs.states(suspects(kept, listed, now))
        return compared(Sides(kept, listed, states, now))

    def _standing(self, kept: Kept | None, both: frozenset[Finding] | None) -> Iterator[Finding]:
        before = self._before
        alone = (one for one in before if one.code not in NEEDS_BOTH)
        yield from alone if kept is None else kept.findings
        yield from (one for one in before if one.code in NEEDS_BOTH) if both is None else both


async def _asked(question: Awaitable[Any], lost: dict[Place, str]) -> Any:
    try:
        return await question
    except Unreachable as error:
        lost[error.place] = error.why
        return None


def changes(before: Seen | None, seen: Seen) -> Iterator[dict[str, str]]:
    """Yield one plain line for each finding and each place that came or went."""
    earlier = before or Seen(seen.at)
    yield from _places("unreachable", seen.lost, earlier.lost)
    yield from _places("reachable", earlier.lost, seen.lost)
    yield from _findings("found", seen.since, earlier.since)
    yield from _findings("gone", earlier.since, seen.since)


def _places(
    event: str, here: Mapping[Place, str], there: Mapping[Place, str]
) -> Iterator[dict[str, str]]:
    for place in sorted(here.keys() - there.keys()):
        yield {"event": event, "place": place.value, "why": here[place]}


def _findings(
    event: str, here: Mapping[Finding, datetime], there: Iterable[Finding]
) -> Iterator[dict[str, str]]:
    for one in sorted(here.keys() - set(there)):
        yield {"event": event, "code": one.code.value, "case": one.case_id, "about": one.about}
