"""Before an opening: whoever may not open is told so, and who the children are is settled."""

from gateway.answers import Busy, Unavailable, refused
from gateway.matching import TRIES, Matching
from gateway.records import Records
from gateway.who import Who
from readmodel.engine import StoreUnavailable
from statemodel import Actor, Case, Context, Facts, Hat, Refused, decide
from statemodel.commands import IdentifyNeed


async def made_ready(
    records: Records, question: Matching, case: Case, command: IdentifyNeed, who: Who
) -> IdentifyNeed:
    """Return the command as it may be sent, its case claimed; nothing else is made for it yet.

    Raises the refusal that the first entry would meet, then what `Matching.settled` raises.
    """
    by, now = question.asker.by, question.asker.at
    try:
        facts = await records.facts(by, command, now)
        try_out(case, command, by, facts)
        for _ in range(TRIES):
            settled = await question.settled(case, command, who)
            if await records.claim(case, settled, by, now):
                return settled
    except StoreUnavailable as error:
        raise Unavailable(str(error)) from error
    raise Busy("others are opening cases for the same children")


def try_out(case: Case, command: IdentifyNeed, by: str, facts: Facts) -> None:
    """Raise the refusal that the case's first entry would meet."""
    context = Context(facts.as_of, facts.as_of, Actor(Hat.PERSON, by), facts)
    answer = decide(case, command, context)
    if isinstance(answer, Refused):
        raise refused(answer.reasons)
