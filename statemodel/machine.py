"""The one place that knows `transitions`: flat machines made from the table, a condition a row."""

from functools import cache, partial
from typing import Any

from transitions import EventData, Machine, MachineError

from statemodel.attempt import Asked
from statemodel.judge import judge
from statemodel.law import MachineName, Row
from statemodel.machines import KINDS
from statemodel.table import TABLE


def fire(asked: Asked[Any], name: MachineName) -> bool:
    """Move `asked` along its machine; False when refused or no row is chosen, reasons on `asked`.

    Raises LookupError where the table has no row from this state.
    """
    try:
        return bool(_machine(name, asked.case.edition).events[asked.command.kind].trigger(asked))
    except MachineError:
        raise LookupError(asked.state) from None


@cache
def _machine(name: MachineName, edition: int) -> Machine:
    """Shared by every case and thread: flat, without models, callbacks or automatic moves."""
    mine = [row for row in TABLE if row.machine is name and row.holds_in(edition)]
    return Machine(
        model=None,
        states=[state.value for state in KINDS[name].states],
        initial=None,
        auto_transitions=False,
        send_event=True,
        transitions=[
            {
                "trigger": row.command.kind,
                "source": [str(source) for source in row.source],
                "dest": None if row.to is None else str(row.to),
                "conditions": [partial(_holds, row)],
            }
            for row in mine
        ],
    )


def _holds(row: Row, step: EventData) -> bool:
    """Selectors choose silently; then every guard is run, and every reason kept."""
    asked = step.model
    assert isinstance(asked, Asked)
    return all(chosen(asked) for chosen in row.when) and judge(asked, row)
