"""The children Baton knows by more than an id: kept encrypted, found by keyed hashes (25).

A token is an HMAC over authority and word, so that nobody who holds the tables alone can look for a
name, and no authority finds another's child.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

import wire
from readmodel.child_keys import ChildKeys
from readmodel.desks import (
    desk_child,
    desk_child_answer,
    desk_child_look,
    desk_child_token,
)
from readmodel.engine import Store, hold_case, insert
from readmodel.identity import Identified, Identity, asked_tokens, tokens
from readmodel.vault import Vault
from statemodel.plain import canonical

MOST = 200  # records looked at for one child, those with the most in common first


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said of one probable match: the same child, or why not."""

    child: str
    match: str
    answer: str
    agrees: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What one opening leaves of its children: the new ones, and what was said of each match.

    `considered` are those a person, or the sum of the points, has already said no to.
    """

    case_id: str
    by: str
    at: datetime
    new: tuple[Identified, ...] = ()
    answers: tuple[Answer, ...] = ()
    considered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Looked:
    """That somebody looked for a child: which fields they gave, whom they found; never a name."""

    by: str
    at: datetime
    purpose: str
    asked: tuple[str, ...]
    found: tuple[str, ...]


class Children:
    """The children of one authority; everything raises StoreUnavailable and its kinds."""

    def __init__(self, store: Store, vault: Vault, authority: str) -> None:
        self._store, self._authority = store, authority
        self._keys = ChildKeys(vault, authority)

    async def known(self, ids: Iterable[str]) -> dict[str, Identified]:
        """Return, by id, those of these children whose identity is kept and can be read."""
        table = desk_child.c
        mine = (table.authority == self._authority, table.id.in_(list(ids)))
        async with self._store.reading() as connection:
            rows = (await connection.execute(select(table.id, table.body).where(*mine))).all()
        await self._keys.know([row.id for row in rows])
        opened = {row.id: await self._opened(row.id, row.body) for row in rows}
        return {child: who for child, who in opened.items() if who is not None}

    async def near(self, who: Identity) -> dict[str, Identified]:
        """Return, by id, the children who share a token with this one; those to be compared."""
        async with self._store.reading() as connection:
            found = (await connection.execute(self._sharing(asked_tokens(who)))).scalars().all()
        return await self.known(str(child) for child in found)

    async def take_in(self, opened: Opened) -> bool:
        """Keep new children and answers in one transaction; False where somebody was first.

        One opening at a time in an authority looks again, under its lock, for children that were
        not there when it looked: of two at once the second sees the first. Done twice it is once.
        """
        sealed = [await self._row(opened, who) for who in opened.new]
        said = [await self._answer_row(opened, one) for one in opened.answers]
        async with self._store.writing() as connection:
            await connection.run_sync(hold_case, f"children/{self._authority}")
            if await self._unseen(connection, opened):
                return False
            for table, rows in (
                (desk_child, sealed),
                (desk_child_token, [row for who in opened.new for row in self._token_rows(who)]),
                (desk_child_answer, said),
            ):
                if rows:
                    new = insert(table, self._store.dialect).on_conflict_do_nothing()
                    await connection.execute(new, rows)
        return True

    async def note(self, looked: Looked) -> None:
        """Write down that somebody looked (practice D25); without this note nobody is answered."""
        row = {
            "authority": self._authority,
            "by_id": looked.by,
            "at": looked.at,
            "purpose": looked.purpose,
            "asked": list(looked.asked),
            "found": list(looked.found),
        }
        async with self._store.writing() as connection:
            await connection.execute(desk_child_look.insert(), row)

    async def reason(self, case_id: str, child: str, match: str) -> str:
        """Return why somebody said that a match is another child; empty once it was forgotten."""
        table = desk_child_answer.c
        one = (table.case_id == case_id, table.child == child, table.match == match)
        async with self._store.reading() as connection:
            sealed = (await connection.execute(select(table.reason).where(*one))).scalar()
        return ((await self._keys.opened(sealed, child, match)) or b"").decode()

    async def forget(self, child: str) -> None:
        """Destroy a child's identity and whatever finds it; the id stays in its cases."""
        async with self._store.writing() as connection:
            for table, column in ((desk_child, "id"), (desk_child_token, "child")):
                mine = (table.c.authority == self._authority, table.c[column] == child)
                await connection.execute(delete(table).where(*mine))
        await self._keys.destroy(child)

    def _sharing(self, words: frozenset[str]) -> Select[tuple[str]]:
        table = desk_child_token.c
        looked_for = [self._keys.hashed(word) for word in words]
        return (
            select(table.child)
            .where(table.authority == self._authority, table.token.in_(looked_for))
            .group_by(table.child)
            .order_by(func.count().desc(), table.child)
            .limit(MOST)
        )

    async def _unseen(self, connection: AsyncConnection, opened: Opened) -> bool:
        """Whether a child is there that shares a token, and that nobody has looked at yet."""
        ours = {who.child for who in opened.new}
        for who in opened.new:
            found = await connection.execute(self._sharing(asked_tokens(who)))
            if set(found.scalars()) - ours - opened.considered:
                return True
        return False

    async def _opened(self, child: str, body: bytes) -> Identified | None:
        clear = await self._keys.opened(body, child)
        return wire.decode(Identified, wire.parse(clear)) if clear is not None else None

    async def _row(self, opened: Opened, who: Identified) -> dict[str, Any]:
        body = await self._keys.sealed(canonical(wire.encode(who)), who.child)
        made = {"body": body, "by_id": opened.by, "at": opened.at}
        return {"authority": self._authority, "id": who.child, **made}

    async def _answer_row(self, opened: Opened, one: Answer) -> dict[str, Any]:
        said = one.reason.encode()
        sealed = await self._keys.sealed(said, one.child, one.match) if said else None
        return _answer(opened, one) | {"authority": self._authority, "reason": sealed}

    def _token_rows(self, who: Identified) -> list[dict[str, str]]:
        mine = {"authority": self._authority, "child": who.child}
        return [mine | {"token": self._keys.hashed(word)} for word in sorted(tokens(who))]


def _answer(opened: Opened, one: Answer) -> dict[str, Any]:
    return {
        "case_id": opened.case_id,
        "child": one.child,
        "match": one.match,
        "answer": one.answer,
        "agrees": list(one.agrees),
        "by_id": opened.by,
        "at": opened.at,
    }
