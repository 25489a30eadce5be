"""The case as a run holds it: decides, folds, appends. Nothing waits, so nothing interleaves."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import wire
from statemodel import (
    CURRENT_EDITION,
    KNOWN_EDITIONS,
    Actor,
    Case,
    Context,
    Entry,
    Facts,
    Hat,
    Refused,
    decide,
    evolve,
    messages,
    next_deadline,
    recall,
    summary,
)
from statemodel.commands import AnyCommand, ParkDeadline, due_command
from workflows.answers import invalid, refusal
from workflows.outbox import Outbox
from workflows.run_state import CaseRun, Outgoing, Submission, upgrade

CLOCK = Actor(Hat.CLOCK, "clock")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the validator decided a moment ago. A replay validates nothing, and decides anew."""

    document: dict[str, Any]
    now: datetime
    case: Case
    entry: Entry

    def is_of(self, document: dict[str, Any], now: datetime, case: Case) -> bool:
        return case is self.case and now == self.now and document == self.document


class Held:
    """One run's case, its secret and its outbox; `now` is always the case's own time, in UTC."""

    def __init__(self, given: dict[str, Any]) -> None:
        run = wire.decode(CaseRun, upgrade(given))
        if run.case.edition not in KNOWN_EDITIONS:
            raise RuntimeError(f"this build does not know edition {run.case.edition}")
        self.case = run.case
        self.outbox = Outbox(run.outbox)
        self.pulse_now = run.pulse_now
        self.warned = run.warned
        self._secret = run.secret
        self._opening = run.opening
        self._not_before = run.not_before
        self._checked: Checked | None = None

    def check(self, document: dict[str, Any], now: datetime) -> bool:
        """Raise the refusal, if any; say whether it is new. A resend is never refused."""
        submission = _read(document)
        if self._recalled(submission) is not None:
            return False
        answer = decide(self.case, submission.command, _context(submission, now, self._secret))
        if isinstance(answer, Refused):
            raise refusal(answer)
        self._checked = Checked(document, now, self.case, answer)
        return True

    def take(self, document: dict[str, Any], now: datetime) -> dict[str, Any]:
        """Return the acknowledgement: the entry's version, and whether it had been asked before."""
        if self._checked and self._checked.is_of(document, now, self.case):
            self._add(self._checked.entry)
            return {"version": self.case.version, "repeat": False}
        submission = _read(document)
        earlier = self._recalled(submission)
        if earlier is not None:
            return {"version": earlier, "repeat": True}
        answer = self._ask(submission.command, _context(submission, now, self._secret))
        if isinstance(answer, Refused):
            raise refusal(answer)
        return {"version": answer.version, "repeat": False}

    def next_at(self) -> datetime | None:
        """Return when the clock next has something to do, or when the reopening window ends."""
        deadline = next_deadline(self.case)
        if deadline is not None:
            return deadline.next_at
        return None if self.case.is_open else self.case.standing.reopen_until

    def tick(self, now: datetime) -> bool:
        """Submit the lapse, reminder or step upward whose time has come; say whether one had."""
        deadline = next_deadline(self.case)
        if deadline is None or deadline.next_at > now:
            return False
        answer = self._by_clock(due_command(self.case, deadline), deadline.id, now)
        if isinstance(answer, Refused):  # never expected; set aside, so that the clock goes on (8)
            codes = tuple(reason.code for reason in answer.reasons)
            self._by_clock(ParkDeadline(deadline=deadline.id, reasons=codes), deadline.id, now)
        return True

    def has_ended(self, now: datetime) -> bool:
        """Closed, recorded, owed nothing, and past the time in which it may be reopened (10)."""
        until = self.case.standing.reopen_until
        if self.case.is_open or self.case.version < self._not_before:
            return False
        done = until is not None and until <= now
        return done and not self.outbox and not self.case.running

    def batch(self) -> dict[str, Any]:
        """Return what `record` writes next, in order; the opening goes with the first entry."""
        going = [waiting.plain for waiting in self.outbox.first()]
        return {
            "case_id": self.case.id,
            "items": [{"entry": item["entry"], "messages": item["messages"]} for item in going],
            "summary": going[-1]["summary"],
            "opening": wire.encode(self._opening) if self._opening else None,
        }

    def recorded(self, count: int) -> None:
        """Let go of what is recorded and handed on."""
        self._opening = None
        self.outbox.let_go(count)

    def handed_on(self, *, pulse_now: bool) -> dict[str, Any]:
        """Return what the next run is given; a new edition begins here, and only here (1)."""
        run = CaseRun(
            replace(self.case, edition=CURRENT_EDITION),
            self._secret,
            tuple(self.outbox),
            self._opening,
            pulse_now,
            self._not_before,
            self.warned,
        )
        return _encoded(run)

    def _ask(self, command: AnyCommand, context: Context) -> Entry | Refused:
        answer = decide(self.case, command, context)
        if isinstance(answer, Entry):
            self._add(answer)
        return answer

    def _add(self, entry: Entry) -> None:
        self.case = evolve(self.case, entry)
        self.outbox.add(Outgoing(entry, messages(self.case, entry), summary(self.case)))

    def _by_clock(self, command: AnyCommand, name: str, now: datetime) -> Entry | Refused:
        command_id = f"clock/{command.kind}/{name}/{self.case.version}"
        return self._ask(command, Context(now, now, CLOCK, Facts(now), command_id, self._secret))

    def _recalled(self, submission: Submission) -> int | None:
        found = recall(self.case, submission.command_id, submission.command)
        if isinstance(found, Refused):
            raise refusal(found)
        return found.version if found else None


def _read(document: dict[str, Any]) -> Submission:
    try:
        return wire.decode(Submission, document)
    except wire.Invalid as error:
        raise invalid(error) from None


def _context(submission: Submission, now: datetime, secret: str) -> Context:
    return Context(
        now,
        submission.received_at,
        submission.by,
        submission.facts,
        submission.command_id,
        secret,
    )


def _encoded(run: CaseRun) -> dict[str, Any]:
    document: dict[str, Any] = wire.encode(run)
    return document
