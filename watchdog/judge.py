"""What database and Temporal say of the same cases, laid side by side: pure, and told the time.

A closed case keeps its run for as long as it may be reopened, which neither store shows: that a run
outlives its case is therefore not judged, only that it has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchdog.finding import Code, Finding
from watchdog.runs import ABSENT, RUNNING
from watchdog.store import Kept

YOUNG = timedelta(minutes=2)  # a run as new as this may not have been recorded yet
LONGEST_ID = 64  # anybody with access to Temporal may have named a run, and in any words


@dataclass(frozen=True, slots=True)
class Sides:
    """Both stores' words; `listed` is workflow id → start, `states` the closer look at some."""

    kept: Kept
    listed: Mapping[str, datetime]
    states: Mapping[str, str]
    now: datetime

    def is_alive(self, workflow_id: str) -> bool:
        heard = RUNNING if workflow_id in self.listed else ABSENT
        return self.states.get(workflow_id, heard) == RUNNING

    def state(self, workflow_id: str) -> str:
        return self.states.get(workflow_id, ABSENT)


def run_of(case_id: str, episode: int) -> str:
    return f"{case_id}.{episode}"


def case_of(workflow_id: str) -> str:
    return workflow_id.rpartition(".")[0]


def suspects(kept: Kept, listed: Mapping[str, datetime], now: datetime) -> set[str]:
    """Return the workflow ids that want a closer look, because a list may lag behind."""
    missing = {run_of(*case) for case in kept.live.items()} - listed.keys()
    opening = {run_of(case_id, 1) for case_id in kept.unrecorded}
    return missing | opening | {run for run in listed if _is_strange(kept, run, listed[run], now)}


def compared(sides: Sides) -> frozenset[Finding]:
    """Return every finding that takes both stores."""
    return frozenset((*_cases(sides), *_openings(sides), *_strangers(sides)))


def _cases(sides: Sides) -> Iterator[Finding]:
    for case_id, episode in sides.kept.live.items():
        run = run_of(case_id, episode)
        if not sides.is_alive(run):
            yield Finding(Code.OPEN_WITHOUT_RUN, case_id, sides.state(run))
        elif case_id in sides.kept.late:
            yield Finding(Code.NO_PULSE, case_id, RUNNING)


def _openings(sides: Sides) -> Iterator[Finding]:
    for case_id in sides.kept.unrecorded:
        run = run_of(case_id, 1)
        if sides.is_alive(run):
            yield Finding(Code.UNRECORDED_CLAIM, case_id, RUNNING)
        else:
            yield Finding(Code.UNSTARTED_CLAIM, case_id, sides.state(run))


def _strangers(sides: Sides) -> Iterator[Finding]:
    for run, start in sides.listed.items():
        if _is_strange(sides.kept, run, start, sides.now) and sides.is_alive(run):
            about = "other_episode" if case_of(run) in sides.kept.known else "unknown"
            yield Finding(Code.RUN_WITHOUT_CASE, run[:LONGEST_ID], about)


def _is_strange(kept: Kept, workflow_id: str, start: datetime, now: datetime) -> bool:
    """Whether no case kept calls for this run; one that is only claimed calls for its first."""
    if now - start < YOUNG:
        return False
    case_id = case_of(workflow_id)
    episode = kept.known.get(case_id)
    return episode is None or workflow_id != run_of(case_id, episode or 1)
