"""Keeping a concern on disk when it cannot be delivered: it needs a folder and the key alone."""

import wire
from gateway.answers import Spooled
from gateway.asking import Asking
from gateway.ids import case_id_for
from gateway.spool import Spool
from readmodel.vault import CaseKey
from statemodel.commands import RaiseConcern


def keep(
    spool: Spool, house: CaseKey, case_id: str, command: RaiseConcern, asking: Asking
) -> Spooled:
    """Write a concern to disk, encrypted; returns once the disk has it (practice D1).

    `case_id` may be a reference, where the store that knows whose it is cannot be asked.
    """
    document = {"case_id": case_id, "command": wire.encode(command), "by": asking.by}
    receipt = case_id_for(f"{case_id}/{asking.command_id(command)}", house.secret)
    spool.put(receipt, {**document, "id": asking.id})
    return Spooled(case_id, receipt)
