"""One asking of one question: may this be done to this case, now?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from statemodel.case import Case
from statemodel.command import Command
from statemodel.people import Actor, Facts, PersonFacts
from statemodel.refusal import Unmet
from statemodel.things import Thing

C_co = TypeVar("C_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Context:
    """Everything decide may not look up itself: time (UTC), actor, facts, the case's secret."""

    now: datetime
    received_at: datetime
    by: Actor
    facts: Facts
    command_id: str = ""
    secret: str = ""


@dataclass(slots=True)
class Asked(Generic[C_co]):
    """The model that `transitions` moves; thrown away once it has answered.

    `command` is absent while `available` asks what could be done without filling in a form.
    """

    case: Case
    command: C_co
    context: Context
    state: str
    thing: Thing | None = None
    row: Any = None
    unmet: tuple[Unmet, ...] = ()
    departures: tuple[Unmet, ...] = ()

    @property
    def version(self) -> int:
        """The version the entry will have; things born in it carry it in their names."""
        return self.case.version + 1

    @property
    def happened_at(self) -> datetime:
        """When it happened: as recorded, else when it was pressed (decision 7; D18, D34)."""
        if isinstance(self.command, Command) and self.command.recorded:
            return self.command.recorded.happened_at
        return self.context.received_at

    @property
    def actor(self) -> PersonFacts | None:
        return self.context.facts.of(self.context.by.id)

    @property
    def answers_for(self) -> str:
        """Whose answer this is: the actor's own, or that of the person it is recorded for."""
        recorded = self.command.recorded if isinstance(self.command, Command) else None
        return recorded.on_behalf_of if recorded and recorded.on_behalf_of else self.context.by.id
