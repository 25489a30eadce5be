"""What may be done now, to which thing, or why not: every command, every reason (decision 3)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from statemodel.attempt import Asked, Context
from statemodel.authority import may
from statemodel.case import Case
from statemodel.command import AnyCommand, Automatic
from statemodel.decide import wrong_state
from statemodel.law import MachineName, Row
from statemodel.machines import KINDS
from statemodel.pathway.passing_on import TakeOver, there_is_a_case_to_take_over
from statemodel.pathway.tasks import the_task_is_theirs
from statemodel.refusal import Strength, Unmet
from statemodel.table import COMMANDS, rows
from statemodel.things import Task, Thing


@dataclass(frozen=True, slots=True)
class Option:
    """One command, on one thing where it needs one; `why_not` empty means a form may be tried.

    `asks_why` are recommendations that are not met: it goes ahead with a reason.
    """

    v: ClassVar[int] = 1
    command: str
    thing: str
    seen: int
    why_not: tuple[Unmet, ...]
    asks_why: tuple[Unmet, ...] = ()


def available(case: Case, context: Context) -> tuple[Option, ...]:
    """Return each command a person could ask of this case, allowed or with every reason why not."""
    found: list[Option] = []
    for command in COMMANDS.values():
        if not issubclass(command, Automatic):
            found.extend(_options(case, command, context))
    return tuple(found)


def _options(case: Case, command: type[AnyCommand], context: Context) -> list[Option]:
    law = rows(command, case.edition)
    if not law:
        return []
    if command.thing is None:
        state = case.stage.value if law[0].machine is MachineName.STAGE else "none"
        return [_option(Asked(case, None, context, state), command, law)]
    kind = KINDS[MachineName(command.thing)].thing
    things: tuple[Any, ...] = case.every(kind or object)
    live = (thing for thing in things if thing.live)
    asked = (Asked(case, None, context, thing.state.value, thing) for thing in live)
    shown = (each for each in asked if _is_meant(each, command) and _may_be_shown(each))
    return [_option(each, command, law) for each in shown]


def _is_meant(asked: Asked[Any], command: type[AnyCommand]) -> bool:
    """Taking over is said of what was passed on, not of every task there is."""
    return command is not TakeOver or there_is_a_case_to_take_over(asked) is None


def _may_be_shown(asked: Asked[Any]) -> bool:
    """A task is not even named to those it is kept from (practice D3)."""
    task = asked.thing
    if not isinstance(task, Task):
        return True
    hidden = task.private or asked.context.by.id in task.not_to
    return not hidden or the_task_is_theirs(asked) is None


def _option(asked: Asked[Any], command: type[AnyCommand], law: tuple[Row, ...]) -> Option:
    thing: Thing | None = asked.thing
    name, seen = (thing.id, getattr(thing, "version", 0)) if thing else ("", 0)
    reasons = _reasons(asked, command, law)
    why = tuple(reason for reason in reasons if not _only_asks_why(asked, reason))
    asks_why = tuple(reason for reason in reasons if _only_asks_why(asked, reason))
    return Option(command.kind, name, seen, why, asks_why)


def _only_asks_why(asked: Asked[Any], reason: Unmet) -> bool:
    return reason.strength is Strength.ASK_WHY and reason.code not in asked.case.pack.raised


def _reasons(
    asked: Asked[Any], command: type[AnyCommand], law: tuple[Row, ...]
) -> tuple[Unmet, ...]:
    """Rows are told apart by the form where selectors read it, so the easiest row answers."""
    refusal = may(asked, command)
    from_here = [row for row in law if asked.state in [str(source) for source in row.source]]
    if not from_here:
        return tuple(r for r in (refusal, wrong_state(asked)) if r)
    answers = [_asks(asked, row) for row in from_here]
    easiest = min(answers, key=len)
    return tuple(r for r in (refusal, *easiest) if r)


def _asks(asked: Asked[Any], row: Row) -> tuple[Unmet, ...]:
    found = (guard(asked) for guard in row.asks)
    return tuple(reason for reason in found if reason)
