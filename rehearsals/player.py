"""Plays rehearsals step by step on an engine, one case after another, and tells how each went."""

from base64 import b32encode
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from config.explain import WEEKDAYS
from rehearsals.cast import name_of
from rehearsals.engine import Answer, Engine, Played, Sight, Stopped
from rehearsals.expectations import Since, unlike
from rehearsals.model import ModelEngine
from rehearsals.rehearsal import Asking, Failure, Outcome, Rehearsal, Step
from rehearsals.soundness import Unsound, unsound
from rehearsals.steps import Given
from statemodel import CURRENT_EDITION, Case
from statemodel.calendar import local
from statemodel.commands import AnyCommand
from statemodel.law import MachineName
from statemodel.machines import KINDS
from statemodel.planning import Action
from statemodel.things import Lead, Task

SECRET = "rehearsal"  # noqa: S105 - nothing real stands in these cases
EngineName = Literal["model", "temporal"]
Told = Callable[[Outcome], None]


async def play(
    rehearsals: Sequence[Rehearsal],
    engine: EngineName,
    *,
    told: Told,
    histories: Path | None = None,
) -> list[Outcome]:
    """Play each rehearsal from its first step to its last; `told` hears of each as it ends.

    The real engine's histories are kept in the folder `histories`, by workflow id, if one is given.
    Each case stands on one clock, that of its steps, and time passes only between them. A case is
    over before the next begins, so that none waits while another is dealt with.
    """
    outcomes: list[Outcome] = []
    again: Counter[str] = Counter()
    async with _engine(engine, histories) as running:
        for rehearsal in rehearsals:
            again[rehearsal.path.name] += 1
            name = case_id(f"{rehearsal.path.name}/{again[rehearsal.path.name]}")
            outcomes.append(await _Playing(rehearsal, running).play(name))
            told(outcomes[-1])
    return outcomes


def case_id(name: str) -> str:
    """Return a case's id made from a name: the same file has the same id everywhere."""
    return "c" + b32encode(sha256(name.encode()).digest()[:16]).decode().rstrip("=").lower()


@asynccontextmanager
async def _engine(name: EngineName, histories: Path | None) -> AsyncIterator[Engine]:
    if name == "model":
        yield ModelEngine()
        return
    from rehearsals.temporal import temporal_engine  # noqa: PLC0415 - the model needs no server

    async with temporal_engine(histories) as engine:
        yield engine


class _Playing:
    """One rehearsal under way: what was asked, what was seen, and what was not as it should be."""

    def __init__(self, rehearsal: Rehearsal, engine: Engine) -> None:
        self._rehearsal, self._engine = rehearsal, engine
        self._given = Given(rehearsal.calendar, {}, ())
        self._asked: dict[str, AnyCommand] = {}
        self._answers: dict[str, int] = {}
        self._failures: list[Failure] = []
        self._transcript: list[str] = []

    async def play(self, name: str) -> Outcome:
        began = perf_counter()
        first = self._rehearsal.steps[0]
        try:
            case = Case(name, self._rehearsal.pack, self._rehearsal.calendar, CURRENT_EDITION)
            await self._steps(await self._engine.open(case, SECRET, first.at))
        except (Stopped, Unsound) as error:
            self._fail(self._rehearsal.steps[-1], (), str(error))
        return Outcome(
            self._rehearsal.path,
            self._rehearsal.title,
            not self._failures,
            tuple(self._failures),
            perf_counter() - began,
            tuple(self._transcript),
        )

    async def _steps(self, played: Played) -> None:
        """Play until a step fails: what comes after it would only fail because of it."""
        step = self._rehearsal.steps[0]
        for step in self._rehearsal.steps:
            try:
                await self._step(step, played)
            except (Stopped, Unsound) as error:
                self._fail(step, (), str(error))
            if self._failures:
                break
        for wrong in await played.finish():
            self._fail(step, (), wrong)

    async def _step(self, step: Step, played: Played) -> None:
        before = await played.look()
        await played.pass_to(step.at, restart_worker=step.restart_worker)
        came = await played.look()
        if step.asking:
            asking = self._whole(step.asking, came.case)
            answer = await played.ask(asking)
            self._transcript.append(self._line(step, asking, answer))
            seen = await played.look()
            self._check_answer(step, asking, answer, seen.case.version - came.case.version)
            self._check_departures(step, seen, answer)
        else:
            seen = came
        self._transcript.extend(_happened(before, seen))
        self._check(step, Since(seen, len(before.entries), len(before.told), self._given.moment))

    def _whole(self, asking: Asking, case: Case) -> Asking:
        """Fill in the newest thing where the file names none; asked again, as it was asked."""
        command = asking.command
        earlier = self._asked.get(asking.id)
        source: Any = earlier if type(earlier) is type(command) else _newest(asking, case)
        filled: dict[str, Any] = {name: getattr(source, name) for name in asking.newest if source}
        whole = replace(asking, command=replace(command, **filled))
        self._asked.setdefault(asking.id, whole.command)
        return whole

    def _check_answer(self, step: Step, asking: Asking, answer: Answer, grown: int) -> None:
        if sorted(answer.refused) != sorted(step.refused):
            self._fail(step, ("refused",), _unlike_answer(answer, step.refused))
        elif answer.refused and grown:
            self._fail(step, ("refused",), f"refused, and yet {grown} entries were made")
        elif answer.repeat != step.repeat:
            known = "was asked before" if answer.repeat else "was answered as if never asked"
            self._fail(step, ("repeat",), f"{known}: entry {answer.version}")
        elif step.repeat and answer.version != self._answers.get(asking.id):
            self._fail(step, ("repeat",), f"another answer than before: entry {answer.version}")
        elif not answer.refused:
            self._answers.setdefault(asking.id, answer.version)

    def _check_departures(self, step: Step, seen: Sight, answer: Answer) -> None:
        if answer.refused or answer.repeat:
            return
        entry = next(entry for entry in seen.entries if entry.version == answer.version)
        codes = sorted(unmet.code for unmet in entry.departures)
        if codes != sorted(step.departs):
            says = f"departs from {codes or 'no rule'}, not {sorted(step.departs) or 'any'}"
            self._fail(step, ("departs",), says)

    def _check(self, step: Step, since: Since) -> None:
        for wrong in unsound(since.sight.case):
            if since.sight.entries:
                self._fail(step, (), wrong)
        for name, wanted in step.expect:
            for wrong in unlike(since, name, wanted):
                self._fail(step, ("expect", name), wrong)

    def _fail(self, step: Step, path: tuple[str, ...], says: str) -> None:
        line = self._rehearsal.lines.of(("step", step.number, *path))
        self._failures.append(Failure(line, says))

    def _line(self, step: Step, asking: Asking, answer: Answer) -> str:
        at = local(self._rehearsal.calendar, step.at)
        came = f"refused: {', '.join(answer.refused)}" if answer.refused else "accepted"
        if answer.repeat:
            came = f"asked before, entry {answer.version}"
        day = f"{WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}"
        return f"{day}  {asking.by.id} asks {asking.command.kind}: {came}"


def _newest(asking: Asking, case: Case) -> Any:
    """Return the command as it names the newest thing of its kind, or the one it names itself."""
    command = asking.command
    things = _of_its_kind(command.thing, case)
    if command.thing not in asking.newest:
        things = tuple(one for one in things if one.id == getattr(command, command.thing or ""))
    if not things or command.thing is None:
        return None
    named: dict[str, Any] = {command.thing: things[-1].id}
    if hasattr(command, "seen"):
        named["seen"] = things[-1].version
    return replace(command, **named)


def _of_its_kind(thing: str | None, case: Case) -> tuple[Any, ...]:
    """Return what a command may be about, the newest last: what is open, whoever leads now."""
    if thing == Task.kind:
        return case.open_tasks
    if thing == Lead.kind:
        leads = case.every(Lead)
        return tuple(lead for lead in leads if lead.current) or leads
    if thing == Action.kind:
        actions = case.every(Action)
        return tuple(action for action in actions if action.live) or actions
    return case.every(KINDS[MachineName(thing)].thing or object) if thing else ()


def _unlike_answer(answer: Answer, wanted: tuple[str, ...]) -> str:
    if not answer.refused:
        return f"accepted as entry {answer.version}, not refused: {', '.join(wanted)}"
    refused = f"refused: {', '.join(answer.refused)}"
    return f"{refused}; not {', '.join(wanted)}" if wanted else f"{refused}; not accepted"


def _happened(before: Sight, seen: Sight) -> Iterator[str]:
    """Yield a line for each entry and each message that were not there before."""
    for entry in seen.entries[len(before.entries) :]:
        at = local(seen.case.calendar, entry.at)
        events = ", ".join(event.kind for event in entry.events)
        yield f"  entry {entry.version} at {at:%Y-%m-%d %H:%M} by {entry.by.id}: {events}"
    for message in seen.told[len(before.told) :]:
        yield f"  {name_of(message.to)} is told {message.purpose}"
