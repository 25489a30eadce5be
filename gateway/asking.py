"""Who asks, under which id: the same id asked again is answered once (decision 29)."""

from dataclasses import dataclass

from gateway.who import NOBODY, Who
from statemodel.calendar import Calendar
from statemodel.commands import AnyCommand, RaiseConcern
from statemodel.evolve import payload_hash
from statemodel.policy import Pack


@dataclass(frozen=True, slots=True)
class Asking:
    """`by` is a person's id, `id` the caller's own, kept over retries."""

    by: str
    id: str

    def command_id(self, command: AnyCommand) -> str:
        """Scoped to the caller; a concern's also to its words, so that none is ever a repeat."""
        scoped = f"{self.by}/{self.id}"
        is_concern = isinstance(command, RaiseConcern)
        return f"{scoped}/{payload_hash(command)}" if is_concern else scoped


@dataclass(frozen=True, slots=True)
class Opening:
    """Under which policy and calendar a case is opened; it keeps its own copies (9).

    `who` says who the children are, as far as anybody has said; it never reaches the case.
    """

    pack: Pack
    calendar: Calendar
    who: Who = NOBODY
