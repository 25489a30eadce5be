"""Telling the story: cases opened and moved through the gateway, and what the clock then does."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from sqlalchemy import select

from cli.case_page import standing, status_words
from cli.gate import Counter
from cli.house import say
from cli.output import Listing
from cli.refusals import in_words
from cli.story import Step, Story, Told
from cli.submitting import opening_of
from config.explain import explain
from config.wording import Phrase, deadline, hint, label, phrase
from config.wording import say as say_reason
from gateway.answers import No
from gateway.asking import Asking
from readmodel.tables import record_entry
from statemodel import Case, Hat
from statemodel.commands import IdentifyNeed

LOOK: Final = 0.2  # seconds between two looks at the journal


class NotSeen(Exception):
    """What the story waits for did not happen in time: a fault of this machine's, or of ours."""

    exit_code = 1


@dataclass(slots=True)
class Telling:
    """The story as it is told: case ids by name, and the refusals met on the way."""

    at: Counter
    console: Console
    cases: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    _seen: set[tuple[str, int]] = field(default_factory=set)
    _happened: set[tuple[str, str]] = field(default_factory=set)

    async def tell(self, story: Story) -> None:
        """Take each case through its steps, then watch until what is waited for has happened.

        Raises NotSeen when it has not in the story's time.
        """
        for case in story.cases:
            await self._tell_case(case)
        self._say("\nWatching the clock.")
        try:
            async with asyncio.timeout(story.wait_seconds):
                await self._watch_for(story.wait_case, story.wait_entry)
        except TimeoutError:
            raise NotSeen(
                f"{story.wait_entry} has not happened within {story.wait_seconds} s: look at the "
                "workers' logs in the data folder (--data keeps it)"
            ) from None

    async def _tell_case(self, case: Told) -> None:
        self._say(f"\n{case.title}")
        for number, step in enumerate(case.steps):
            if step.says:
                self._say(f"  {step.says}")
            asking = Asking(step.by, f"demo-{case.name}-{number}")
            try:
                await self._take(case, step, asking)
            except No as no:
                self._refused(case, step, no)
            await self._report()
        held = await self.at.gateway.snapshot(self.cases[case.name])
        for owed in held.running[:1]:
            self._say(f"  Next: {deadline(owed, self.at.words)}")

    async def _take(self, case: Told, step: Step, asking: Asking) -> None:
        gateway = self.at.gateway
        command = step.command(gateway.clock())
        if isinstance(command, IdentifyNeed):
            opening = opening_of(self.at.settings, gateway.clock(), case.calendar)
            accepted = await gateway.open_case(command, asking, opening)
            self.cases[case.name] = accepted.case_id
            self._say(f"  Reference {await self.at.reference(accepted.case_id)}.")
            return
        await gateway.submit(self.cases[case.name], command, asking, wait=True)

    def _refused(self, case: Told, step: Step, no: No) -> None:
        codes = {reason.code for reason in no.reasons}
        if codes != set(step.refused):
            raise no
        words = self.at.words
        reasons = (in_words(say_reason(one, words, self.at.who)) for one in no.reasons)
        kind = label("command", step.document["kind"], words)
        head = f"{kind} ({case.title}). {phrase(Phrase.CANNOT_YET, words)}"
        self.refusals.append("\n".join((head, *reasons)))
        self._say(
            f"  Refused: {'; '.join(say_reason(r, words, self.at.who).says for r in no.reasons)}"
        )

    async def _watch_for(self, name: str, kind: str) -> None:
        while (self.cases[name], kind) not in self._happened:
            await asyncio.sleep(LOOK)
            await self._report()

    async def _report(self) -> None:
        """Print what the clock and the post have done since the last look."""
        table = record_entry.c
        question = select(table.case_id, table.version, table.kind, table.hat)
        async with self.at.gateway.store.reading() as connection:
            rows = (await connection.execute(question.order_by(table.recorded_at_utc))).all()
        for row in rows:
            if (row.case_id, row.version) in self._seen:
                continue
            self._seen.add((row.case_id, row.version))
            self._happened.add((row.case_id, row.kind))
            if row.hat != Hat.PERSON:
                await self._clock_did(row.case_id, row.kind)

    async def _clock_did(self, case_id: str, kind: str) -> None:
        reference = await self.at.reference(case_id)
        words = self.at.words
        self._say(f"{reference}  {label('command', kind, words)}. {hint(kind, words)}")

    def _say(self, text: str) -> None:
        say(self.console, text)


async def table(at: Counter, cases: dict[str, str]) -> Listing:
    """Return the story's one table: where each case stands, who has it, what is due and why."""
    rows = [await _row(at, title, case_id) for title, case_id in cases.items()]
    columns = ("case", "status", "responsible", "waits_on", "next_step", "due_and_why")
    return Listing(columns, rows)


async def _row(at: Counter, title: str, case_id: str) -> tuple[object, ...]:
    case = await at.gateway.snapshot(case_id)
    facts = await standing(at, case)
    return (
        f"{facts['reference']} {title}",
        status_words(at, case),
        facts.get("responsible", ""),
        facts.get("waits_on", ""),
        facts.get("next_step", ""),
        _why(at, case),
    )


def _why(at: Counter, case: Case) -> str:
    first = case.running[0] if case.running else None
    return explain(first.due) if first else phrase(Phrase.NOTHING_DUE, at.words)
