"""What somebody who raised a concern is told: who has it now, or where it waits, whom to ring."""

import re
from typing import Any, Final

from cli.failing import UNAVAILABLE, Answered, tell
from cli.gate import Counter
from cli.options import Options
from cli.output import show_document
from cli.refusals import safety
from config.explain import due_text
from config.settings import Settings
from gateway.answers import No, Spooled, Unavailable
from gateway.asking import Asking
from gateway.codec import house_key
from gateway.keeping import keep
from gateway.spool import Spool
from readmodel.directory import who_sits
from readmodel.engine import StoreUnavailable
from readmodel.reference import check_reference
from readmodel.vault import WrongMasterKey, load_master_key
from statemodel import Desk
from statemodel.commands import RaiseConcern
from statemodel.things import Task

AN_ID: Final = re.compile(r"c[a-z2-7]{26}")


def keep_here(
    settings: Settings, said: str, command: RaiseConcern, asking: Asking, why: Exception
) -> Spooled:
    """Keep a concern in the data folder's spool; raises Answered with whom to ring if it can't."""
    try:
        house = house_key(load_master_key(settings.master_key_file))
        return keep(Spool(settings.data / "spool", house), house, said, command, asking)
    except (WrongMasterKey, OSError) as error:
        raise Answered(
            f"NOT KEPT: {why}\n{error}\nRing now. {safety(settings)}", UNAVAILABLE
        ) from error


def tell_kept(settings: Settings, said: str, answer: Spooled, options: Options) -> None:
    """Print the receipt of a concern on disk; a case that could not be looked up is said to be."""
    checked = answer.case_id != said  # a reference that was looked up has become an id
    receipt = {
        "case": answer.case_id,
        "case_was_looked_up": checked,
        "kept_until_it_can_be_delivered": True,
        "receipt": answer.receipt,
    }
    show_document(receipt, options.output)
    if not checked:
        tell(_unchecked(said))
    tell(f"Nobody has been told yet. Ring now. {safety(settings)}")


def _unchecked(said: str) -> str:
    if check_reference(said) is None and not AN_ID.fullmatch(said):
        return (
            f"{said} reads neither as a reference nor as a case's id: it is probably mistyped, and "
            "the concern would reach nobody by itself. Raise it again with the right one."
        )
    return (
        f"Whether {said} is a case could not be checked. If it is mistyped, the concern reaches "
        "nobody by itself: look again. `baton stuck` shows what could not be delivered."
    )


async def told_of(at: Counter, case_id: str, version: int) -> dict[str, Any]:
    """Return who has the concern of an entry and until when; nothing where it can't be asked."""
    try:
        case = await at.gateway.snapshot(case_id)
        task = case.thing(Task, f"t{version}")
        if task is None:
            return {}
        clock = next((one for one in case.running if one.about == task.id), None)
        by = f", answer due by {due_text(clock.due, clock=True)}" if clock else ""
        empty = isinstance(task.owner, Desk) and await who_sits(at.store, task.owner) is None
    except (No, Unavailable, StoreUnavailable):
        return {}
    nobody = " (nobody is on duty: ring now)" if empty else ""
    return {"told": f"{at.holder(task.owner)}{nobody}{by}"}
