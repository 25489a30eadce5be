"""Which open cases a child is in, and who has each; a case not yet on its page counts as open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from readmodel.desks import desk_child, desk_child_case, desk_claim
from readmodel.engine import Store
from readmodel.tables import view_case
from statemodel.case import Stage


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One open case of one child; until its page is written whoever opened it has it."""

    child: str
    case_id: str
    reference: str
    responsible_kind: str
    responsible: str


async def open_cases(
    store: Store, authority: str, children: Iterable[str], but: str = ""
) -> tuple[OpenCase, ...]:
    """Return the open cases of those children whom Baton knows by more than an id, but for one."""
    async with store.reading() as connection:
        rows = (await connection.execute(question_of(authority, children, but))).all()
    return tuple(
        OpenCase(
            row.child,
            row.case_id,
            row.reference,
            row.responsible_kind or "person",
            row.responsible or row.by_id,
        )
        for row in rows
    )


def question_of(authority: str, children: Iterable[str], but: str) -> Select[Any]:
    """Return the question itself, for whoever asks it within a transaction of their own."""
    of, claim, page = desk_child_case.c, desk_claim.c, view_case.c
    known = (desk_child.c.authority == of.authority) & (desk_child.c.id == of.child)
    columns = (of.child, of.case_id, claim.reference, claim.by_id)
    return (
        select(*columns, page.responsible_kind, page.responsible)
        .join(desk_child, known)
        .join(desk_claim, claim.case_id == of.case_id)
        .outerjoin(view_case, page.case_id == of.case_id)
        .where(of.authority == authority, of.child.in_(list(children)), of.case_id != but)
        .where(claim.swept_at.is_(None))
        .where(page.stage.is_(None) | (page.stage != Stage.CLOSED.value))
        .order_by(of.child, claim.claimed_at, of.case_id)
    )


async def children_of(store: Store, case_id: str) -> frozenset[str]:
    """Return the children a case was claimed for; none for a case nobody has claimed."""
    question = select(desk_child_case.c.child).where(desk_child_case.c.case_id == case_id)
    async with store.reading() as connection:
        return frozenset((await connection.execute(question)).scalars())
