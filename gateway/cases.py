"""Cases as every edge reaches them: open, submit, snapshot, available. Times are UTC."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import wire
from gateway.answers import Accepted, Busy, Conflict, Hidden, No, Spooled, Unavailable, refused
from gateway.engine import Ended, Engine
from gateway.facts import look_up
from gateway.ids import case_id_for
from gateway.recorded import Recorder
from gateway.spool import Spool
from readmodel.engine import Store, StoreUnavailable
from readmodel.vault import CaseKey, NoKey, Vault
from statemodel import (
    CURRENT_EDITION,
    Actor,
    Case,
    Context,
    Facts,
    Hat,
    Option,
    Pack,
    Refused,
    available,
    decide,
)
from statemodel.calendar import Calendar
from statemodel.commands import AnyCommand, IdentifyNeed, RaiseConcern
from statemodel.decide import WRONG_STATE
from statemodel.evolve import payload_hash
from statemodel.ledger import OTHER_PAYLOAD
from workflows.run_state import CaseRun, Submission

IN_FLIGHT = 8
STALE = "facts_stale"


@dataclass(frozen=True, slots=True)
class Opening:
    """Under which policy and calendar a case is opened; it keeps its own copies (9)."""

    pack: Pack
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, under which id; the same id asked again is answered once (decision 29)."""

    by: str
    id: str

    def command_id(self, command: AnyCommand) -> str:
        """Scoped to the caller; a concern's also to its words, so that none is ever a repeat."""
        scoped = f"{self.by}/{self.id}"
        words = isinstance(command, RaiseConcern)
        return f"{scoped}/{payload_hash(command)}" if words else scoped


@dataclass(frozen=True, slots=True)
class Gateway:
    """One a process. Everything it needs is given; `clock` says what time it is."""

    engine: Engine
    store: Store
    vault: Vault
    house: CaseKey
    spool: Spool
    clock: Callable[[], datetime]
    _in_flight: Counter[str] = field(default_factory=Counter)
    _episodes: dict[str, int] = field(default_factory=dict)

    @property
    def records(self) -> Recorder:
        return Recorder(self.store)

    async def open_case(
        self, command: IdentifyNeed, asking: Asking, opening: Opening
    ) -> Accepted:
        """Claim, make the key, start, and submit the first entry; safe to ask again (19)."""
        case_id = case_id_for(asking.command_id(command), self.house.secret)
        case = Case(case_id, opening.pack, opening.calendar, CURRENT_EDITION)
        now = self.clock()
        facts = await self._facts(asking.by, command, now)
        self._try_out(case, command, asking, facts)
        await self.records.claim(case_id, asking, now)
        key = await self.vault.make(case_id)
        await self.engine.start(CaseRun(case, key.secret, opening=case))
        accepted = await self.submit(case_id, command, asking)
        if isinstance(accepted, Spooled):
            raise Unavailable("the case was not opened; ask again with the same id")
        await self.records.started(case_id, self.clock())
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
        except (Unavailable, StoreUnavailable, NoKey) as error:
            if isinstance(command, RaiseConcern):
                return self.keep(case_id, command, asking)
            raise Unavailable(str(error)) from error
        except No as no:
            await self.records.refused(case_id, command, asking, no, self.clock())
            raise
        if wait and await self.records.has(case_id, accepted.version):
            return Accepted(case_id, accepted.version, recorded=True, repeat=accepted.repeat)
        return accepted

    def keep(self, case_id: str, command: RaiseConcern, asking: Asking) -> Spooled:
        """Write a concern to disk, encrypted; returns once the disk has it."""
        document = {
            "case_id": case_id,
            "command": wire.encode(command),
            "by": asking.by,
            "id": asking.id,
            "received_at": wire.encode(self.clock()),
        }
        receipt = case_id_for(asking.command_id(command), self.house.secret)
        self.spool.put(receipt, document)
        return Spooled(case_id, receipt)

    async def snapshot(self, case_id: str) -> Case:
        """Return the case as its run holds it; once ended, as the journal has it. Hidden if none."""
        try:
            return await self.engine.snapshot(await self._run_of(case_id))
        except Ended:
            return await self._from_journal(case_id)

    async def available(self, case_id: str, by: str) -> tuple[Option, ...]:
        """Return what this person may ask of the case now, and why not the rest."""
        case = await self.snapshot(case_id)
        now = self.clock()
        facts = await self._facts(by, RaiseConcern(), now)
        when = now + case.ahead
        return available(case, Context(when, when, Actor(Hat.PERSON, by), facts))

    async def _submitted(self, case_id: str, command: AnyCommand, asking: Asking) -> Accepted:
        received = await self._received(case_id, command, asking)
        async with self._counted(case_id):
            try:
                return await self._ask(case_id, command, asking, received)
            except No as no:
                if all(reason.code != STALE for reason in no.reasons):
                    raise
            return await self._ask(case_id, command, asking, received)  # afresh, with the same id

    async def _ask(
        self, case_id: str, command: AnyCommand, asking: Asking, received: datetime
    ) -> Accepted:
        facts = await self._facts(asking.by, command, self.clock())
        submission = Submission(
            command, Actor(Hat.PERSON, asking.by), asking.command_id(command), received, facts
        )
        document = wire.encode(submission)
        try:
            answer = await self.engine.submit(
                await self._run_of(case_id), document, asking.command_id(command)
            )
        except Ended:
            answer = await self._of_an_ended_case(case_id, command, asking, document)
        return Accepted(case_id, answer["version"], repeat=answer["repeat"])

    async def _of_an_ended_case(
        self, case_id: str, command: AnyCommand, asking: Asking, document: dict[str, Any]
    ) -> Any:
        """The run has ended: a concern begins the next episode, all else is too late (10)."""
        ended = await self._from_journal(case_id)
        if not isinstance(command, RaiseConcern):
            raise refused((WRONG_STATE.about(state=ended.stage.value),))
        key = await self.vault.make(case_id)
        following = replace(ended, episode=ended.episode + 1, edition=CURRENT_EDITION)
        await self.engine.start(CaseRun(following, key.secret))
        self._episodes[case_id] = following.episode
        return await self.engine.submit(
            await self._run_of(case_id), document, asking.command_id(command)
        )

    async def _from_journal(self, case_id: str) -> Case:
        self._episodes.pop(case_id, None)
        folded = await self.records.folded(self.vault, case_id)
        if folded is None:
            raise Hidden("there is no such case for you")
        return folded

    async def _received(self, case_id: str, command: AnyCommand, asking: Asking) -> datetime:
        """When it was first pressed, kept over retries (7); with the store down, now."""
        now, command_id = self.clock(), asking.command_id(command)
        try:
            first, same = await self.records.first_received(case_id, command, command_id, now)
        except StoreUnavailable:
            return now
        if not same:
            raise Conflict(reasons=(OTHER_PAYLOAD,))
        return first

    async def _facts(self, by: str, command: AnyCommand, now: datetime) -> Facts:
        try:
            return await look_up(self.store, by, command, now)
        except StoreUnavailable:
            if isinstance(command, RaiseConcern):
                return Facts(now)
            raise

    def _try_out(self, case: Case, command: AnyCommand, asking: Asking, facts: Facts) -> None:
        """Refuse an opening before anything is made for it."""
        by = Actor(Hat.PERSON, asking.by)
        answer = decide(case, command, Context(facts.as_of, facts.as_of, by, facts))
        if isinstance(answer, Refused):
            raise refused(answer.reasons)

    async def _run_of(self, case_id: str) -> str:
        if case_id not in self._episodes:
            try:
                self._episodes[case_id] = await self.records.episode(case_id)
            except StoreUnavailable:
                return f"{case_id}.1"
        return f"{case_id}.{self._episodes[case_id]}"

    @asynccontextmanager
    async def _counted(self, case_id: str) -> AsyncIterator[None]:
        """At most eight at once on one case; the engine takes ten and then says nothing (17)."""
        if self._in_flight[case_id] >= IN_FLIGHT:
            raise Busy("others are at this case; try again in a moment")
        self._in_flight[case_id] += 1
        try:
            yield
        finally:
            self._in_flight[case_id] -= 1
