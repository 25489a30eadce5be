"""Runs every guard of a row, keeps every reason, and says which of them stop this asking."""

from typing import Any

from statemodel.attempt import Asked
from statemodel.command import Automatic, Command
from statemodel.law import Row
from statemodel.refusal import Strength, Unmet


def judge(asked: Asked[Any], row: Row) -> bool:
    """Return whether the row may be taken; leave its reasons and departures on `asked`."""
    found = (guard(asked) for guard in (*row.asks, *row.needs))
    unmet = tuple(reason for reason in found if reason is not None)
    asked.row = row
    asked.unmet = tuple(reason for reason in unmet if stops(asked, reason))
    asked.departures = tuple(reason for reason in unmet if not stops(asked, reason))
    return not asked.unmet


def stops(asked: Asked[Any], reason: Unmet) -> bool:
    """Nonsense stops everything; a rule stops an ask, but not the record of a fact (D6, D17)."""
    command = asked.command
    if reason.strength is Strength.SENSE or isinstance(command, Automatic):
        return True
    if isinstance(command, Command) and command.recorded is not None:
        return False
    if reason.strength is Strength.STOP or reason.code in asked.case.pack.raised:
        return True
    return not (command and command.because and command.because.strip())
