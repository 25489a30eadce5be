"""The state model alone: no server, no worker, and a clock that goes from step to step at once."""

from dataclasses import replace
from datetime import UTC, datetime

from rehearsals.engine import Answer, Sight
from rehearsals.rehearsal import Asking
from rehearsals.soundness import Witness
from statemodel import (
    Case,
    Context,
    Deadline,
    Entry,
    Facts,
    Message,
    Refused,
    decide,
    evolve,
    messages,
    next_deadline,
    recall,
)
from statemodel.commands import AnyCommand, ParkDeadline, due_command
from statemodel.people import CLOCK

THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class ModelEngine:
    """Plays cases one after another, each on a clock of its own."""

    async def open(self, case: Case, secret: str, at: datetime) -> "ModelCase":
        # Any shift marks the case as a rehearsal for ever, as it does on the real engine.
        return ModelCase(replace(case, ahead=at - THE_BEGINNING), secret, at)


class ModelCase:
    """A case, its clock and all that has happened; unsound after any entry, it raises Unsound."""

    def __init__(self, case: Case, secret: str, at: datetime) -> None:
        self._case, self._secret, self._now = case, secret, at
        self._witness = Witness(case, secret)
        self._entries: list[Entry] = []
        self._told: list[Message] = []

    async def pass_to(self, moment: datetime, *, restart_worker: bool = False) -> None:
        """Fire what is due in order of time; there is no worker to restart here."""
        while (owed := next_deadline(self._case)) and owed.next_at <= moment:
            self._now = max(self._now, owed.next_at)
            self._tick(owed)
        self._now = max(self._now, moment)

    async def ask(self, asking: Asking) -> Answer:
        earlier = recall(self._case, asking.id, asking.command)
        if isinstance(earlier, Refused):
            return _refusal(earlier)
        if earlier is not None:
            return Answer(earlier.version, repeat=True)
        context = Context(
            self._now, asking.received_at, asking.by, asking.facts, asking.id, self._secret
        )
        answer = self._decide(asking.command, context)
        return _refusal(answer) if isinstance(answer, Refused) else Answer(answer.version)

    async def look(self) -> Sight:
        return Sight(self._case, tuple(self._entries), tuple(self._told))

    async def finish(self) -> tuple[str, ...]:
        return ()  # each entry was looked at as it came

    def _tick(self, owed: Deadline) -> None:
        """Submit what the clock owes; refused, it is set aside, as the engine does (decision 8)."""
        answer = self._by_clock(due_command(self._case, owed), owed)
        if isinstance(answer, Refused):
            codes = tuple(reason.code for reason in answer.reasons)
            self._by_clock(ParkDeadline(deadline=owed.id, reasons=codes), owed)

    def _by_clock(self, command: AnyCommand, owed: Deadline) -> Entry | Refused:
        name = f"clock/{command.kind}/{owed.id}/{self._case.version}"
        facts = Facts(self._now)
        context = Context(self._now, self._now, CLOCK, facts, name, self._secret)
        return self._decide(command, context)

    def _decide(self, command: AnyCommand, context: Context) -> Entry | Refused:
        answer = decide(self._case, command, context)
        if isinstance(answer, Entry):
            self._case = evolve(self._case, answer)
            self._entries.append(answer)
            self._told.extend(messages(self._case, answer))
            self._witness.see(answer, self._case)
        return answer


def _refusal(refused: Refused) -> Answer:
    return Answer(refused=tuple(reason.code for reason in refused.reasons))
