"""Cases as every edge reaches them: open, submit, snapshot, available. Times are UTC."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import wire
from gateway.answers import (
    Accepted,
    Busy,
    Hidden,
    No,
    Spooled,
    Unavailable,
    Unknown,
    refused,
)
from gateway.asking import Asking, Opening
from gateway.engine import ALL_TRIES, Ended, Engine
from gateway.episodes import Episodes
from gateway.ids import case_id_for
from gateway.in_flight import InFlight
from gateway.keeping import keep
from gateway.matching import Asker, Matching
from gateway.opening import made_ready
from gateway.records import Records
from gateway.spool import Spool
from gateway.stamps import guard_opening
from readmodel.engine import Store, StoreUnavailable
from readmodel.vault import CaseKey, NoKey, Vault
from statemodel import (
    CURRENT_EDITION,
    Actor,
    Case,
    Context,
    Hat,
    Option,
    available,
)
from statemodel.commands import AnyCommand, IdentifyNeed, RaiseConcern
from statemodel.decide import WRONG_STATE
from workflows.run_state import CaseRun, Submission

STALE = "facts_stale"
CONCERN_PATIENCE = timedelta(seconds=5)  # after that it is kept on disk, and whom to phone is said
MOST_EPISODES = 3
WORLDS_ERRORS = (Unavailable, StoreUnavailable, Unknown, Busy)

__all__ = ["Asking", "Gateway", "Opening"]


@dataclass(frozen=True, slots=True)
class Gateway:
    """One a process; everything it needs is given, `clock` says what time it is."""

    engine: Engine
    store: Store
    vault: Vault
    house: CaseKey
    spool: Spool
    clock: Callable[[], datetime]
    records: Records
    episodes: Episodes
    demonstration: bool = False
    in_flight: InFlight = field(default_factory=InFlight)

    async def open_case(
        self, command: IdentifyNeed, asking: Asking, opening: Opening, *, wait: bool = False
    ) -> Accepted:
        """Claim, make the key, start, and submit the first entry; safe to ask again (19)."""
        guard_opening(opening, demonstration=self.demonstration)
        command_id = asking.command_id(command)
        case_id = case_id_for(command_id, self.house.secret)
        if known := await self.records.version(case_id, command_id):
            return Accepted(case_id, known, recorded=True, repeat=True)
        case = Case(case_id, opening.pack, opening.calendar, CURRENT_EDITION)
        asker = Asker(asking.by, self.clock())
        question = Matching(self.store, self.vault, opening.pack.authority, asker)
        command = await made_ready(self.records, question, case, command, opening.who)
        key = await self.vault.make(case_id)
        await self.engine.start(CaseRun(case, key.secret, opening=case))
        await self.records.started(case_id, self.clock())
        accepted = await self.submit(case_id, command, asking, wait=wait)
        assert isinstance(accepted, Accepted), "only a concern is ever spooled"
        return accepted

    async def submit(
        self, case_id: str, command: AnyCommand, asking: Asking, *, wait: bool = False
    ) -> Accepted | Spooled:
        """Forward a command; `wait` at most two seconds for the journal to have it (15).

        Raises every kind of No, and Unavailable. A concern is never lost: with store or engine down
        it is kept on disk, and delivered when they return (practice D1).
        """
        try:
            accepted = await self._submitted(case_id, command, asking)
        except WORLDS_ERRORS as error:
            if isinstance(command, RaiseConcern):
                return self.keep(case_id, command, asking)
            if isinstance(error, No):
                raise
            raise Unavailable(str(error)) from error
        except No as no:
            await self.records.refused(case_id, command, asking, no, self.clock())
            raise
        recorded = wait and await self.records.has(case_id, asking.command_id(command))
        return replace(accepted, recorded=accepted.recorded or recorded)

    def keep(self, case_id: str, command: RaiseConcern, asking: Asking) -> Spooled:
        """Write a concern to disk, encrypted; returns once the disk has it."""
        return keep(self.spool, self.house, case_id, command, asking)

    async def snapshot(self, case_id: str) -> Case:
        """Return the case as its run holds it; once ended, as the journal has it; else Hidden."""
        try:
            return await self.engine.snapshot(await self.episodes.run_of(case_id))
        except (Ended, NoKey):
            return await self.episodes.folded(case_id)

    async def available(self, case_id: str, by: str) -> tuple[Option, ...]:
        """Return what this person may ask of the case now, and why not the rest."""
        case = await self.snapshot(case_id)
        facts = await self.records.facts(by, RaiseConcern(), self.clock())
        when = self.clock() + case.ahead
        return available(case, Context(when, when, Actor(Hat.PERSON, by), facts))

    async def _submitted(self, case_id: str, command: AnyCommand, asking: Asking) -> Accepted:
        received, again = await self.records.received(case_id, command, asking, self.clock())
        known = await self.records.version(case_id, asking.command_id(command)) if again else None
        if known:
            return Accepted(case_id, known, recorded=True, repeat=True)
        with self.in_flight.at(case_id):
            try:
                done = await self._ask(case_id, command, asking, received)
            except No as no:
                if all(reason.code != STALE for reason in no.reasons):
                    raise
                done = await self._ask(case_id, command, asking, received)  # afresh, the same id
        return replace(done, repeat=done.repeat or again)  # within a run the engine answers itself

    async def _ask(
        self, case_id: str, command: AnyCommand, asking: Asking, received: datetime
    ) -> Accepted:
        facts = await self.records.facts(asking.by, command, self.clock())
        command_id = asking.command_id(command)
        by = Actor(Hat.PERSON, asking.by)
        document = wire.encode(Submission(command, by, command_id, received, facts))
        try:
            answer = await self._answer(case_id, command, document, command_id)
        except NoKey:
            raise Hidden("there is no such case for you") from None
        return Accepted(case_id, answer["version"], repeat=answer["repeat"])

    async def _answer(
        self, case_id: str, command: AnyCommand, document: dict[str, Any], command_id: str
    ) -> Any:
        """Ask the newest run; where it has ended a concern begins the next episode (10)."""
        concern = isinstance(command, RaiseConcern)
        patience = CONCERN_PATIENCE if concern else ALL_TRIES
        run = await self.episodes.run_of(case_id)
        for _ in range(MOST_EPISODES):
            try:
                return await self.engine.submit(run, document, command_id, patience)
            except Ended:
                run = await self.episodes.after(case_id, run)
                if concern:
                    await self.episodes.begin(run)
        ended = await self.episodes.folded(case_id)
        raise refused((WRONG_STATE.about(state=ended.stage.value),))
