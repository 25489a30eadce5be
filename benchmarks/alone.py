"""What an update costs in code of ours alone: the same case run with no engine and no store."""

from dataclasses import dataclass
from datetime import datetime
from time import thread_time

import wire
from benchmarks.script import STEPS, submission
from benchmarks.weight import SECRET
from statemodel import Case
from workflows.held import Held
from workflows.run_state import CaseRun, Submission

RUNS = 40


@dataclass(frozen=True, slots=True)
class Alone:
    """CPU seconds an update: all that a workflow does, and of it reading what is submitted."""

    held: float
    read: float

    @property
    def law(self) -> float:
        return self.held - self.read


def alone(case: Case, now: datetime, runs: int = RUNS) -> Alone:
    """Run the script through the workflow's own hands, checked and taken as the engine does it."""
    _run(case, now)
    start = thread_time()
    for _ in range(runs):
        _run(case, now)
    held = thread_time() - start
    document = wire.encode(submission(0, case.id, now))
    read = _seconds_to_read(document)
    number = runs * len(STEPS)
    return Alone(held / number, read)


def _run(case: Case, now: datetime) -> None:
    held = Held(wire.encode(CaseRun(case, SECRET, opening=case)))
    for number in range(len(STEPS)):
        document = wire.encode(submission(number, case.id, now))
        held.check(document, now)
        held.take(document, now)
        held.next_at()
        held.batch()
        held.recorded(1)


def _seconds_to_read(document: object, times: int = 200) -> float:
    start = thread_time()
    for _ in range(times):
        wire.decode(Submission, document)
    return (thread_time() - start) / times
