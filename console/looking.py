"""One person's look at a page: who they act as, what they may see, and the names of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from starlette.requests import Request

from config import wording
from config.policies import words_of
from config.wording import Phrase
from console.given import Given
from console.times import moment_text
from gateway.viewing import Viewer, viewer
from readmodel.claims import reference_of
from readmodel.directory import Listed, everybody, who_sits
from readmodel.engine import StoreUnavailable
from statemodel import Desk, Holder

COOKIE = "baton_as"
NOT_GIVEN = "not-given"  # who raised a concern without a name


@dataclass(frozen=True)
class Look:
    """Made for each request; `by` is empty while nobody has been chosen (local mode)."""

    given: Given
    by: str
    viewer: Viewer
    people: tuple[Listed, ...]
    now: datetime

    @cached_property
    def words(self) -> Mapping[str, str]:
        return words_of(self.given.opening.pack.id)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {one.facts.id: one.name for one in self.people}

    def who(self, person: str) -> str:
        """Return a person's name, or their id where the directory has none."""
        if person == NOT_GIVEN:
            return wording.phrase(Phrase.SOMEBODY, self.words)
        return self.names.get(person, person)

    def at(self, moment: datetime) -> str:
        return moment_text(self.given.opening.calendar, moment)

    async def holder(self, held: Holder | None, beside: str = "") -> str:
        """Return who owes something, by name, also of whoever sits at a desk (practice D20).

        Words that stand `beside` it and name the desk already are not said twice.
        """
        if held is None:
            return ""
        if not isinstance(held, Desk):
            return wording.holder(held, self.words, self.who)
        sitting = await who_sits(self.given.gateway.store, held)
        role = wording.label("role", held.role.value, self.words)
        if role in beside:
            return await self.on_duty(held)
        if sitting is None:
            return f"{wording.holder(held, self.words)}: nobody on duty"
        return wording.phrase(Phrase.SITTING, self.words, name=self.who(sitting), who=role)

    async def on_duty(self, desk: Desk) -> str:
        sitting = await who_sits(self.given.gateway.store, desk)
        return f"{self.who(sitting)} on duty" if sitting else "nobody on duty"

    async def reference(self, case_id: str) -> str:
        """Return what people call the case, "7K2M-9QXR-4"; its id only where it has none."""
        found = await reference_of(self.given.gateway.store, case_id)
        return spoken(found) if found else case_id


def spoken(reference: str) -> str:
    return f"{reference[:4]}-{reference[4:8]}-{reference[8:]}"


async def look(given: Given, request: Request) -> Look:
    """Return who looks; with the store down nobody is known, and the page can still be shown."""
    now, by = given.gateway.clock(), request.cookies.get(COOKIE, "")
    try:
        people = await everybody(given.gateway.store)
        looker = await viewer(given.gateway.store, by)
    except StoreUnavailable:
        return Look(given, "", Viewer(), (), now)
    known = any(one.facts.id == by for one in people)
    return Look(given, by if known else "", looker if known else Viewer(), people, now)
