"""Looking a child up without opening a case: for whoever may open one, and each look is kept."""

from gateway.answers import Match, Unavailable
from gateway.asking import Opening
from gateway.cases import Gateway
from gateway.matching import Asker, Matching
from gateway.opening import try_out
from readmodel.engine import StoreUnavailable
from readmodel.identity import Identity
from statemodel import CURRENT_EDITION, Case
from statemodel.commands import IdentifyNeed, Source

NO_CASE, ANY_CHILD = "c-none", "k-any"


async def look_up(
    gateway: Gateway, opening: Opening, by: str, identity: Identity
) -> tuple[Match, ...]:
    """Return the children who may be meant; raises Forbidden, Invalid, and Unavailable."""
    case = Case(NO_CASE, opening.pack, opening.calendar, CURRENT_EDITION)
    would = IdentifyNeed(children=(ANY_CHILD,), source=Source.OTHER)
    try:
        facts = await gateway.records.facts(by, would, gateway.clock())
        try_out(case, would, by, facts)
        asker = Asker(by, gateway.clock())
        question = Matching(gateway.store, gateway.vault, opening.pack.authority, asker)
        return await question.search(identity)
    except StoreUnavailable as error:
        raise Unavailable(str(error)) from error
