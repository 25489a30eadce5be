"""Delivering what waited on disk, oldest first, once store and engine have returned (15)."""

import logging

import wire
from gateway.answers import Hidden, No, Spooled
from gateway.asking import Asking
from gateway.cases import Gateway
from readmodel.claims import case_of, check_reference
from readmodel.engine import StoreUnavailable

LOG = logging.getLogger("baton.concerns")


async def drain(gateway: Gateway) -> int:
    """Deliver every concern that waits; return how many went. What fails stays where it is.

    A case that does not answer holds up no other; with the store away the round ends, because a
    reference can't be looked up without it.
    """
    delivered, silent = 0, set[str]()
    for receipt, document in gateway.spool.waiting():
        if document["case_id"] in silent:
            continue
        try:
            went = await _went(gateway, receipt, document)
        except StoreUnavailable:
            break
        delivered += went
        if not went:
            silent.add(document["case_id"])
    return delivered


async def _went(gateway: Gateway, receipt: str, document: dict[str, str]) -> bool:
    """Say whether it was delivered; what has no case is set aside, what fails stays."""
    try:
        went = await _deliver(gateway, document)
    except Hidden:
        gateway.spool.set_aside(receipt)
        return False
    except No as no:
        LOG.error("a concern on disk was answered %s; it stays", no.code)  # noqa: TRY400
        return False
    if went:
        gateway.spool.delivered(receipt)
    return went


async def _deliver(gateway: Gateway, document: dict[str, str]) -> bool:
    said = document["case_id"]
    case_id = said
    if check_reference(said) is not None:
        case_id = await case_of(gateway.store, said) or said
    command = wire.decode_concern(document["command"])
    answer = await gateway.submit(case_id, command, Asking(document["by"], document["id"]))
    return not isinstance(answer, Spooled)
