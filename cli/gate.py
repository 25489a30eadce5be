"""A command's way in: the gateway opened for one errand, with names and words to answer in."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from cli.stores import opened, prove_there
from config.policies import words_of
from config.settings import Settings
from config.wording import HERE, Phrase, holder, phrase, responsible
from gateway.answers import Hidden
from gateway.cases import Gateway
from gateway.wiring import open_gateway
from readmodel.claims import case_of, check_reference, reference_of
from readmodel.directory import everybody, who_sits
from readmodel.engine import Store
from statemodel import Desk, Holder, Person, Role

NOT_GIVEN = "not-given"  # who raised a concern without a name


@dataclass(frozen=True, slots=True)
class Telling:
    """What turns ids into what people say; a store and the words are enough for that."""

    store: Store
    words: Mapping[str, str]
    names: Mapping[str, str]

    def who(self, person: str) -> str:
        unnamed = phrase(Phrase.SOMEBODY, self.words) if person == NOT_GIVEN else person
        return self.names.get(person, unnamed)

    def holder(self, held: Holder | None) -> str:
        return holder(held, self.words, self.who) if held else ""

    async def responsible(self, held: Holder | None, accepted_at: datetime | None) -> str:
        """Who is responsible, in the honest form; a desk with the name on duty there (D20)."""
        said = responsible(held, accepted_at, self.words, self.who)
        if not isinstance(held, Desk):
            return said
        sitting = await who_sits(self.store, held)
        return f"{said} ({self.who(sitting)} on duty)" if sitting else f"{said} (nobody on duty)"

    async def case_id(self, said: str) -> str:
        """Return the case meant by an id or a reference; raises Hidden where there is none."""
        if check_reference(said) is None:
            return said
        found = await case_of(self.store, said)
        if found is None:
            raise Hidden("There is no case with that reference for you.")
        return found

    async def reference(self, case_id: str) -> str:
        return await reference_of(self.store, case_id) or ""


@dataclass(frozen=True, slots=True)
class Counter(Telling):
    """Where an errand is run: the one way in to a running case."""

    gateway: Gateway
    settings: Settings


@asynccontextmanager
async def counter(settings: Settings) -> AsyncIterator[Counter]:
    """Open the gateway; raises Unavailable, StoreUnavailable or WrongMasterKey."""
    prove_there(settings)
    async with open_gateway(settings) as gateway:
        store = gateway.store
        yield Counter(store, words_of(settings.policy), await _names(store), gateway, settings)


@asynccontextmanager
async def store_alone(settings: Settings) -> AsyncIterator[Telling]:
    """Open the store without the engine, to read; raises StoreUnavailable."""
    store = await opened(settings)
    try:
        yield Telling(store, words_of(settings.policy), await _names(store))
    finally:
        await store.close()


async def _names(store: Store) -> dict[str, str]:
    return {listed.facts.id: listed.name for listed in await everybody(store)}


def holder_of(kind: str | None, id_: str | None) -> Holder | None:
    """Return the person or desk of a list's two columns; a desk's id is `role.agency`."""
    if kind is None or id_ is None:
        return None
    if kind == "person":
        return Person(id_)
    role, agency = id_.split(".", 1)
    return Desk(Role(role), agency)


def moment(at: datetime | None) -> str:
    """Return an instant as people here read it, like "2026-01-09 17:00"; empty for none."""
    return f"{at.astimezone(HERE):%Y-%m-%d %H:%M}" if at else ""
