"""The law as people read it: who may ask what, from where to where, and what must hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from config.wording import label
from statemodel import CURRENT_EDITION, Actor, Context, Facts, Hat, PersonFacts, Role, Unmet, decide
from statemodel.attempt import Asked
from statemodel.authority import may
from statemodel.command import AnyCommand
from statemodel.law import MachineName, Row
from statemodel.machines import KINDS
from statemodel.people import CLOCK, POST
from statemodel.reasons import reasons_of
from statemodel.table import rows

Words = Mapping[str, str] | None
SOME_DAY: Final = datetime(2026, 1, 5, tzinfo=UTC)
ANYBODY: Final = "anybody"
STAYS: Final = "stays where it is"
LEFT_OUT_AT_MOST: Final = 2
NOWHERE: Final = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table in words; `where` says when it is this line and not another."""

    begins: str
    to: str
    where: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why not, and the numbers of the steps that ask for it, counted from one."""

    reason: Unmet
    steps: tuple[int, ...]


def law_of(command: type[AnyCommand]) -> tuple[Row, ...]:
    return rows(command, CURRENT_EDITION)


def who_may(command: type[AnyCommand], words: Words = None) -> tuple[str, ...]:
    """Return who may ask: the doorkeeper is asked for each role, for nobody known, and for Baton.

    Who may *agree* is a guard, and stands among what must hold.
    """
    stranger = Actor(Hat.PERSON, "p-stranger")
    if _lets(command, stranger, ()):
        return (ANYBODY,)
    roles = [role for role in Role if _lets(command, Actor(Hat.PERSON, "p-known"), (role,))]
    hats = [actor.hat for actor in (CLOCK, POST) if _lets(command, actor, ())]
    told = [label("role", role, words) for role in roles]
    return (*told, *(label("hat", hat, words) for hat in hats))


def _lets(command: type[AnyCommand], actor: Actor, roles: tuple[Role, ...]) -> bool:
    known = (PersonFacts(actor.id, "a-some", roles),) if roles else ()
    context = Context(SOME_DAY, SOME_DAY, actor, Facts(SOME_DAY, known))
    nobodys_case: Any = None  # who may ask has nothing to do with the case
    return may(Asked(nobodys_case, None, context, NOWHERE), command) is None


def steps(command: type[AnyCommand], words: Words = None) -> tuple[Step, ...]:
    """Return each line of the table for a command."""
    return tuple(
        Step(
            begins=_sources(row, words),
            to=_target(row, words),
            where=", ".join(when.__name__.strip("_").replace("_", " ") for when in row.when),
            rules=row.rules,
        )
        for row in law_of(command)
    )


def obstacles(command: type[AnyCommand]) -> tuple[Obstacle, ...]:
    """Return every reason why a command cannot be done yet, in the order they are asked for."""
    found: dict[Unmet, list[int]] = {}
    for number, row in enumerate(law_of(command), start=1):
        reasons = (reason for guard in (*row.asks, *row.needs) for reason in reasons_of(guard))
        for reason in dict.fromkeys(reasons):
            found.setdefault(reason, []).append(number)
    return tuple(Obstacle(reason, tuple(numbers)) for reason, numbers in found.items())


def before_anything_else() -> tuple[Unmet, ...]:
    """Return what is asked of every command before its own rules: who, which thing, when."""
    return reasons_of(decide)


def state_words(machine: MachineName, state: str, words: Words = None) -> str:
    group = "stage" if machine is MachineName.STAGE else f"{machine}_state"
    return label(group, state, words)


def machine_words(machine: MachineName, words: Words = None) -> str:
    """Return what a machine moves, like "proposal"; the case itself for the stage's."""
    return "case" if machine is MachineName.STAGE else label("thing", machine, words)


def _sources(row: Row, words: Words) -> str:
    named = [str(source) for source in row.source]
    others = [state.value for state in KINDS[row.machine].states if state.value not in named]
    if len(named) > LEFT_OUT_AT_MOST >= len(others):
        return f"any but {_listed(row.machine, others, words)}"
    return _listed(row.machine, named, words)


def _target(row: Row, words: Words) -> str:
    own = STAYS if row.to is None else state_words(row.machine, row.to, words)
    along = (
        f"{_listed(MachineName.STAGE, also.source, words)} → "
        f"{state_words(MachineName.STAGE, also.to, words)}"
        for also in row.also
    )
    return "; with it the case: ".join((own, *along))


def _listed(machine: MachineName, states: Any, words: Words) -> str:
    return ", ".join(state_words(machine, str(state), words) for state in states)
