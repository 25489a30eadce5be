"""The way in for a concern, from every edge: whatever goes wrong, it is kept (practice D1)."""

import logging

from gateway.answers import Accepted, Hidden, Spooled
from gateway.asking import Asking
from gateway.cases import Gateway
from readmodel.claims import case_of
from readmodel.engine import StoreUnavailable
from readmodel.reference import check_reference
from statemodel.commands import RaiseConcern

LOG = logging.getLogger("baton.concerns")


async def hear(
    gateway: Gateway, case_id: str, concern: RaiseConcern, asking: Asking
) -> Accepted | Spooled:
    """Submit a concern; raises Hidden where there is no such case, and OSError for a full disk.

    Anything else, a fault of our own included, ends with the concern on disk, to be delivered.
    The case may be named by its reference, too: whoever can name it may be heard.
    """
    try:
        case = await meant(gateway, case_id)
        return await gateway.submit(case, concern, asking, wait=True)
    except Hidden:
        raise
    except Exception as error:  # noqa: BLE001 - a fault nobody foresaw must not lose a concern
        LOG.error("a concern was kept on disk, for %s", type(error).__name__)  # noqa: TRY400
        return gateway.keep(case_id, concern, asking)


async def meant(gateway: Gateway, said: str) -> str:
    """Return the case behind a reference; what was said, where nobody can be asked."""
    if check_reference(said) is None:
        return said
    try:
        return await case_of(gateway.store, said) or said
    except StoreUnavailable:
        return said
