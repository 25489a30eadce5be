"""Settling a divergence: a person has looked at a case whose run and journal disagree."""

from typing import Final

from cli.failing import FORBIDDEN, REFUSED, Answered, Misused
from cli.gate import store_alone
from cli.options import Options
from cli.output import show_document
from cli.place import settings_of
from gateway.wiring import utc_now
from readmodel.directory import facts_for
from readmodel.engine import Store
from readmodel.incidents import IncidentKind, Settled, settle

LONGEST: Final = 500  # characters: a reason, not a report


async def settled(options: Options, said: str, by: str, because: str) -> int:
    """Mark a case's divergence as looked at, by whom and why, and say what to do next."""
    because = because.strip()
    if not 0 < len(because) <= LONGEST:
        raise Misused(f"--because: say what was found, in at most {LONGEST} characters")
    async with store_alone(settings_of(options.data)) as telling:
        case_id = await telling.case_id(said)
        await _prove_works_here(telling.store, by)
        seen_to = Settled(by, utc_now(), because)
        number = await settle(telling.store, case_id, IncidentKind.DIVERGED, seen_to)
        case = await telling.reference(case_id) or case_id
    if not number:
        raise Answered("No divergence of this case is open; `baton stuck` lists them.", REFUSED)
    next_ = (
        f"`baton nudge {case}`: its run then records what it still holds. If run and journal still "
        "disagree, it is on the list again."
    )
    show_document({"case": case, "settled": number, "by": by, "next": next_}, options.output)
    return 0


async def _prove_works_here(store: Store, by: str) -> None:
    known = await facts_for(store, [by])
    if not any(person.active for person in known):
        text = "--as: nobody of that id works here; `baton people` lists who does."
        raise Answered(text, FORBIDDEN)
