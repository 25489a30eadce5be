"""Answer links: a token of 256 bits for one person and one question, made the same on a retry."""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from gateway.cases import Gateway
from readmodel.engine import Store
from readmodel.links import Link, link_of, mark_answered, put_link, was_asked
from readmodel.vault import CaseKey, NoKey, Vault
from statemodel import Message, Person

QUESTIONS: Final = frozenset({"please_answer", "question_answered"})
COPIES: Final = frozenset({"answer_recorded", "lead_agreed_by_manager", "agreed_too_late"})
REMINDERS: Final = frozenset({"due_soon"})
LASTS = timedelta(days=90)  # whatever else; a question's own date ends it sooner
A_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Links:
    """Whoever holds `secret`, the house's, makes links; whoever holds the store alone makes none.

    What is stored is a digest, so that a stolen copy of the store opens nothing.
    """

    store: Store
    secret: str = field(repr=False)

    async def made_for(self, message: Message, person: str, now: datetime) -> str | None:
        """Return the token for this person's own page; None where a message asks for no answer.

        Raises StoreUnavailable; asked again for the same message it is the same token.
        """
        if not await self._is_for_a_link(message, person):
            return None
        token = self._token(message.id, person)
        link = Link(
            digest=_digest(token),
            case_id=message.case_id,
            about=message.about,
            person=person,
            purpose=message.purpose,
            message_id=message.id,
            created_at=now,
            expires_at=now + LASTS,
        )
        await put_link(self.store, link)
        return token

    async def find(self, token: str) -> Link | None:
        """Return the link of a token; None for one that was never made, or was altered."""
        return await link_of(self.store, _digest(token)) if A_TOKEN.fullmatch(token) else None

    async def _is_for_a_link(self, message: Message, person: str) -> bool:
        if not isinstance(message.to, Person):
            return False  # whoever sits at a desk has an account
        if message.purpose in REMINDERS:
            return await was_asked(self.store, message.case_id, message.about, person)
        return message.purpose in QUESTIONS | COPIES

    def _token(self, message_id: str, person: str) -> str:
        key = hmac.digest(self.secret.encode(), b"answer links", "sha256")
        made = hmac.digest(key, f"{message_id}\n{person}".encode(), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")


def links_of(gateway: Gateway) -> Links:
    return Links(gateway.store, gateway.house.secret)


async def note_answer(gateway: Gateway, link: Link, answer: str, name: str) -> None:
    """Keep that the link was answered, and the name typed, under the case's key (practice D33).

    Raises NoKey once the case is erased, and StoreUnavailable.
    """
    key: CaseKey | None = await gateway.vault.get(link.case_id)
    if key is None:
        raise NoKey("the key of this case has been destroyed")
    sealed = Vault.seal(key, name.encode(), context_of(link))
    answered = replace(link, answered_at=gateway.clock(), answer=answer, name_typed=sealed)
    await mark_answered(gateway.store, answered)


def context_of(link: Link) -> bytes:
    """What a typed name is bound to, so that it opens nowhere else."""
    return f"{link.case_id}/link:{link.digest}".encode()


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
