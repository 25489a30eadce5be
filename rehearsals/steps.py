"""The steps of a file: who asks what and when, and how things are to stand then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from rehearsals.cast import People, is_holder, known_people, unknown
from rehearsals.checking import Wrong, near
from rehearsals.commands import left_out, people_in, read_command
from rehearsals.form import EXPECT, POST
from rehearsals.lines import Path
from rehearsals.rehearsal import Asking, Step
from statemodel import Actor, Facts, Hat, PersonFacts
from statemodel.calendar import Calendar, covers, instant, local, utc
from statemodel.commands import COMMANDS, ReportUndelivered
from statemodel.people import POST as THE_POST
from statemodel.things import DeadlineKind

Document = dict[str, Any]

ASKING_ONLY: Final = ("refused", "departs", "id", "repeat", "received_at", "facts")


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says before its first step."""

    calendar: Calendar
    people: People
    known: tuple[PersonFacts, ...]

    def moment(self, written: datetime) -> datetime:
        """Return the instant in UTC; without an offset it is local time of the calendar."""
        if written.tzinfo is not None:
            return utc(written)
        at = instant(self.calendar, written.date(), written.time().replace(microsecond=0))
        return at + timedelta(microseconds=written.microsecond)


def wrong_with_steps(steps: list[Document], given: Given) -> Iterator[Wrong]:
    """Yield whatever a step says that its form allows and sense does not."""
    before: datetime | None = None
    asked: dict[str, str] = {}
    for number, step in enumerate(steps):
        at = given.moment(step["at"])
        for path, says in (
            *_wrong_time(at, before, given),
            *_wrong_asking(step, given),
            *_wrong_id(step, number, asked),
            *_wrong_expectations(step.get("expect", {}), given),
        ):
            yield ("step", number, *path), says
        before = max(at, before or at)


def _wrong_time(at: datetime, before: datetime | None, given: Given) -> Iterator[Wrong]:
    if before and at < before:
        yield ("at",), "is earlier than the step before it"
    if not covers(given.calendar, local(given.calendar, at).date()):
        yield ("at",), f"is outside the calendar {given.calendar.id}"


def _wrong_asking(step: Document, given: Given) -> Iterator[Wrong]:
    kinds = sorted(COMMANDS.keys() & step)
    if not kinds:
        for needless in [name for name in ("by", *ASKING_ONLY) if name in step]:
            yield (needless,), f"{needless} is said of an asking, and nothing is asked here"
        return
    if len(kinds) > 1:
        yield (kinds[1],), f"one command a step: {', '.join(kinds)}"
    yield from _wrong_actor(step, kinds[0], given)
    for path, name in _people(step, kinds[0]):
        if name not in given.people:
            yield path, unknown(name, given.people)


def _people(step: Document, kind: str) -> Iterator[tuple[Path, str]]:
    """Yield everybody who is named in what is asked, and in the facts that come with it."""
    yield from (((kind, *path), name) for path, name in people_in(step[kind]))
    for name in step.get("facts", {}).get("people", {}):
        yield ("facts", "people", name), name


def _wrong_actor(step: Document, kind: str, given: Given) -> Iterator[Wrong]:
    by = step.get("by")
    if by is None:
        yield (), f"{kind}: by is missing: say who asks"
    elif by == POST and kind != ReportUndelivered.kind:
        yield ("by",), f"post says only {ReportUndelivered.kind}"
    elif by != POST and by not in given.people:
        yield ("by",), unknown(by, given.people)


def _wrong_id(step: Document, number: int, asked: dict[str, str]) -> Iterator[Wrong]:
    name = _id(step, number)
    if step.get("repeat") and name not in asked:
        yield ("repeat",), f"nothing was asked before under the id {name!r}"
    if step.get("repeat") and "refused" in step:
        yield ("repeat",), "is either repeated or refused"
    asked.setdefault(name, name)


def _id(step: Document, number: int) -> str:
    return f"{step.get('by')}/{step.get('id', f'step-{number + 1}')}"


def _wrong_expectations(expect: Document, given: Given) -> Iterator[Wrong]:
    for path, name in _holders(expect):
        if not is_holder(name, given.people):
            yield ("expect", *path), unknown(name, given.people)
    for kind in expect.get("deadlines", {}):
        if kind not in {*DeadlineKind}:
            says = f"{kind} is no kind of deadline{near(kind, DeadlineKind)}"
            yield ("expect", "deadlines", kind), says


def _holders(expect: Document) -> Iterator[tuple[Path, str]]:
    for name, form in EXPECT["properties"].items():
        if name in expect and form.get("format") == "holder":
            yield (name,), expect[name]
    for name in ("told", "told_includes"):
        for place, told in enumerate(expect.get(name, ())):
            yield (name, place, "to"), told["to"]
    yield from (
        (("not_told", place), name) for place, name in enumerate(expect.get("not_told", ()))
    )
    for table in ("lead", "cover"):
        yield from (((table, child), name) for child, name in expect.get(table, {}).items())


def read_steps(steps: list[Document], given: Given) -> Iterator[Step]:
    """Yield the steps of a file in which nothing is wrong."""
    for number, step in enumerate(steps):
        yield Step(
            number=number,
            at=given.moment(step["at"]),
            asking=_asking(step, number, given),
            refused=tuple(step.get("refused", ())),
            departs=tuple(step.get("departs", ())),
            repeat=step.get("repeat", False),
            restart_worker=step.get("restart_worker", False),
            expect=tuple(step.get("expect", {}).items()),
        )


def _asking(step: Document, number: int, given: Given) -> Asking | None:
    kind = next(iter(COMMANDS.keys() & step), None)
    if kind is None:
        return None
    at = given.moment(step["at"])
    received = given.moment(step["received_at"]) if "received_at" in step else at
    return Asking(
        command=read_command(kind, step[kind], given.moment),
        by=THE_POST if step["by"] == POST else Actor(Hat.PERSON, step["by"]),
        id=_id(step, number),
        received_at=received,
        facts=_facts(step.get("facts", {}), at, given),
        newest=left_out(kind, step[kind]),
    )


def _facts(told: Document, at: datetime, given: Given) -> Facts:
    as_of = given.moment(told["as_of"]) if "as_of" in told else at
    differs: dict[str, Document] = told.get("people", {})
    if not differs:
        return Facts(as_of, given.known)
    merged = {name: {**given.people[name], **differs.get(name, {})} for name in given.people}
    return Facts(as_of, known_people(merged))
