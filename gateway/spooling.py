"""Delivering what waited on disk, oldest first, once store and engine have returned (15)."""

import wire
from gateway.answers import Hidden, Spooled
from gateway.asking import Asking
from gateway.cases import Gateway
from gateway.concerns import meant


async def drain(gateway: Gateway) -> int:
    """Deliver every concern that waits; return how many went. What fails stays where it is."""
    delivered = 0
    for receipt, document in gateway.spool.waiting():
        command = wire.decode_concern(document["command"])
        asking = Asking(document["by"], document["id"])
        try:
            case_id = await meant(gateway, document["case_id"])
            answer = await gateway.submit(case_id, command, asking)
        except Hidden:
            gateway.spool.set_aside(receipt)
            continue
        if isinstance(answer, Spooled):
            break
        gateway.spool.delivered(receipt)
        delivered += 1
    return delivered
