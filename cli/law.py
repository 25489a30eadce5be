"""The law as people read it: who may ask what, from where to where, and what must hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cli.output import Listing
from config.wording import hint, label, say
from statemodel import CURRENT_EDITION, Actor, Context, Facts, Hat, PersonFacts, Role, Unmet, decide
from statemodel.attempt import Asked
from statemodel.authority import may
from statemodel.command import AnyCommand
from statemodel.describe import describe
from statemodel.law import MachineName, Row
from statemodel.machines import KINDS
from statemodel.people import CLOCK, POST
from statemodel.reasons import reasons_of
from statemodel.table import COMMANDS
from statemodel.table import rows as law_rows

Words = Mapping[str, str] | None
SOME_DAY: Final = datetime(2026, 1, 5, tzinfo=UTC)
ANYBODY: Final = "anybody"
STAYS: Final = "stays where it is"
MANY: Final = 3
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
    return law_rows(command, CURRENT_EDITION)


def who_may(command: type[AnyCommand], words: Words = None) -> str:
    """Return who may ask: the doorkeeper is asked for each role, for nobody known, and for Baton.

    Who may *agree* is a guard, and stands among what must hold.
    """
    if _lets(command, Actor(Hat.PERSON, "p-stranger"), ()):
        return ANYBODY
    roles = [role for role in Role if _lets(command, Actor(Hat.PERSON, "p-known"), (role,))]
    hats = [label("hat", actor.hat) for actor in (CLOCK, POST) if _lets(command, actor, ())]
    every = {role.value: label("role", role, words) for role in Role}
    return _named([role.value for role in roles], every) if roles else ", ".join(hats)


def _lets(command: type[AnyCommand], actor: Actor, roles: tuple[Role, ...]) -> bool:
    known = (PersonFacts(actor.id, "a-some", roles),) if roles else ()
    context = Context(SOME_DAY, SOME_DAY, actor, Facts(SOME_DAY, known))
    nobodys_case: Any = None  # who may ask has nothing to do with the case
    return may(Asked(nobodys_case, None, context, NOWHERE), command) is None


def steps(command: type[AnyCommand], words: Words = None) -> tuple[Step, ...]:
    """Return each line of the table for a command."""
    return tuple(
        Step(
            begins=_listed(row.machine, row.source, words),
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


def glance(words: Words = None) -> Listing:
    """Return every command with who may ask it, from where and to where."""
    rows = []
    for kind, command in COMMANDS.items():
        law = law_of(command)
        sources = [source for row in law for source in row.source]
        begins = _listed(law[0].machine, sources, words)
        to = "; ".join(dict.fromkeys(_target(row, words) for row in law))
        rows.append((kind, label("command", kind, words), who_may(command, words), begins, to))
    return Listing(("kind", "in_words", "who_may_ask", "from", "to"), rows)


def told(reason: Unmet, words: Words = None) -> dict[str, str]:
    """Return a reason in the words people see, with how strong it is and whose rule."""
    said = say(reason, words)
    return {
        "cannot_be_done_yet_because": said.says,
        "what_helps": said.remedy,
        "how_strong": label("strength", reason.strength, words),
        "whose_rule": said.because_of,
        "rules": ", ".join(reason.rules),
    }


def document(command: type[AnyCommand], words: Words = None) -> dict[str, Any]:
    """Return the whole law of one command as a plain document."""
    return {
        "kind": command.kind,
        "in_words": label("command", command.kind, words),
        "what_it_does": hint(command.kind, words),
        "who_may_ask": who_may(command, words),
        "rules": ", ".join(describe(command).rules),
        "steps": [
            {"from": one.begins, "to": one.to, "when": one.where, "rules": ", ".join(one.rules)}
            for one in steps(command, words)
        ],
        "what_must_hold": [told(one.reason, words) for one in obstacles(command)],
    }


def state_words(machine: MachineName, state: str, words: Words = None) -> str:
    group = "stage" if machine is MachineName.STAGE else f"{machine}_state"
    return label(group, state, words)


def machine_words(machine: MachineName, words: Words = None) -> str:
    """Return what a machine moves, like "proposal"; the case itself for the stage's."""
    return "case" if machine is MachineName.STAGE else label("thing", machine, words)


def _target(row: Row, words: Words) -> str:
    own = STAYS if row.to is None else state_words(row.machine, row.to, words)
    along = (
        f"{_listed(MachineName.STAGE, also.source, words)} → "
        f"{state_words(MachineName.STAGE, also.to, words)}"
        for also in row.also
    )
    return "; with it the case: ".join((own, *along))


def _listed(machine: MachineName, states: Iterable[str], words: Words) -> str:
    every = {state.value: state_words(machine, state, words) for state in KINDS[machine].states}
    return _named([str(state) for state in states], every)


def _named(codes: list[str], every: dict[str, str]) -> str:
    """Return codes in words and in order; where they are nearly all, those that are not."""
    left_out = [told for code, told in every.items() if code not in codes]
    if len(codes) > MANY and len(left_out) < MANY:
        return f"any but {', '.join(left_out)}" if left_out else "any"
    return ", ".join(told for code, told in every.items() if code in codes)
