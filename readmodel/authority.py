"""Whose case it is: the authority in every key path, scope and context (decision 27)."""

from sqlalchemy import Connection, func, select

from readmodel.desks import desk_claim
from readmodel.tables import record_entry


def authority_of(connection: Connection, case_id: str) -> str:
    """Return a case's authority; empty when neither claim nor journal knows the case."""
    claim, entry = desk_claim.c, record_entry.c
    recorded = select(entry.authority).where(entry.case_id == case_id)
    places = (
        select(claim.authority).where(claim.case_id == case_id),
        recorded.order_by(entry.version.desc()).limit(1),
    )
    known = func.coalesce(*(place.scalar_subquery() for place in places), "")
    return str(connection.execute(select(known)).scalar_one())
