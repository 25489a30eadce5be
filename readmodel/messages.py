"""Messages: what was to be told to whom, and how far each has got (decision 13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, RowMapping, func, select, update

from readmodel.desks import desk_message
from readmodel.engine import Store
from statemodel.messages import Message
from statemodel.people import Desk, Holder, Person, Role


class MessageState(StrEnum):
    """`dead`: nobody could be told, and a person must see to it."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    SENT = "sent"
    DELIVERED = "delivered"
    DEAD = "dead"


LATE, LATE_SAFETY = timedelta(minutes=10), timedelta(minutes=2)
MOST = 500  # handed on in one round; the oldest first
FINAL = (MessageState.DELIVERED, MessageState.DEAD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message with where it stands; times are UTC."""

    message: Message
    state: MessageState
    created_at: datetime
    changed_at: datetime
    why: str | None


async def waiting(store: Store, ids: Sequence[str]) -> tuple[Message, ...]:
    """Return those of the messages that are neither sent nor dead, in the order given."""
    table = desk_message.c
    to_do = (MessageState.WAITING.value, MessageState.HANDED_OVER.value)
    question = select(desk_message).where(table.id.in_(ids), table.state.in_(to_do))
    async with store.reading() as connection:
        found = {
            row["id"]: message_of(row) for row in (await connection.execute(question)).mappings()
        }
    return tuple(found[one] for one in ids if one in found)


async def overdue(store: Store, now: datetime) -> tuple[Message, ...]:
    """Return what should have been sent long ago, safety first: to be handed on once more.

    The post was lost, or the engine was restored from an older night; whoever hands on a message
    that is on its way already does no harm, since a post knows it by its id.
    """
    table = desk_message.c
    question = select(desk_message).where(is_overdue(now)).limit(MOST)
    async with store.reading() as connection:
        found = await connection.execute(question.order_by(table.safety.desc(), table.created_at))
        return tuple(message_of(row) for row in found.mappings())


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Whether a message has waited for more than ten minutes, or two when it is for safety."""
    table = desk_message.c
    late = (table.created_at < now - LATE) | (table.safety & (table.created_at < now - LATE_SAFETY))
    return (table.state == MessageState.WAITING.value) & late


async def mark(
    store: Store, message_id: str, state: MessageState, at: datetime, why: str | None = None
) -> bool:
    """Move a message on; False if it has been delivered, is dead, or is unknown.

    `why` is a code, never what a provider said.
    """
    table = desk_message.c
    open_ = (table.id == message_id, table.state.not_in([final.value for final in FINAL]))
    changed = {"state": MessageState(state).value, "changed_at": at, "why": why}
    async with store.writing() as connection:
        done = await connection.execute(update(desk_message).where(*open_).values(changed))
    return done.rowcount == 1


async def counts(store: Store) -> dict[MessageState, int]:
    """Return how many messages stand where."""
    table = desk_message.c
    question = select(table.state, func.count()).group_by(table.state)
    async with store.reading() as connection:
        found = {row[0]: int(row[1]) for row in await connection.execute(question)}
    return {state: found.get(state.value, 0) for state in MessageState}


async def messages_of(store: Store, case_id: str) -> tuple[Waiting, ...]:
    """Return a case's messages with where each stands, in the order they arose."""
    table = desk_message.c
    question = (
        select(desk_message).where(table.case_id == case_id).order_by(table.version, table.id)
    )
    async with store.reading() as connection:
        rows = (await connection.execute(question)).mappings().all()
    return tuple(
        Waiting(
            message_of(row),
            MessageState(row["state"]),
            row["created_at"],
            row["changed_at"],
            row["why"],
        )
        for row in rows
    )


def message_of(row: RowMapping) -> Message:
    return Message(
        id=row["id"],
        case_id=row["case_id"],
        version=row["version"],
        to=_holder(row["to_kind"], row["to_id"]),
        purpose=row["purpose"],
        about=row["about"],
        safety=row["safety"],
        not_to=tuple(row["not_to"]),
    )


def _holder(kind: str, id_: str) -> Holder:
    if kind == "person":
        return Person(id_)
    role, agency = id_.split(".", 1)
    return Desk(Role(role), agency)
